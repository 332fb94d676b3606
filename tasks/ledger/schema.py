"""The tables: the present in relational form, and the journal of what happened.

Days and moments are ISO text (moments in UTC), so that both databases sort, compare and print them alike.
Ids are ours, never the database's: the same input gives the same ids.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str, *, nullable: bool = False, primary_key: bool = False) -> Column[str]:
    return Column(name, Text, nullable=nullable, primary_key=primary_key)


def _one_of(column: str, *words: str) -> CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


run = Table(
    "run",
    metadata,
    _text("run_id", primary_key=True),
    _text("kind"),
    _text("as_of"),
    _text("inbox"),
    _text("reference"),
    _text("state"),
    _text("actor"),
    _text("code_version"),
    _text("policy_fingerprint"),
    _text("started_at"),
    _text("finished_at", nullable=True),
    _text("summary", nullable=True),
    _one_of("state", "running", "finished"),
)

delivery = Table(
    "delivery",
    metadata,
    _text("delivery_id", primary_key=True),
    _text("fingerprint"),
    _text("folder"),
    _text("exported_at"),
    Column("rows", Integer, nullable=False),
    _text("quality"),
    Column("run_id", Text, ForeignKey(run.c.run_id), nullable=False),
)

arrival = Table(
    "arrival",
    metadata,
    Column("run_id", Text, ForeignKey(run.c.run_id), primary_key=True),
    _text("folder", primary_key=True),
    _text("delivery_id"),
    _text("state"),
    _text("reason"),
    Column("rows", Integer, nullable=False),
    _one_of("state", "taken_in", "already_held", "refused", "waiting", "overdue"),
)

received_row = Table(
    "received_row",
    metadata,
    Column("delivery_id", Text, ForeignKey(delivery.c.delivery_id), primary_key=True),
    Column("row", Integer, primary_key=True),
    _text("submission_id"),
    _text("revision"),
    _text("content_sha256"),
    _text("disposition"),
    _text("reason_codes"),
    _text("raw", nullable=True),
    _one_of("disposition", "accepted", "duplicate", "superseded", "quarantined", "conflict"),
    Index(None, "submission_id"),
)

submission = Table(
    "submission",
    metadata,
    _text("submission_id", primary_key=True),
    Column("revision", Integer, primary_key=True),
    _text("delivery_id"),
    Column("row", Integer, nullable=False),
    _text("kind"),
    _text("role"),
    _text("submitted_on"),
    _text("person_key"),
    _text("date_of_birth"),
    _text("registration_number"),
    _text("related_submission_id"),
    _text("related_registration_number"),
    _text("content_sha256"),
    Column("current", Boolean, nullable=False),
    _text("application"),
    ForeignKeyConstraint(["delivery_id", "row"], [received_row.c.delivery_id, received_row.c.row]),
    UniqueConstraint("delivery_id", "row"),
    Index(None, "person_key"),
    Index(None, "date_of_birth"),
    Index(None, "related_submission_id"),
    Index(None, "registration_number"),
)

document = Table(
    "document",
    metadata,
    _text("sha256", primary_key=True),
    Column("bytes", Integer, nullable=False),
    _text("path"),
)

submission_document = Table(
    "submission_document",
    metadata,
    _text("submission_id", primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("role"),
    _text("declared_type"),
    _text("file"),
    _text("sha256"),
    ForeignKeyConstraint(["submission_id", "revision"], [submission.c.submission_id, submission.c.revision]),
    Index(None, "sha256"),
)

document_facts = Table(
    "document_facts",
    metadata,
    Column("sha256", Text, ForeignKey(document.c.sha256), primary_key=True),
    _text("reader", primary_key=True),
    _text("facts"),
)

document_mark = Table(
    "document_mark",
    metadata,
    Column("sha256", Text, ForeignKey(document.c.sha256), primary_key=True),
    _text("mark", primary_key=True),
    Column("place", Integer, nullable=False),
    Column("marks", Integer, nullable=False),
    Index(None, "mark", "place"),
)

registration = Table(
    "registration",
    metadata,
    _text("registration_number", primary_key=True),
    _text("role"),
    _text("status"),
    _text("status_since"),
    *(_text(name) for name in ("first_name", "middle_name", "last_name", "name_suffix")),
    _text("date_of_birth"),
    _text("email"),
    *(_text(name) for name in ("street", "unit", "city", "state", "zip")),
    _text("issued_on"),
    _text("expires_on"),
    _text("related_registration_number"),
    Column("hold", Boolean, nullable=False),
    _text("person_key"),
    _text("content_sha256"),
    _one_of("role", "patient", "caregiver"),
    _one_of("status", "active", "expired", "suspended", "revoked", "denied", "withdrawn"),
    Index(None, "person_key"),
    Index(None, "date_of_birth"),
    Index(None, "related_registration_number"),
)

book = Table(
    "book",
    metadata,
    _text("sha256", primary_key=True),
    _text("policy_fingerprint"),
    _text("text"),
)

decision = Table(
    "decision",
    metadata,
    _text("decision_id", primary_key=True),
    _text("submission_id"),
    Column("revision", Integer, nullable=False),
    Column("position", Integer, nullable=False, unique=True),
    _text("rule_set"),
    _text("occasion"),
    _text("outcome"),
    _text("reason_codes"),
    _text("packet"),
    Column("second_look", Boolean, nullable=False),
    _text("actor_kind"),
    _text("actor"),
    _text("decided_at"),
    Column("run_id", Text, ForeignKey(run.c.run_id), nullable=False),
    ForeignKeyConstraint(["submission_id", "revision"], [submission.c.submission_id, submission.c.revision]),
    UniqueConstraint("submission_id", "revision", "rule_set", "occasion"),
    _one_of("actor_kind", "machine", "person"),
    _one_of("outcome", "auto_approved", "review", "deficient", "held", "approved", "denied", "withdrawn"),
    # No machine denies, approves for a person, or withdraws.
    CheckConstraint(
        "(actor_kind = 'machine') = (outcome IN ('auto_approved', 'review', 'deficient', 'held'))", name="who_may"
    ),
    Index(None, "run_id"),
)

counter = Table(
    "counter",
    metadata,
    _text("name", primary_key=True),
    Column("next", Integer, nullable=False),
)

certificate = Table(
    "certificate",
    metadata,
    _text("serial", primary_key=True),
    Column("sequence", Integer, nullable=False, unique=True),
    Column("decision_id", Text, ForeignKey(decision.c.decision_id), nullable=False),
    _text("kind"),
    _text("registration_number"),
    _text("state"),
    _text("order"),
    _text("issued_on"),
    _text("expires_on"),
    _text("template_version"),
    _text("sha256", nullable=True),
    _text("reserved_at"),
    _text("issued_at", nullable=True),
    _text("void_reason", nullable=True),
    Column("run_id", Text, ForeignKey(run.c.run_id), nullable=False),
    UniqueConstraint("decision_id", "kind"),
    _one_of("kind", "temporary", "permanent"),
    _one_of("state", "reserved", "issued", "superseded", "void"),
    # One that was reserved and never drawn can be void without ever having had bytes.
    CheckConstraint("state = 'void' OR (state = 'reserved') = (sha256 IS NULL)", name="issued_has_bytes"),
    CheckConstraint("(state = 'void') = (void_reason IS NOT NULL)", name="void_has_reason"),
    Index(None, "registration_number"),
    Index(None, "run_id"),
)
Index(
    "uq_certificate_live_permanent",
    certificate.c.registration_number,
    unique=True,
    sqlite_where=(certificate.c.kind == "permanent") & (certificate.c.state == "issued"),
    postgresql_where=(certificate.c.kind == "permanent") & (certificate.c.state == "issued"),
)

message = Table(
    "message",
    metadata,
    _text("message_id", primary_key=True),
    _text("cause"),
    _text("template"),
    _text("to_address"),
    _text("context"),
    _text("attachments"),
    _text("state"),
    _text("created_at"),
    _text("settled_at", nullable=True),
    Column("run_id", Text, ForeignKey(run.c.run_id), nullable=False),
    UniqueConstraint("cause", "template"),
    _one_of("state", "queued", "sent", "failed", "cancelled"),
    Index(None, "state"),
)

journal = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _text("at"),
    _text("actor"),
    _text("run_id"),
    _text("event"),
    _text("subject"),
    _text("facts"),
    _text("previous"),
    _text("hash"),
)

KEPT_FOREVER = (journal, decision, book)
"""Tables whose rows can be neither changed nor deleted; triggers see to it."""
