"""What someone can do who has the database and a tool for it."""

from __future__ import annotations

from sqlalchemy import Connection, text


def unprotect_log(connection: Connection) -> None:
    """Take away what keeps the log append-only, as only the owner of the database can."""
    if connection.dialect.name == "sqlite":
        for verb in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER log_no_{verb}"))
    else:
        connection.execute(text("GRANT UPDATE, DELETE ON log TO CURRENT_USER"))
