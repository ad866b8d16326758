"""Run the migrations of Alembic on the connection that `workbench.migrations` passes."""

from alembic import context

from workbench.core.db import Base
from workbench.migrations import is_of_models, load_tables

load_tables()
connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    include_object=is_of_models,
    user_module_prefix="workbench.core.db.",
)
with context.begin_transaction():
    context.run_migrations()
connection.commit()
