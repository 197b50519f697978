"""What the pages of 系统管理 draw."""
