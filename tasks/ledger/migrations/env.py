"""Alembic's entry: it always gets our open connection, so that a step is whole or not there."""

from alembic import context

from tasks.ledger.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
