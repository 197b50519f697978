"""PostgreSQL, and engines that speak as it does: the same tables and questions as on SQLite, another way to connect."""
