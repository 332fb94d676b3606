"""What all tables are made of: the one set of names, and how texts and lists of words are declared."""

from sqlalchemy import CheckConstraint, Column, MetaData, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def text(name: str, *, nullable: bool = False, primary_key: bool = False) -> Column[str]:
    """A column of text, never null unless said so."""
    return Column(name, Text, nullable=nullable, primary_key=primary_key)


def one_of(column: str, *words: str) -> CheckConstraint:
    """A column that holds one of these words."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)
