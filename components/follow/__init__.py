"""What 结果运用 draws: consequences, decisions, 整改台账."""
