"""What 抽签与抽样 draws."""
