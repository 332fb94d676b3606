"""The newest step, and how to get there."""

from pathlib import Path

from sqlalchemy import Engine

HEAD = "0001"


def upgrade_to_head(engine: Engine) -> None:
    """Bring the tables to the newest step, in one transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
