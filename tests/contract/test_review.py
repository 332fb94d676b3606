"""The analysts' decisions come back: taken in row by row, certified, repeated, killed, and told what was not taken."""

import csv
import hashlib
import hmac
import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

ROWS, SEED = 50, 8
NIGHT, DAY = "2026-11-22", "2026-11-23"
ACTOR = "Ada Analyst"
NOTE = "Which of the two addresses do you live at?"
GROUND = "RCSA 21a-408-7"
SECOND_LOOKS = 2


def second_look(key: bytes, submission_id: str) -> bool:
    drawn = hmac.new(key, f"second look:{submission_id}.1".encode(), hashlib.sha256).digest()
    return int.from_bytes(drawn[:8]) % 100 < 3


def key_that_draws(submission_ids: list[str]) -> bytes:
    """A secret key under which just so many of these approvals are drawn for a second look."""
    keys = (hashlib.sha256(str(n).encode()).digest() for n in range(10_000))
    return next(k for k in keys if sum(second_look(k, i) for i in submission_ids) == SECOND_LOOKS)


def with_key(home: Any, key: bytes) -> None:
    path = home.path / "keys" / "nutmeg.key"
    path.parent.mkdir(exist_ok=True, mode=0o700)
    path.write_text(key.hex() + "\n")
    path.chmod(0o600)


def ask(home: Any, query: str, *values: Any) -> list[sqlite3.Row]:
    path = home.path / "ledger" / "nutmeg.db"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        return list(connection.execute(query, values))


def one(home: Any, query: str, *values: Any) -> sqlite3.Row:
    (row,) = ask(home, query, *values)
    return row


CERTIFIED = "SELECT c.* FROM certificate c JOIN decision d USING (decision_id) WHERE d.submission_id = ? AND c.kind = ?"
REGISTERED = "SELECT * FROM registration WHERE registration_number = ?"
HELD = ("decision", "certificate", "message", "registration", "submission")


def counts(home: Any) -> dict[str, int]:
    return {table: one(home, f"SELECT count(*) AS n FROM {table}")["n"] for table in HELD}  # noqa: S608


def permanent(home: Any, submission_id: str) -> sqlite3.Row:
    return one(home, CERTIFIED, submission_id, "permanent")


def order(certificate: sqlite3.Row) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(certificate["order"])
    return said


def fill(source: Path, target: Path, answers: dict[str, tuple[str, str, str]]) -> Path:
    """Write (decision, ground, note) into the yellow cells, as an analyst does."""
    book = load_workbook(source)
    queue = book["Queue"]
    columns = {cell.value: cell.column for cell in queue[1]}
    for row in range(2, queue.max_row + 1):
        decided = answers.get(str(queue.cell(row, columns["Case"]).value))
        if decided:
            for title, value in zip(("Decision", "Ground", "Note", "Analyst"), (*decided, "B. Second"), strict=True):
                queue.cell(row, columns[title]).value = value or None
    book.save(target)
    return target


def export(home: Any, target: Path) -> list[str]:
    """Export the queue; the cases in it."""
    done = home.nutmeg("review", "export", "--out", str(target))
    assert done.returncode == 0, done.stderr
    return [str(row[0]) for row in load_workbook(target)["Queue"].iter_rows(min_row=2, values_only=True)]


def apply(home: Any, path: Path, *more: str) -> Any:
    return home.nutmeg("review", "apply", str(path), "--actor", ACTOR, "--as-of", DAY, "--json", *more)


def night(home: Any, day: str) -> Any:
    return home.nutmeg(*[(day if part == NIGHT else part) for part in home.night_arguments])


def answers_of(done: Any) -> dict[str, dict[str, str]]:
    with Path(json.loads(done.stdout)["answers"]).open(encoding="utf-8", newline="") as stream:
        return {row["submission_id"]: row for row in csv.DictReader(stream)}


@dataclass
class Plan:
    """Which case gets which answer."""

    home: Any
    queued: list[str]
    taken: dict[str, sqlite3.Row]
    """application rows by submission"""
    answers: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    def application(self, submission_id: str) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self.taken[submission_id]["application"])
        return said

    def cases(self, kind: str, role: str = "patient") -> list[str]:
        """Queued cases of this kind that found nothing but what the lane finds, second looks left out."""
        rows = [self.taken[i] for i in self.queued]
        return [
            r["submission_id"]
            for r in rows
            if (r["kind"], r["role"], r["outcome"]) == (kind, role, "review")
            and re.fullmatch("(INITIAL|CHANGE|CAREGIVER)_NEEDS_REVIEW", r["reason_codes"])
        ]

    def waiting_pairs(self) -> list[tuple[str, str]]:
        """(caregiver, patient) where the patient is held until the caregiver is approved."""
        held = [r for r in self.taken.values() if r["outcome"] == "held"]
        return [(r["related_submission_id"], r["submission_id"]) for r in held]

    def with_codes(self, codes: str) -> list[str]:
        return [i for i in self.queued if self.taken[i]["reason_codes"] == codes]

    def not_taken(self) -> dict[str, str]:
        """The verdicts on those rows that must not be taken."""
        [unknown] = self.with_codes("REGISTRATION_UNKNOWN")
        [without_ground] = [i for i, answer in self.answers.items() if answer[0] == "Deny"]
        return {unknown: "CANNOT_ISSUE", without_ground: "MISSING_REASON"}

    def drawn(self) -> list[str]:
        return [i for i in self.queued if self.taken[i]["outcome"] == "auto_approved"]

    def others(self) -> list[str]:
        return [i for i in self.queued if self.taken[i]["outcome"] == "review" and i not in self.answers]


def plan_of(home: Any, queued: list[str]) -> Plan:
    query = "SELECT s.*, d.outcome, d.reason_codes FROM submission s JOIN decision d USING (submission_id, revision)"
    return Plan(home, queued, {row["submission_id"]: row for row in ask(home, query)})


def begun(new_home: Callable[..., Any]) -> Any:
    """A home after one night, with two automatic approvals drawn for a second look."""
    home = new_home(ROWS, seed=SEED, uploads="text")
    with (home.sample / "answers.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["outcome"] == "auto_approved"]
    with_key(home, key_that_draws([row["submission_id"] for row in rows]))
    done = home.night()
    assert done.returncode == 0, done.stderr
    return home


@dataclass(frozen=True)
class Reviewed:
    home: Any
    plan: Plan
    file: Path
    before: dict[str, sqlite3.Row]
    """the register before"""
    done: Any


def decided(plan: Plan) -> dict[str, tuple[str, str, str]]:
    """One of everything; the rest is left blank."""
    first, second, third, *_ = plan.cases("initial")
    drawn_to_approve, drawn_to_deny = plan.drawn()
    answers = {
        first: ("approve", "", ""),
        second: ("deny", GROUND, ""),
        third: ("Deny", "", ""),
        plan.cases("change")[0]: ("approve", "", "looks fine"),
        plan.cases("replacement")[0]: ("approve", "", ""),
        drawn_to_approve: ("approve", "", ""),
        drawn_to_deny: ("deny", GROUND, ""),
    }
    pairs = plan.waiting_pairs()
    free = [i for i in plan.cases("initial", "caregiver") if i not in {caregiver for caregiver, _ in pairs}]
    answers |= dict.fromkeys([*free, *(caregiver for caregiver, _ in pairs)], ("approve", "", ""))
    answers |= {
        i: ("approve", "", "") for code in ("REGISTRATION_UNKNOWN", "RENEWAL_LATE") for i in plan.with_codes(code)
    }
    plan.answers = answers
    asked, withdrawn, *_ = plan.others()
    plan.answers |= {asked: ("ask", "res_stale; ID_NAME_MISMATCH", NOTE), withdrawn: ("withdraw", "", "")}
    return plan.answers


@pytest.fixture(scope="module")
def reviewed(new_home: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Reviewed:
    """A night, its queue filled in, and the answers taken in once."""
    folder = tmp_path_factory.mktemp("review")
    home = begun(new_home)
    plan = plan_of(home, export(home, folder / "queue.xlsx"))
    file = fill(folder / "queue.xlsx", folder / "answered.xlsx", decided(plan))
    before = {row["registration_number"]: row for row in ask(home, "SELECT * FROM registration")}
    return Reviewed(home, plan, file, before, apply(home, file))


def answered(plan: Plan, decision: str) -> list[str]:
    return [i for i, answer in plan.answers.items() if answer[0].lower() == decision]


def test_all_is_taken_that_can_be_and_the_exit_code_says_that_not_all_was(reviewed: Reviewed) -> None:
    assert reviewed.done.returncode == 1, reviewed.done.stderr
    told, not_taken = answers_of(reviewed.done), reviewed.plan.not_taken()
    assert set(told) == set(reviewed.plan.queued)
    assert {i: row["verdict"] for i, row in told.items() if row["verdict"] not in {"OK", "BLANK"}} == not_taken
    assert {i for i, row in told.items() if row["verdict"] == "OK"} == set(reviewed.plan.answers) - set(not_taken)
    assert json.loads(reviewed.done.stdout)["not_taken"] == len(not_taken)
    assert json.loads(reviewed.done.stdout)["balanced"]


def test_decisions_are_persons_decisions_with_what_was_said(reviewed: Reviewed) -> None:
    stored = {r["submission_id"]: r for r in ask(reviewed.home, "SELECT * FROM decision WHERE actor_kind = 'person'")}
    expected = dict.fromkeys(answered(reviewed.plan, "approve"), "approved")
    expected = {i: outcome for i, outcome in expected.items() if i not in reviewed.plan.not_taken()}
    expected |= {i: "denied" for i in answered(reviewed.plan, "deny") if reviewed.plan.answers[i][1]}
    expected |= dict.fromkeys(answered(reviewed.plan, "withdraw"), "withdrawn")
    assert {i: row["outcome"] for i, row in stored.items()} == expected
    for submission_id, row in stored.items():
        packet = json.loads(row["packet"])
        machine = one(
            reviewed.home,
            "SELECT * FROM decision WHERE submission_id = ? AND actor_kind = 'machine'",
            submission_id,
        )
        assert row["actor"] == ACTOR
        assert (packet["analyst"], packet["ground"]) == ("B. Second", reviewed.plan.answers[submission_id][1])
        assert packet["answers"] == machine["decision_id"]
        assert row["occasion"] == f"review:{machine['decision_id']}"
        assert ";".join(packet["reason_codes"]) == machine["reason_codes"]


def test_every_certificate_has_its_file_and_its_one_message(reviewed: Reviewed) -> None:
    assert reviewed.home.nutmeg("mail", "send").returncode == 0
    given = ask(reviewed.home, "SELECT * FROM certificate WHERE run_id <> (SELECT min(run_id) FROM run)")
    assert len(given) > 5
    attached: dict[str, str] = {}
    for path in (reviewed.home.path / "outputs" / "mail").glob("*.eml"):
        for part in message_from_bytes(path.read_bytes(), policy=policy.default).iter_attachments():
            assert part.get_filename() not in attached
            attached[part.get_filename()] = hashlib.sha256(part.get_payload(decode=True)).hexdigest()
    for row in given:
        path = reviewed.home.path / "outputs" / "certificates" / "2026" / "11" / f"{row['serial']}.pdf"
        assert (row["state"], row["kind"], row["issued_on"]) == ("issued", "permanent", DAY)
        assert attached[path.name] == hashlib.sha256(path.read_bytes()).hexdigest() == row["sha256"]
    assert not list((reviewed.home.path / "outputs" / "certificates" / ".staging").iterdir())


def test_a_first_application_gets_a_registration_that_ends_with_its_certification(reviewed: Reviewed) -> None:
    submission_id = answered(reviewed.plan, "approve")[0]
    given, application = permanent(reviewed.home, submission_id), reviewed.plan.application(submission_id)
    entry = one(reviewed.home, REGISTERED, given["registration_number"])
    assert re.fullmatch(r"MMP-\d{9}", entry["registration_number"])
    assert entry["registration_number"] not in reviewed.before
    assert (entry["status"], entry["issued_on"], entry["last_name"]) == ("active", DAY, application["name"]["last"])
    assert entry["expires_on"] == given["expires_on"] == application["certification"]["expires_on"]
    assert order(given)["registration_ends_on"] == given["expires_on"]


def test_a_change_moves_the_register_and_gives_nobody_a_day_more(reviewed: Reviewed) -> None:
    submission_id = reviewed.plan.cases("change")[0]
    application = reviewed.plan.application(submission_id)
    number = application["registration_number"]
    entry, given = one(reviewed.home, REGISTERED, number), permanent(reviewed.home, submission_id)
    assert (entry["street"], entry["last_name"], entry["email"]) == (
        application["address"]["street"],
        application["name"]["last"],
        application["email"],
    )
    assert given["expires_on"] == entry["expires_on"] == reviewed.before[number]["expires_on"]
    assert entry["issued_on"] == reviewed.before[number]["issued_on"]


def test_a_replacement_has_the_same_expiry(reviewed: Reviewed) -> None:
    submission_id = reviewed.plan.cases("replacement")[0]
    given = permanent(reviewed.home, submission_id)
    assert given["expires_on"] == reviewed.before[given["registration_number"]]["expires_on"]


def test_a_second_look_that_confirms_supersedes_the_temporary_certificate(reviewed: Reviewed) -> None:
    [submission_id] = [i for i in reviewed.plan.drawn() if reviewed.plan.answers[i][0] == "approve"]
    temporary, given = (
        one(reviewed.home, CERTIFIED, submission_id, "temporary"),
        permanent(reviewed.home, submission_id),
    )
    assert (temporary["state"], given["state"]) == ("superseded", "issued")
    assert given["expires_on"] == order(temporary)["registration_ends_on"]
    assert one(reviewed.home, REGISTERED, given["registration_number"])["expires_on"] == given["expires_on"]


def test_a_second_look_that_denies_makes_the_temporary_certificate_void(reviewed: Reviewed) -> None:
    [submission_id] = [i for i in reviewed.plan.drawn() if reviewed.plan.answers[i][0] == "deny"]
    temporary = one(reviewed.home, CERTIFIED, submission_id, "temporary")
    assert (temporary["state"], temporary["void_reason"]) == ("void", "denied")
    assert not ask(reviewed.home, CERTIFIED, submission_id, "permanent")
    assert temporary["serial"] in answers_of(reviewed.done)[submission_id]["sentence"]
    assert one(reviewed.home, REGISTERED, temporary["registration_number"])["status"] == "active"


def test_a_caregiver_ends_with_the_patient_and_the_two_point_to_each_other(reviewed: Reviewed) -> None:
    waiting = {caregiver for caregiver, _ in reviewed.plan.waiting_pairs()}
    [submission_id] = [i for i in reviewed.plan.cases("initial", "caregiver") if i not in waiting]
    given = permanent(reviewed.home, submission_id)
    patient = one(reviewed.home, REGISTERED, reviewed.plan.application(submission_id)["related_registration_number"])
    entry = one(reviewed.home, REGISTERED, given["registration_number"])
    assert given["expires_on"] == entry["expires_on"] == patient["expires_on"]
    assert patient["related_registration_number"] == entry["registration_number"]
    assert entry["related_registration_number"] == patient["registration_number"]
    assert patient["last_name"] in order(given)["patient_name"]


def test_a_question_is_one_letter_with_the_codes_and_the_note_and_the_case_stays(reviewed: Reviewed) -> None:
    [submission_id] = answered(reviewed.plan, "ask")
    letter = one(reviewed.home, "SELECT * FROM message WHERE template = 'question'")
    context = json.loads(letter["context"])
    assert (context["submission_id"], context["note"], len(context["items"])) == (submission_id, NOTE, 2)
    assert letter["to_address"] == reviewed.plan.application(submission_id)["email"]
    assert not ask(
        reviewed.home, "SELECT * FROM decision WHERE submission_id = ? AND actor_kind = 'person'", submission_id
    )


def test_nothing_that_was_typed_reaches_the_journal_and_its_chain_holds(reviewed: Reviewed) -> None:
    facts = "".join(row["facts"] + row["subject"] for row in ask(reviewed.home, "SELECT * FROM journal"))
    facts += "".join(path.read_text() for path in (reviewed.home.path / "outputs" / "runs").glob("*/answers.csv"))
    assert not [said for said in (NOTE, GROUND, "B. Second", "looks fine") if said in facts]
    doctor = reviewed.home.nutmeg("doctor", "--json", NUTMEG_REFERENCE=str(reviewed.home.sample / "reference"))
    assert "the chain holds" in doctor.stdout


def test_the_same_file_a_second_time_is_a_no_op_that_says_so(reviewed: Reviewed) -> None:
    before = counts(reviewed.home)
    again = apply(reviewed.home, reviewed.file)
    assert counts(reviewed.home) == before
    told = answers_of(again)
    taken = set(reviewed.plan.answers) - set(reviewed.plan.not_taken())
    assert {told[i]["verdict"] for i in taken} == {"ALREADY_DECIDED"}
    assert json.loads(again.stdout)["taken_before"] == len(taken)
    assert json.loads(again.stdout)["certificates"]["issued"] == 0
    shown = reviewed.home.nutmeg("review", "apply", str(reviewed.file), "--actor", ACTOR)
    assert "nothing was done" in shown.stdout
    assert shown.returncode == 1, "two rows still wait"


def test_another_answer_to_a_decided_case_is_told_and_changes_nothing(reviewed: Reviewed, tmp_path: Path) -> None:
    submission_id = answered(reviewed.plan, "withdraw")[0]
    other = fill(reviewed.file, tmp_path / "other.xlsx", {submission_id: ("deny", GROUND, "")})
    before = counts(reviewed.home)
    done = apply(reviewed.home, other)
    row = answers_of(done)[submission_id]
    assert row["verdict"] == "ALREADY_DECIDED"
    assert f"withdrawn by {ACTOR}" in row["sentence"]
    assert json.loads(done.stdout)["not_taken"] == 1 + len(reviewed.plan.not_taken())
    assert counts(reviewed.home) == before


@pytest.mark.parametrize("bend", ["foreign", "no workbook", "missing", "nobody"])
def test_a_file_that_is_not_ours_or_an_act_of_nobody_is_wrong_use_and_nothing_is_taken(
    reviewed: Reviewed, new_home: Callable[..., Any], tmp_path: Path, bend: str
) -> None:
    path, actor = tmp_path / "file.xlsx", " " if bend == "nobody" else ACTOR
    if bend == "foreign":
        from tasks.notices import load_reasons
        from tasks.workbooks.review import write_review

        write_review(path, [], "20261122T000000000Z", load_reasons(), b"another key" * 4)
    elif bend != "missing":
        path.write_bytes(b"PK")
    before = (counts(reviewed.home), one(reviewed.home, "SELECT count(*) AS n FROM run")["n"])
    done = reviewed.home.nutmeg("review", "apply", str(path), "--actor", actor)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert "Traceback" not in done.stderr
    assert (counts(reviewed.home), one(reviewed.home, "SELECT count(*) AS n FROM run")["n"]) == before


@dataclass(frozen=True)
class Later:
    """After the second night: what the command said, and the new queue."""

    home: Any
    plan: Plan
    queued: list[str]
    queue: Path
    summary: dict[str, Any]
    revised: str


@pytest.fixture(scope="module")
def later(reviewed: Reviewed, tmp_path_factory: pytest.TempPathFactory) -> Later:
    """The next night, with a newer revision of one case that still waits in the old queue."""
    revised = reviewed.plan.others()[-1]
    deliver_revision(reviewed.home.sample / "inbox", revised)
    done = night(reviewed.home, "2026-11-24")
    assert done.returncode == 0, done.stdout + done.stderr
    queue = tmp_path_factory.mktemp("later") / "queue.xlsx"
    return Later(reviewed.home, reviewed.plan, export(reviewed.home, queue), queue, json.loads(done.stdout), revised)


def deliver_revision(inbox: Path, submission_id: str) -> None:
    """A second delivery: one row, the case with revision 2."""
    good, new = inbox / "biznet-2026-11-22", inbox / "biznet-2026-11-23"
    shutil.copytree(good, new)
    table = new / "submissions.csv"
    with table.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    [row] = [row for row in rows if row["submission_id"].strip() == submission_id]
    row |= {"revision": "2", "phone": "8605550123"}
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerow(row)
    manifest = json.loads((good / "manifest.json").read_text())
    manifest |= {"delivery_id": new.name, "rows": 1, "exported_at": "2026-11-23T23:05:00-05:00"}
    for entry in manifest["files"]:
        data = (new / entry["path"]).read_bytes()
        entry |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (new / "manifest.json").write_text(json.dumps(manifest))


def test_the_next_night_is_balanced_and_issues_nothing_twice(later: Later) -> None:
    assert later.summary["balanced"], later.summary["unbalanced"]
    assert later.summary["certificates"]["issued"] == 0
    live = ask(later.home, "SELECT registration_number FROM certificate WHERE state = 'issued'")
    assert len(live) == len({row[0] for row in live})


def test_the_old_queue_is_stale_where_a_newer_revision_came(later: Later, reviewed: Reviewed, tmp_path: Path) -> None:
    old = fill(reviewed.file, tmp_path / "old.xlsx", {later.revised: ("approve", "", "")})
    before = counts(later.home)
    done = apply(later.home, old)
    assert answers_of(done)[later.revised]["verdict"] == "STALE"
    assert counts(later.home) == before


def test_a_case_that_was_asked_about_stands_in_the_next_queue_and_a_decided_one_does_not(later: Later) -> None:
    asked = answered(later.plan, "ask")[0]
    assert asked in later.queued
    gone = set(answered(later.plan, "approve") + answered(later.plan, "withdraw")) - set(later.plan.not_taken())
    assert not gone & set(later.queued)


def test_a_patient_who_was_held_is_taken_up_and_gets_the_certificate_together_with_the_caregiver(
    later: Later, tmp_path: Path
) -> None:
    pairs = later.plan.waiting_pairs()
    assert pairs
    patients = [patient for _, patient in pairs]
    assert set(patients) <= set(later.queued)
    for caregiver, _ in pairs:
        assert not ask(later.home, CERTIFIED, caregiver, "permanent")
    file = fill(later.queue, tmp_path / "pairs.xlsx", dict.fromkeys(patients, ("approve", "", "")))
    done = apply(later.home, file)
    assert done.returncode == 0, done.stdout
    for caregiver, patient in pairs:
        of_patient, of_caregiver = permanent(later.home, patient), permanent(later.home, caregiver)
        entry = one(later.home, REGISTERED, of_patient["registration_number"])
        assert of_caregiver["expires_on"] == of_patient["expires_on"] == entry["expires_on"]
        assert entry["related_registration_number"] == of_caregiver["registration_number"]
        assert order(of_patient)["caregiver_name"]
        assert order(of_caregiver)["no_smoking_forms"] == order(of_patient)["no_smoking_forms"]


def test_a_certificate_is_void_once_and_the_reason_stays_out_of_the_journal(later: Later) -> None:
    serial = permanent(later.home, answered(later.plan, "approve")[0])["serial"]
    reason = "Maria Santos handed it back at the counter"
    arguments = ("certificates", "void", serial, "--reason", reason, "--actor", ACTOR, "--json")
    first = later.home.nutmeg(*arguments)
    assert (first.returncode, json.loads(first.stdout)["changed"]) == (0, True), first.stderr
    entries = one(later.home, "SELECT count(*) AS n FROM journal")["n"]
    second = later.home.nutmeg(*arguments)
    assert (second.returncode, json.loads(second.stdout)["changed"]) == (0, False)
    assert "void already" in second.stdout
    assert one(later.home, "SELECT count(*) AS n FROM journal")["n"] == entries
    stored = one(later.home, "SELECT * FROM certificate WHERE serial = ?", serial)
    assert (stored["state"], stored["void_reason"]) == ("void", reason)
    entry = one(later.home, "SELECT * FROM journal WHERE event = 'certificate.voided' AND subject = ?", serial)
    assert entry["actor"] == ACTOR
    assert "Santos" not in entry["facts"]
    pdf = next((later.home.path / "outputs" / "certificates").rglob(f"{serial}.pdf"))
    verified = later.home.nutmeg("certificates", "verify", str(pdf), "--json")
    assert (verified.returncode, json.loads(verified.stdout)["state"]) == (1, "void")


@pytest.mark.parametrize(("which", "reason"), [("MM26-0000001-00", "lost"), ("superseded", "lost"), ("issued", " ")])
def test_what_cannot_be_void_is_wrong_use_in_a_sentence(later: Later, which: str, reason: str) -> None:
    known = ask(later.home, "SELECT serial FROM certificate WHERE state = ?", which)
    serial = known[0]["serial"] if known else which
    done = later.home.nutmeg("certificates", "void", serial, "--reason", reason, "--actor", ACTOR)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


LAST_DAY, EXPIRED = "2026-12-22", "2026-12-23"
"""the last day to answer the notices of the first night, and the day after it"""


@dataclass(frozen=True)
class Unanswered:
    """After a night on which the time to answer is over: the deficient cases, and what the new queue says of them."""

    home: Any
    told: dict[str, sqlite3.Row]
    """applications by submission"""
    queue: Path
    before: dict[str, dict[str, Any]]
    """the queue of the night before"""
    rows: dict[str, dict[str, Any]]


def queue_of(home: Any, day: str) -> Path:
    """The queue of a night on which nothing new came."""
    assert night(home, day).returncode in (0, 1)
    path: Path = home.runs[-1] / "review.xlsx"
    return path


def rows_of(queue: Path) -> dict[str, dict[str, Any]]:
    header, *lines = load_workbook(queue)["Queue"].iter_rows(values_only=True)
    return {str(line[0]): dict(zip(header, line, strict=True)) for line in lines}


@pytest.fixture(scope="module")
def unanswered(later: Later) -> Unanswered:
    told = {i: row for i, row in later.plan.taken.items() if row["outcome"] == "deficient"}
    before, queue = queue_of(later.home, LAST_DAY), queue_of(later.home, EXPIRED)
    return Unanswered(later.home, told, queue, rows_of(before), rows_of(queue))


def test_who_did_not_answer_in_time_comes_to_a_person_and_not_a_day_before(unanswered: Unanswered) -> None:
    assert len(unanswered.told) >= 3
    assert not set(unanswered.told) & set(unanswered.before)
    for submission_id in unanswered.told:
        row = unanswered.rows[submission_id]
        said = str(row["What to look at"]).splitlines()
        assert said[0] == "The applicant was told on 2026-11-22 what is missing and has not answered within 30 days."
        assert len(said) > 1, "and what was missing"
        assert (row["Clock"], row["Decide by"]) == ("not answered by 2026-12-22", None)


def test_what_waited_too_long_stands_first(unanswered: Unanswered) -> None:
    clocks = [str(row["Clock"]) for row in unanswered.rows.values()]
    first = [clock.split(":")[0] for clock in clocks if not clock.startswith("asked")]
    assert first == sorted(first, key=("overdue", "alarm", "not answered by 2026-12-22").index)
    assert first[0] == "overdue"


def test_a_person_decides_on_a_case_that_was_not_answered(unanswered: Unanswered, tmp_path: Path) -> None:
    renewals = [i for i, row in unanswered.told.items() if row["kind"] == "renewal" and row["role"] == "patient"]
    in_force = [i for i in renewals if "CERT_" not in unanswered.told[i]["reason_codes"]]
    approved, denied, withdrawn, *_ = [*in_force, *(i for i in unanswered.told if i not in in_force)]
    answers = {approved: ("approve", "", ""), denied: ("deny", GROUND, ""), withdrawn: ("withdraw", "", "")}
    file = fill(unanswered.queue, tmp_path / "unanswered.xlsx", answers)
    done = apply(unanswered.home, file, "--as-of", EXPIRED)
    assert {answers_of(done)[i]["verdict"] for i in answers} == {"OK"}, answers_of(done)
    query = "SELECT outcome FROM decision WHERE submission_id = ? ORDER BY position DESC LIMIT 1"
    outcomes = [one(unanswered.home, query, i)["outcome"] for i in answers]
    assert outcomes == ["approved", "denied", "withdrawn"]
    assert permanent(unanswered.home, approved)["state"] == "issued"
    assert not set(answers) & set(rows_of(queue_of(unanswered.home, "2026-12-24")))
