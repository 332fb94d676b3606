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
    Table,
    Text,
    UniqueConstraint,
)

from tasks.ledger import columns
from tasks.ledger.columns import one_of, text
from tasks.ledger.recall_tables import recall_answer

metadata = columns.metadata

run = Table(
    "run",
    metadata,
    text("run_id", primary_key=True),
    text("kind"),
    text("as_of"),
    text("inbox"),
    text("reference"),
    text("state"),
    text("actor"),
    text("code_version"),
    text("policy_fingerprint"),
    text("started_at"),
    text("finished_at", nullable=True),
    text("summary", nullable=True),
    one_of("state", "running", "finished"),
)

delivery = Table(
    "delivery",
    metadata,
    text("delivery_id", primary_key=True),
    text("fingerprint"),
    text("folder"),
    text("exported_at"),
    Column("rows", Integer, nullable=False),
    text("quality"),
    Column("run_id", Text, ForeignKey(run.c.run_id), nullable=False),
)

arrival = Table(
    "arrival",
    metadata,
    Column("run_id", Text, ForeignKey(run.c.run_id), primary_key=True),
    text("folder", primary_key=True),
    text("delivery_id"),
    text("state"),
    text("reason"),
    Column("rows", Integer, nullable=False),
    one_of("state", "taken_in", "already_held", "refused", "waiting", "overdue"),
)

received_row = Table(
    "received_row",
    metadata,
    Column("delivery_id", Text, ForeignKey(delivery.c.delivery_id), primary_key=True),
    Column("row", Integer, primary_key=True),
    text("submission_id"),
    text("revision"),
    text("content_sha256"),
    text("disposition"),
    text("reason_codes"),
    text("raw", nullable=True),
    one_of("disposition", "accepted", "duplicate", "superseded", "quarantined", "conflict"),
    Index(None, "submission_id"),
)

submission = Table(
    "submission",
    metadata,
    text("submission_id", primary_key=True),
    Column("revision", Integer, primary_key=True),
    text("delivery_id"),
    Column("row", Integer, nullable=False),
    text("kind"),
    text("role"),
    text("submitted_on"),
    text("person_key"),
    text("date_of_birth"),
    text("registration_number"),
    text("related_submission_id"),
    text("related_registration_number"),
    text("content_sha256"),
    Column("current", Boolean, nullable=False),
    text("application"),
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
    text("sha256", primary_key=True),
    Column("bytes", Integer, nullable=False),
    text("path"),
)

submission_document = Table(
    "submission_document",
    metadata,
    text("submission_id", primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    text("role"),
    text("declared_type"),
    text("file"),
    text("sha256"),
    ForeignKeyConstraint(["submission_id", "revision"], [submission.c.submission_id, submission.c.revision]),
    Index(None, "sha256"),
)

document_facts = Table(
    "document_facts",
    metadata,
    Column("sha256", Text, ForeignKey(document.c.sha256), primary_key=True),
    text("reader", primary_key=True),
    text("facts"),
)

document_mark = Table(
    "document_mark",
    metadata,
    Column("sha256", Text, ForeignKey(document.c.sha256), primary_key=True),
    text("mark", primary_key=True),
    Column("place", Integer, nullable=False),
    Column("marks", Integer, nullable=False),
    Index(None, "mark", "place"),
)

registration = Table(
    "registration",
    metadata,
    text("registration_number", primary_key=True),
    text("role"),
    text("status"),
    text("status_since"),
    *(text(name) for name in ("first_name", "middle_name", "last_name", "name_suffix")),
    text("date_of_birth"),
    text("email"),
    *(text(name) for name in ("street", "unit", "city", "state", "zip")),
    text("issued_on"),
    text("expires_on"),
    text("related_registration_number"),
    Column("hold", Boolean, nullable=False),
    text("person_key"),
    text("content_sha256"),
    one_of("role", "patient", "caregiver"),
    one_of("status", "active", "expired", "suspended", "revoked", "denied", "withdrawn"),
    Index(None, "person_key"),
    Index(None, "date_of_birth"),
    Index(None, "related_registration_number"),
)

book = Table(
    "book",
    metadata,
    text("sha256", primary_key=True),
    text("policy_fingerprint"),
    text("text"),
)

decision = Table(
    "decision",
    metadata,
    text("decision_id", primary_key=True),
    text("submission_id"),
    Column("revision", Integer, nullable=False),
    Column("position", Integer, nullable=False, unique=True),
    text("rule_set"),
    text("occasion"),
    text("outcome"),
    text("reason_codes"),
    text("packet"),
    Column("second_look", Boolean, nullable=False),
    text("actor_kind"),
    text("actor"),
    text("decided_at"),
    Column("run_id", Text, ForeignKey(run.c.run_id), nullable=False),
    ForeignKeyConstraint(["submission_id", "revision"], [submission.c.submission_id, submission.c.revision]),
    UniqueConstraint("submission_id", "revision", "rule_set", "occasion"),
    one_of("actor_kind", "machine", "person"),
    one_of("outcome", "auto_approved", "review", "deficient", "held", "approved", "denied", "withdrawn"),
    # No machine denies, approves for a person, or withdraws.
    CheckConstraint(
        "(actor_kind = 'machine') = (outcome IN ('auto_approved', 'review', 'deficient', 'held'))", name="who_may"
    ),
    Index(None, "run_id"),
)

counter = Table(
    "counter",
    metadata,
    text("name", primary_key=True),
    Column("next", Integer, nullable=False),
)

certificate = Table(
    "certificate",
    metadata,
    text("serial", primary_key=True),
    Column("sequence", Integer, nullable=False, unique=True),
    Column("decision_id", Text, ForeignKey(decision.c.decision_id), nullable=False),
    text("kind"),
    text("registration_number"),
    text("state"),
    text("order"),
    text("issued_on"),
    text("expires_on"),
    text("template_version"),
    text("sha256", nullable=True),
    text("reserved_at"),
    text("issued_at", nullable=True),
    text("void_reason", nullable=True),
    text("not_drawn_because", nullable=True),
    Column("run_id", Text, ForeignKey(run.c.run_id), nullable=False),
    one_of("kind", "temporary", "permanent"),
    one_of("state", "reserved", "issued", "superseded", "void"),
    # One that was reserved and never drawn can be void without ever having had bytes.
    CheckConstraint("state = 'void' OR (state = 'reserved') = (sha256 IS NULL)", name="issued_has_bytes"),
    CheckConstraint("(state = 'void') = (void_reason IS NOT NULL)", name="void_has_reason"),
    Index(None, "decision_id"),
    Index(None, "registration_number"),
    Index(None, "run_id"),
)
# A void one can be replaced, by the same decision and with the same end.
Index(
    "uq_certificate_decision_id_kind",
    certificate.c.decision_id,
    certificate.c.kind,
    unique=True,
    sqlite_where=certificate.c.state != "void",
    postgresql_where=certificate.c.state != "void",
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
    text("message_id", primary_key=True),
    text("cause"),
    text("template"),
    text("to_address"),
    text("context"),
    text("attachments"),
    text("state"),
    text("created_at"),
    text("settled_at", nullable=True),
    Column("run_id", Text, ForeignKey(run.c.run_id), nullable=False),
    UniqueConstraint("cause", "template"),
    one_of("state", "queued", "sent", "failed", "cancelled"),
    Index(None, "state"),
)

journal = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    text("at"),
    text("actor"),
    text("run_id"),
    text("event"),
    text("subject"),
    text("facts"),
    text("previous"),
    text("hash"),
)

KEPT_FOREVER = (journal, decision, book, recall_answer)
"""Tables whose rows can be neither changed nor deleted; triggers see to it."""
