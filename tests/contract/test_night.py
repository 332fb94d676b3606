"""The contract, held against a whole night of 500 synthetic submissions with known answers."""

import csv
import hashlib
import json
import re
import stat
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest


def answers(night: Any) -> list[dict[str, str]]:
    with (night.sample / "answers.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def codes(row: dict[str, str]) -> set[str]:
    return set(filter(None, row["reason_codes"].split(";")))


def test_every_row_ends_where_the_answers_say(night: Any) -> None:
    found = {row["row"]: row for row in night.table("dispositions.csv")}
    expected = {row["row"]: row for row in answers(night)}
    assert found.keys() == expected.keys()
    for number, answer in expected.items():
        assert found[number]["disposition"] == answer["disposition"], number
        if answer["disposition"] != "accepted":
            assert codes(found[number]) == codes(answer), number


def test_every_decision_is_the_answer(night: Any) -> None:
    decided = {(row["submission_id"], row["revision"]): row for row in night.table("decisions.csv")}
    accepted = [row for row in answers(night) if row["disposition"] == "accepted"]
    assert len(decided) == len(accepted)
    for answer in accepted:
        found = decided[answer["submission_id"], answer["revision"]]
        assert (found["outcome"], codes(found)) == (answer["outcome"], codes(answer)), answer


def test_nothing_is_approved_that_the_answers_do_not_approve(night: Any) -> None:
    should = {row["submission_id"] for row in answers(night) if row["outcome"] == "auto_approved"}
    approved = {row["submission_id"] for row in night.table("decisions.csv") if row["outcome"] == "auto_approved"}
    assert approved <= should
    assert len(approved) > 50


def test_the_summary_adds_up_and_says_what_the_contract_asks_for(night: Any) -> None:
    summary = night.summary()
    rows, decisions = summary["rows"], summary["decisions"]
    kinds = ("accepted", "duplicate", "superseded", "quarantined", "conflict")
    assert sum(rows[kind] for kind in kinds) == rows["received"] == 500
    assert sum(decisions.values()) == rows["accepted"]
    assert decisions["auto_approved"] == summary["certificates"]["issued"] == summary["certificates"]["temporary"]
    assert summary["messages"]["queued"] == decisions["auto_approved"] + decisions["deficient"]
    assert summary["messages"]["sent"] == summary["messages"]["queued"]
    assert (summary["balanced"], summary["unbalanced"]) == (True, [])
    assert summary["run_id"] == night.runs[-1].name
    assert summary["as_of"] == "2026-11-22"
    assert summary["actor"] == "night operator"
    assert re.fullmatch("[0-9a-f]{64}", summary["policy_fingerprint"])
    wanted = {"started_at", "finished_at", "code_version", "deliveries"}
    assert wanted <= summary.keys()


def test_every_certificate_has_its_file_its_digest_and_its_one_message(night: Any) -> None:
    files = sorted((night.path / "outputs" / "certificates").rglob("*.pdf"))
    assert len(files) == night.summary()["certificates"]["issued"]
    assert {path.parent.relative_to(night.path / "outputs" / "certificates").as_posix() for path in files} == {
        "2026/11"
    }
    attached = {}
    for path in (night.path / "outputs" / "mail").glob("*.eml"):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        for part in message.iter_attachments():
            assert part.get_filename() not in attached
            attached[part.get_filename()] = hashlib.sha256(part.get_payload(decode=True)).hexdigest()
    assert attached == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_messages_go_to_the_right_people_and_say_nothing_in_the_subject(night: Any) -> None:
    by_id = {}
    with (night.sample / "inbox" / "biznet-2026-11-22" / "submissions.csv").open(
        encoding="utf-8-sig", newline=""
    ) as stream:
        for row in csv.DictReader(stream):
            by_id[row["submission_id"].strip()] = row["email"].strip().lower()
    deficient = [row["submission_id"] for row in night.table("decisions.csv") if row["outcome"] == "deficient"]
    asked = []
    for path in (night.path / "outputs" / "mail").glob("*.eml"):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert not re.search("mariju|cannab|medic|condition|patient", message["Subject"], re.IGNORECASE)
        assert message["From"].addresses[0].addr_spec == "dcp.mmp@ct.gov"
        assert message["To"].addresses[0].addr_spec.lower() in by_id.values()
        if not list(message.iter_attachments()):
            text = message.get_body(("plain",)).get_content()
            (submission_id,) = [one for one in deficient if one in text]
            assert message["To"].addresses[0].addr_spec.lower() == by_id[submission_id]
            asked.append(submission_id)
    assert sorted(asked) == sorted(deficient)


def test_everything_that_holds_people_is_ours_alone(night: Any) -> None:
    for path in [*night.path.rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_the_queue_holds_every_case_that_waits_for_a_person_and_the_drawn_ones(night: Any) -> None:
    from openpyxl import load_workbook

    book = load_workbook(night.runs[-1] / "review.xlsx")
    queued = {row[0].value for row in book["Queue"].iter_rows(min_row=2)}
    to_person = {row["submission_id"] for row in night.table("decisions.csv") if row["outcome"] == "review"}
    approved = {row["submission_id"] for row in night.table("decisions.csv") if row["outcome"] == "auto_approved"}
    assert to_person <= queued
    assert queued - to_person <= approved


def test_every_case_of_the_queue_leads_to_its_page_of_evidence(night: Any) -> None:
    from openpyxl import load_workbook

    path = night.runs[-1] / "review.xlsx"
    sheet = load_workbook(path)["Queue"]
    column = [cell.value for cell in sheet[1]].index("Evidence")
    pages = {}
    for row in sheet.iter_rows(min_row=2):
        assert row[column].value == "Open page"
        pages[row[0].value] = (path.parent / row[column].hyperlink.target).resolve()
    assert {each.parents[1] for each in pages.values()} == {night.path / "outputs" / "evidence"}
    assert len(set(pages.values())) == len(pages)
    shown = 0
    for case, index in pages.items():
        html = index.read_text()
        assert f"Evidence in case {case}" in html
        assert case not in str(index)
        assert "default-src 'none'" in html
        named = set(re.findall(r'src="([^"]+)"', html))
        assert named == {picture.name for picture in index.parent.glob("*.png")}
        shown += len(named)
    assert shown > 2 * len(pages)


def test_the_same_case_has_the_same_page_in_a_queue_that_is_exported_again(night: Any, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    before = {page: page.stat().st_mtime_ns for page in (night.path / "outputs" / "evidence").rglob("*")}
    out = tmp_path / "new folder" / "queue.xlsx"
    assert night.nutmeg("review", "export", "--out", str(out)).returncode == 0
    after = {page: page.stat().st_mtime_ns for page in (night.path / "outputs" / "evidence").rglob("*")}
    assert before == {page: after[page] for page in before}
    sheet = load_workbook(out)["Queue"]
    column = [cell.value for cell in sheet[1]].index("Evidence")
    targets = [row[column].hyperlink.target for row in sheet.iter_rows(min_row=2)]
    assert targets
    assert all((out.parent / target).is_file() for target in targets)


def test_a_second_night_with_the_same_delivery_is_a_no_op_that_says_so(new_home: Any) -> None:
    home = new_home(20, seed=3, uploads="text")
    first, second = home.night(), home.night()
    assert (first.returncode, second.returncode) == (0, 0), second.stderr
    (told,) = json.loads(second.stdout)["deliveries"]
    assert told["state"] == "already_held"
    assert "nothing to do" in told["reason"]
    assert json.loads(second.stdout)["rows"]["received"] == 0
    assert len(list((home.path / "outputs" / "mail").iterdir())) == home.summary(0)["messages"]["sent"]


def test_the_same_id_with_other_bytes_is_refused_and_nothing_changes(new_home: Any) -> None:
    home = new_home(20, seed=3, uploads="text")
    assert home.night().returncode == 0
    manifest = home.sample / "inbox" / "biznet-2026-11-22" / "manifest.json"
    content = json.loads(manifest.read_text())
    content["exported_at"] = "2026-11-22T23:06:00-05:00"
    manifest.write_text(json.dumps(content))
    again = home.night()
    assert again.returncode == 1
    (told,) = json.loads(again.stdout)["deliveries"]
    assert told["state"] == "refused"
    assert "other bytes" in told["reason"]
    assert "biznet-2026-11-22" in told["reason"]


def test_a_night_without_any_delivery_is_not_good_news(new_home: Any) -> None:
    home = new_home(5, seed=3, uploads="text")
    empty = home.path / "empty"
    empty.mkdir()
    done = home.nutmeg("nightly", "--inbox", str(empty), "--reference", str(home.sample / "reference"), "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["deliveries"] == []


def test_no_new_delivery_on_a_later_day_is_not_good_news_either(new_home: Any) -> None:
    home = new_home(5, seed=3, uploads="text")
    assert home.night().returncode == 0
    later = home.nutmeg(*[("2026-11-23" if part == "2026-11-22" else part) for part in home.night_arguments])
    assert later.returncode == 1
    assert "Nothing new came" in later.stdout


@pytest.mark.parametrize("name", ["summary.html", "quality.html", "data-docs/index.html"])
def test_pages_need_no_network(night: Any, name: str) -> None:
    page = (night.runs[-1] / name).read_text()
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)\s*=\s*[\"']?(?:https?:)?//", page)
    assert "<script" not in page


def test_after_five_business_days_the_permanent_certificate_follows_and_the_register_moves_on(new_home: Any) -> None:
    home = new_home(30, seed=5, uploads="text")
    assert home.night().returncode == 0
    issued = home.summary()["certificates"]["temporary"]
    early = home.nutmeg(*[("2026-11-29" if part == "2026-11-22" else part) for part in home.night_arguments])
    assert json.loads(early.stdout)["certificates"]["permanent"] == 0
    due = home.nutmeg(*[("2026-11-30" if part == "2026-11-22" else part) for part in home.night_arguments])
    permanent = json.loads(due.stdout)["certificates"]["permanent"]
    assert 0 < permanent <= issued
    again = home.nutmeg(*[("2026-12-02" if part == "2026-11-22" else part) for part in home.night_arguments])
    assert json.loads(again.stdout)["certificates"]["issued"] == 0
    assert len(list((home.path / "outputs" / "certificates" / "2026" / "11").glob("*.pdf"))) == issued + permanent


def test_reprint_gives_the_stored_bytes_and_verify_knows_them(night: Any, tmp_path: Path) -> None:
    stored = next((night.path / "outputs" / "certificates").rglob("*.pdf"))
    copy = tmp_path / "copy.pdf"
    assert night.nutmeg("certificates", "reprint", stored.stem, "--out", str(copy)).returncode == 0
    assert copy.read_bytes() == stored.read_bytes()
    assert json.loads(night.nutmeg("certificates", "verify", str(copy), "--json").stdout)["serial"] == stored.stem
    copy.write_bytes(copy.read_bytes() + b" ")
    changed = night.nutmeg("certificates", "verify", str(copy), "--json")
    assert (changed.returncode, json.loads(changed.stdout)["state"]) == (1, "unknown")


def test_the_auditors_workbook_holds_the_night_without_names(night: Any) -> None:
    from openpyxl import load_workbook

    done = night.nutmeg("audit", "--from", "2026-11-22", "--to", "2026-11-22")
    assert done.returncode == 0, done.stderr
    book = load_workbook(done.stdout.strip())
    assert book["Decisions"].max_row - 1 == night.summary()["rows"]["accepted"]
    assert book["Certificates"].max_row - 1 == night.summary()["certificates"]["issued"]
    with (night.sample / "registry.csv").open(encoding="utf-8", newline="") as stream:
        people = {row["last_name"].lower() for row in csv.DictReader(stream) if len(row["last_name"]) > 4}
    words = {str(cell).lower() for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell}
    assert not people & words


def test_status_doctor_quarantine_and_mail_tell_what_is(night: Any) -> None:
    assert json.loads(night.nutmeg("mail", "status", "--json").stdout)["failed"] == 0
    apart = json.loads(night.nutmeg("quarantine", "list", "--json").stdout)
    rows = night.summary()["rows"]
    assert len(apart) == rows["quarantined"] + rows["conflict"]
    status = json.loads(night.nutmeg("status", "--json").stdout)
    assert status["waiting for an analyst"] == night.summary()["decisions"]["review"]
    doctor = json.loads(night.nutmeg("doctor", "--json", NUTMEG_REFERENCE=str(night.sample / "reference")).stdout)
    assert doctor["well"], doctor["bad"]
    assert any("chain holds" in sentence for sentence in doctor["good"])
    assert {entry["name"]: entry["source"] for entry in doctor["settings"]}["NUTMEG_HOME"] == "environment"
