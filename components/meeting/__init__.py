"""What the pages of 会议汇报 draw: 锁定与审定, 汇报演示, 报告与导出. All of it is drawn from a 锁定版."""
