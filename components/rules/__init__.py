"""What 方案与口径, 口径, 年度考核 and 操作日志 draw."""
