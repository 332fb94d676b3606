"""The ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "counter",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("next", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )
    op.create_table(
        "document",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_document")),
    )
    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal")),
    )
    op.create_table(
        "registration",
        sa.Column("registration_number", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_since", sa.Text(), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("middle_name", sa.Text(), nullable=False),
        sa.Column("last_name", sa.Text(), nullable=False),
        sa.Column("name_suffix", sa.Text(), nullable=False),
        sa.Column("date_of_birth", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("zip", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Text(), nullable=False),
        sa.Column("related_registration_number", sa.Text(), nullable=False),
        sa.Column("hold", sa.Boolean(), nullable=False),
        sa.Column("person_key", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.CheckConstraint("role IN ('patient', 'caregiver')", name=op.f("ck_registration_role")),
        sa.CheckConstraint(
            "status IN ('active', 'expired', 'suspended', 'revoked', 'denied', 'withdrawn')",
            name=op.f("ck_registration_status"),
        ),
        sa.PrimaryKeyConstraint("registration_number", name=op.f("pk_registration")),
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_date_of_birth"), ["date_of_birth"], unique=False)
        batch_op.create_index(batch_op.f("ix_registration_person_key"), ["person_key"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_registration_related_registration_number"), ["related_registration_number"], unique=False
        )

    op.create_table(
        "run",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("inbox", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("code_version", sa.Text(), nullable=False),
        sa.Column("policy_fingerprint", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('running', 'finished')", name=op.f("ck_run_state")),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_run")),
    )
    op.create_table(
        "arrival",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("delivery_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('taken_in', 'already_held', 'refused', 'waiting', 'overdue')", name=op.f("ck_arrival_state")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.run_id"], name=op.f("fk_arrival_run_id")),
        sa.PrimaryKeyConstraint("run_id", "folder", name=op.f("pk_arrival")),
    )
    op.create_table(
        "delivery",
        sa.Column("delivery_id", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("exported_at", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("quality", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.run_id"], name=op.f("fk_delivery_run_id")),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_delivery")),
    )
    op.create_table(
        "document_facts",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["document.sha256"], name=op.f("fk_document_facts_sha256")),
        sa.PrimaryKeyConstraint("sha256", "reader", name=op.f("pk_document_facts")),
    )
    op.create_table(
        "document_mark",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("marks", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["document.sha256"], name=op.f("fk_document_mark_sha256")),
        sa.PrimaryKeyConstraint("sha256", "mark", name=op.f("pk_document_mark")),
    )
    with op.batch_alter_table("document_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_mark_mark_place"), ["mark", "place"], unique=False)

    op.create_table(
        "message",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("to_address", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("attachments", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.Text(), nullable=True),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('queued', 'sent', 'failed', 'cancelled')", name=op.f("ck_message_state")),
        sa.ForeignKeyConstraint(["run_id"], ["run.run_id"], name=op.f("fk_message_run_id")),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_message")),
        sa.UniqueConstraint("cause", "template", name=op.f("uq_message_cause_template")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_state"), ["state"], unique=False)

    op.create_table(
        "received_row",
        sa.Column("delivery_id", sa.Text(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("disposition", sa.Text(), nullable=False),
        sa.Column("reason_codes", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "disposition IN ('accepted', 'duplicate', 'superseded', 'quarantined', 'conflict')",
            name=op.f("ck_received_row_disposition"),
        ),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.delivery_id"], name=op.f("fk_received_row_delivery_id")),
        sa.PrimaryKeyConstraint("delivery_id", "row", name=op.f("pk_received_row")),
    )
    with op.batch_alter_table("received_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_received_row_submission_id"), ["submission_id"], unique=False)

    op.create_table(
        "submission",
        sa.Column("submission_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.Text(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("submitted_on", sa.Text(), nullable=False),
        sa.Column("person_key", sa.Text(), nullable=False),
        sa.Column("date_of_birth", sa.Text(), nullable=False),
        sa.Column("registration_number", sa.Text(), nullable=False),
        sa.Column("related_submission_id", sa.Text(), nullable=False),
        sa.Column("related_registration_number", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("application", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id", "row"],
            ["received_row.delivery_id", "received_row.row"],
            name=op.f("fk_submission_delivery_id_row"),
        ),
        sa.PrimaryKeyConstraint("submission_id", "revision", name=op.f("pk_submission")),
        sa.UniqueConstraint("delivery_id", "row", name=op.f("uq_submission_delivery_id_row")),
    )
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_date_of_birth"), ["date_of_birth"], unique=False)
        batch_op.create_index(batch_op.f("ix_submission_person_key"), ["person_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_submission_registration_number"), ["registration_number"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_submission_related_submission_id"), ["related_submission_id"], unique=False
        )

    op.create_table(
        "book",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("policy_fingerprint", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_book")),
    )

    op.create_table(
        "decision",
        sa.Column("decision_id", sa.Text(), nullable=False),
        sa.Column("submission_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rule_set", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason_codes", sa.Text(), nullable=False),
        sa.Column("packet", sa.Text(), nullable=False),
        sa.Column("second_look", sa.Boolean(), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(actor_kind = 'machine') = (outcome IN ('auto_approved', 'review', 'deficient', 'held'))",
            name=op.f("ck_decision_who_may"),
        ),
        sa.CheckConstraint("actor_kind IN ('machine', 'person')", name=op.f("ck_decision_actor_kind")),
        sa.CheckConstraint(
            "outcome IN ('auto_approved', 'review', 'deficient', 'held', 'approved', 'denied', 'withdrawn')",
            name=op.f("ck_decision_outcome"),
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.run_id"], name=op.f("fk_decision_run_id")),
        sa.ForeignKeyConstraint(
            ["submission_id", "revision"],
            ["submission.submission_id", "submission.revision"],
            name=op.f("fk_decision_submission_id_revision"),
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_decision")),
        sa.UniqueConstraint("position", name=op.f("uq_decision_position")),
        sa.UniqueConstraint(
            "submission_id",
            "revision",
            "rule_set",
            "occasion",
            name=op.f("uq_decision_submission_id_revision_rule_set_occasion"),
        ),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_run_id"), ["run_id"], unique=False)

    op.create_table(
        "submission_document",
        sa.Column("submission_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("declared_type", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id", "revision"],
            ["submission.submission_id", "submission.revision"],
            name=op.f("fk_submission_document_submission_id_revision"),
        ),
        sa.PrimaryKeyConstraint("submission_id", "revision", "position", name=op.f("pk_submission_document")),
    )
    with op.batch_alter_table("submission_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_document_sha256"), ["sha256"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("registration_number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("order", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Text(), nullable=False),
        sa.Column("template_version", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("reserved_at", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.Text(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("not_drawn_because", sa.Text(), nullable=True),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state = 'void' OR (state = 'reserved') = (sha256 IS NULL)", name=op.f("ck_certificate_issued_has_bytes")
        ),
        sa.CheckConstraint("(state = 'void') = (void_reason IS NOT NULL)", name=op.f("ck_certificate_void_has_reason")),
        sa.CheckConstraint("kind IN ('temporary', 'permanent')", name=op.f("ck_certificate_kind")),
        sa.CheckConstraint("state IN ('reserved', 'issued', 'superseded', 'void')", name=op.f("ck_certificate_state")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.decision_id"], name=op.f("fk_certificate_decision_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.run_id"], name=op.f("fk_certificate_run_id")),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_certificate")),
        sa.UniqueConstraint("sequence", name=op.f("uq_certificate_sequence")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_registration_number"), ["registration_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_run_id"), ["run_id"], unique=False)
        batch_op.create_index(
            "uq_certificate_decision_id_kind",
            ["decision_id", "kind"],
            unique=True,
            sqlite_where=sa.text("state != 'void'"),
            postgresql_where=sa.text("state != 'void'"),
        )
        batch_op.create_index(
            "uq_certificate_live_permanent",
            ["registration_number"],
            unique=True,
            sqlite_where=sa.text("kind = 'permanent' AND state = 'issued'"),
            postgresql_where=sa.text("kind = 'permanent' AND state = 'issued'"),
        )

    _recalls()

    for table in ("journal", "decision", "book", "recall_answer"):
        for verb in ("UPDATE", "DELETE"):
            _refuse(table, verb)


def _recalls() -> None:
    op.create_table(
        "recall",
        sa.Column("recall_id", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("first_on", sa.Text(), nullable=False),
        sa.Column("last_on", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("certificates", sa.Integer(), nullable=False),
        sa.Column("serials_sha256", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.Text(), nullable=False),
        sa.Column("lapses_on", sa.Text(), nullable=False),
        sa.CheckConstraint("basis IN ('certifier', 'run', 'document')", name=op.f("ck_recall_basis")),
        sa.PrimaryKeyConstraint("recall_id", name=op.f("pk_recall")),
        sa.UniqueConstraint("recall_id", "asker", name=op.f("uq_recall_recall_id_asker")),
    )
    op.create_table(
        "recall_certificate",
        sa.Column("recall_id", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.CheckConstraint("outcome IN ('void', 'passed over')", name=op.f("ck_recall_certificate_outcome")),
        sa.ForeignKeyConstraint(["recall_id"], ["recall.recall_id"], name=op.f("fk_recall_certificate_recall_id")),
        sa.ForeignKeyConstraint(["serial"], ["certificate.serial"], name=op.f("fk_recall_certificate_serial")),
        sa.PrimaryKeyConstraint("recall_id", "serial", name=op.f("pk_recall_certificate")),
    )
    with op.batch_alter_table("recall_certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recall_certificate_serial"), ["serial"], unique=False)

    op.create_table(
        "recall_answer",
        sa.Column("recall_id", sa.Text(), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Text(), nullable=False),
        sa.Column("answerer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.Text(), nullable=False),
        sa.Column("cure_by", sa.Text(), nullable=False),
        sa.CheckConstraint("answer IN ('granted', 'withdrawn')", name=op.f("ck_recall_answer_answer")),
        sa.CheckConstraint("answer = 'withdrawn' OR answerer <> asker", name=op.f("ck_recall_answer_two_people")),
        sa.ForeignKeyConstraint(
            ["recall_id", "asker"], ["recall.recall_id", "recall.asker"], name=op.f("fk_recall_answer_recall_id_asker")
        ),
        sa.PrimaryKeyConstraint("recall_id", name=op.f("pk_recall_answer")),
    )


def _refuse(table: str, verb: str) -> None:
    """What happened is appended to, never changed: the database itself refuses."""
    name = f"{table}_refuses_{verb.lower()}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
    else:
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
        )
        op.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
