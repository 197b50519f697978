"""What 地图 draws: outlines, fills, labels and clicks."""
