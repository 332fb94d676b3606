"""The tables of recalls: what one person asked for, what another answered, and what became of each certificate."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from tasks.ledger.columns import metadata, one_of, text

recall = Table(
    "recall",
    metadata,
    text("recall_id", primary_key=True),
    text("basis"),
    text("subject"),
    text("first_on"),
    text("last_on"),
    text("reason"),
    Column("certificates", Integer, nullable=False),
    text("serials_sha256"),
    text("asked_by"),
    text("asker"),
    text("asked_on"),
    text("asked_at"),
    text("lapses_on"),
    UniqueConstraint("recall_id", "asker"),
    one_of("basis", "certifier", "run", "document"),
)

recall_certificate = Table(
    "recall_certificate",
    metadata,
    Column("recall_id", Text, ForeignKey(recall.c.recall_id), primary_key=True),
    Column("serial", Text, ForeignKey("certificate.serial"), primary_key=True),
    text("outcome", nullable=True),
    one_of("outcome", "void", "passed over"),
    Index(None, "serial"),
)

recall_answer = Table(
    "recall_answer",
    metadata,
    text("recall_id", primary_key=True),
    text("asker"),
    text("answer"),
    text("answered_by"),
    text("answerer"),
    text("answered_at"),
    text("cure_by"),
    ForeignKeyConstraint(["recall_id", "asker"], [recall.c.recall_id, recall.c.asker]),
    one_of("answer", "granted", "withdrawn"),
    # Who asked never grants. The pair (recall, asker) refers to the question, so neither side can be bent afterwards.
    CheckConstraint("answer = 'withdrawn' OR answerer <> asker", name="two_people"),
)
