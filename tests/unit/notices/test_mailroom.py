"""Messages as bytes."""

import email
import re
from datetime import UTC, date, datetime
from email import policy

import pytest

from tasks.mailroom import MailError, build_message, message_id, write_eml
from tasks.notices import Rendered, render

KEY = bytes(range(32))
AT = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
ID = message_id(KEY, "MM26-0000123-45", "certificate_temporary")
PDF = bytes(range(256)) * 160
RENDERED = render(
    "certificate_temporary",
    {"name": "Nguyễn Thị Hồng", "serial": "MM26-0000123-45", "expires_on": date(2026, 12, 22)},
)


def built(to: str = "hong.nguyen@example.com", rendered: Rendered = RENDERED, **other) -> bytes:
    attached = other.pop("attachments", [("MM26-0000123-45.pdf", PDF, "application/pdf")])
    return build_message(other.pop("id", ID), to, rendered, other.pop("at", AT), attached)


def test_the_message_reads_back_as_it_was_meant():
    message = email.message_from_bytes(built(), policy=policy.SMTP)
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    assert not any(part.defects for part in message.walk())
    assert message["From"] == "Connecticut Department of Consumer Protection <dcp.mmp@ct.gov>"
    assert (message["To"], message["Message-ID"], message["Subject"]) == (
        "hong.nguyen@example.com",
        ID,
        RENDERED.subject,
    )
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == AT
    text, html = (message.get_body((kind,)).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))
    assert (text, html) == (RENDERED.text, RENDERED.html)
    attachment = next(message.iter_attachments())
    assert (attachment.get_filename(), attachment.get_content()) == ("MM26-0000123-45.pdf", PDF)


def test_without_attachments_the_message_is_the_two_bodies_alone():
    message = email.message_from_bytes(built(attachments=[]), policy=policy.SMTP)
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]


def test_the_same_order_gives_the_same_bytes_with_crlf_and_short_lines():
    data = built()
    assert data == built()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 78


def test_a_subject_beyond_ascii_survives():
    rendered = Rendered("Su certificado está aquí, señora Peña", "Hola\n", "<p>Hola</p>\n", "x", 1)
    message = email.message_from_bytes(built(rendered=rendered), policy=policy.SMTP)
    assert message["Subject"] == rendered.subject


def test_a_body_cannot_close_its_part():
    data = built()
    boundaries = set(re.findall(rb'boundary="(.+?)"', data))
    forged = "\n".join(f"--{boundary.decode()}--" for boundary in boundaries) + "\n"
    again = email.message_from_bytes(built(rendered=Rendered("x", forged, forged, "x", 1)), policy=policy.SMTP)
    assert again.get_body(("plain",)).get_content().replace("\r\n", "\n") == forged
    assert next(again.iter_attachments()).get_content() == PDF


@pytest.mark.parametrize(
    "to",
    [
        "ana@example.com\r\nBcc: eve@example.com",
        "ana@example.com\nBcc: eve@example.com",
        "ana@example.com, eve@example.com",
        "Ana <ana@example.com>",
        "ana@example.com\x00",
        "ana@example.com\u2028Bcc: eve@example.com",
        "ana@@example.com",
        "ana@example.com ",
        "añá@example.com",
        "ana",
        "@example.com",
        "",
        "a@" + "b" * 250 + ".com",
    ],
)
def test_anything_but_one_plain_address_is_refused_without_being_repeated(to):
    with pytest.raises(MailError) as refused:
        built(to)
    assert "example" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_subject_with_a_line_break_is_refused():
    with pytest.raises(MailError, match="subject"):
        built(rendered=Rendered("Hello\r\nBcc: eve@example.com", "x", "x", "x", 1))


@pytest.mark.parametrize(
    "attachment",
    [
        ("../a.pdf", b"", "application/pdf"),
        ('a".pdf', b"", "application/pdf"),
        ("ana ortiz.pdf", b"", "application/pdf"),
        ("a.pdf", b"", "application/pdf\r\nX: y"),
    ],
)
def test_an_attachment_carries_a_serial_and_a_plain_type_only(attachment):
    with pytest.raises(MailError, match="serial"):
        built(attachments=[attachment])


def test_a_time_without_offset_is_refused():
    with pytest.raises(MailError, match="offset"):
        built(at=datetime(2026, 11, 22))  # noqa: DTZ001


def test_the_id_depends_on_key_cause_and_template_and_tells_nothing_of_them():
    others = {
        message_id(KEY[::-1], "MM26-0000123-45", "certificate_temporary"),
        message_id(KEY, "MM26-0000124-42", "certificate_temporary"),
        message_id(KEY, "MM26-0000123-45", "certificate_permanent"),
        message_id(KEY, "MM26-0000123-45certificate", "_temporary"),
    }
    assert len(others | {ID}) == 5
    assert re.fullmatch(r"<[0-9a-f]{32}@nutmeg\.dcp\.ct\.gov>", ID)


def test_a_short_key_is_refused():
    with pytest.raises(MailError, match="16 bytes"):
        message_id(b"short", "cause", "template")


def test_an_eml_is_private_named_by_its_id_and_written_once(tmp_path):
    folder = tmp_path / "outputs" / "mail"
    path = write_eml(folder, ID, built())
    assert path.name == f"{ID[1:33]}.eml"
    assert path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    before = path.stat().st_mtime_ns
    assert write_eml(folder, ID, built()) == path
    assert path.stat().st_mtime_ns == before
    assert list(folder.iterdir()) == [path]


def test_another_message_under_the_same_id_is_refused_and_the_first_one_kept(tmp_path):
    path = write_eml(tmp_path, ID, b"first")
    with pytest.raises(MailError, match="another message"):
        write_eml(tmp_path, ID, b"second")
    assert path.read_bytes() == b"first"


@pytest.mark.parametrize("forged", ["<../../x@nutmeg.dcp.ct.gov>", "<" + "a" * 32 + "@elsewhere.gov>", ID + "\n"])
def test_an_id_that_is_not_ours_names_no_file(tmp_path, forged):
    with pytest.raises(MailError, match="message_id"):
        write_eml(tmp_path, forged, b"x")
