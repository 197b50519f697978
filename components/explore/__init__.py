"""What 权重测算 and 回测与同比 draw."""
