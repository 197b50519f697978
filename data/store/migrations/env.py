"""Alembic's entry. ``data.store.migrate`` hands over its open transaction: a migration is whole or not at all."""

from __future__ import annotations

from alembic import context

from data.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
