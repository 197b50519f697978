"""等次稳定性: how firm every grade and place is under the weights, and what would change it. Pure: scheme and results in."""
