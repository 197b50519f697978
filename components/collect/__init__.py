"""What 数据上报, 催报进度, 核对Excel and 情形登记 draw."""
