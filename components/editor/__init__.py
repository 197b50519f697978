"""What 方案编制 draws: a scheme as tables, its faults, its states and its workbook."""
