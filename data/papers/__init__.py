"""What the office's papers say: every sentence chosen by the facts of a 锁定版. How they look is ``data.documents``' affair."""
