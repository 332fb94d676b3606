"""Messages as bytes: the same order gives the same bytes, so that a retry is the same message."""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Sequence
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import format_datetime
from pathlib import Path

from tasks.errors import NutmegError
from tasks.files import write_whole
from tasks.notices import Rendered

SENDER = Address("Connecticut Department of Consumer Protection", addr_spec="dcp.mmp@ct.gov")
DOMAIN = "nutmeg.dcp.ct.gov"
Attachment = tuple[str, bytes, str]
"""file name, bytes and media type, such as `("MM26-0000123-45.pdf", b"%PDF...", "application/pdf")`"""

_MESSAGE_ID = re.compile(r"<([0-9a-f]{32})@" + re.escape(DOMAIN) + ">")
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}(\.[A-Za-z0-9]{1,8})")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,63}")
_LINE = 57  # bytes that give a base64 line of 76 characters


class MailError(NutmegError):
    """A message that must not be built or written; the sentence never repeats an address or a text."""


def message_id(key: bytes, cause: str, template: str) -> str:
    """The one Message-ID of the message that `cause` (such as a certificate's serial) sends by `template`.

    Raises:
        MailError: when the key has fewer than 16 bytes.
    """
    if len(key) < 16:
        raise MailError("The mail key has fewer than 16 bytes; make a new one and keep it outside the project.")
    named = b"".join(len(part).to_bytes(4, "big") + part for part in (cause.encode(), template.encode()))
    return f"<{hmac.new(key, named, hashlib.sha256).hexdigest()[:32]}@{DOMAIN}>"


def build_message(
    message_id: str, to: str, rendered: Rendered, created_at: datetime, attachments: Sequence[Attachment] = ()
) -> bytes:
    """The message as RFC 5322 bytes with CRLF: text, HTML and attachments; the same arguments give the same bytes.

    Assembled by hand, which costs an eighth of `EmailMessage`; only addresses and the subject go through it.

    Raises:
        MailError: for an address that is not exactly one ASCII address, an id that is not ours, a time without
            offset, an attachment whose name or type could carry more than a serial.
    """
    _id_digest(message_id)
    if created_at.tzinfo is None:
        raise MailError("The time of a message needs an offset; give the time the message was queued, with its zone.")
    bodies = [_text_part("plain", rendered.text), _text_part("html", rendered.html)]
    body = _multipart("alternative", message_id, bodies)
    if attachments:
        body = _multipart("mixed", message_id, [body, *(_attached(*each) for each in attachments)])
    headers = [
        f"From: {SENDER}",
        f"To: {_address(to)}",
        _subject(rendered.subject),
        f"Date: {format_datetime(created_at)}",
        f"Message-ID: {message_id}",
        "Auto-Submitted: auto-generated",
        "Content-Language: en",
        "MIME-Version: 1.0",
    ]
    return "\r\n".join(headers).encode("ascii") + b"\r\n" + body


def write_eml(folder: Path, message_id: str, data: bytes) -> Path:
    """Keep the message as `folder/<id's hex>.eml`, mode 0600; the same bytes again change nothing.

    Whoever writes a batch makes its names durable with one `tasks.files.sync_folder(folder)` at the end.

    Raises:
        MailError: for an id that is not ours, or when another message already stands under it.
    """
    path = folder / f"{_id_digest(message_id)}.eml"
    if path.exists():
        if path.read_bytes() != data:
            raise MailError(f"{path.name}: another message stands there already; compare the two before you send.")
        return path
    write_whole(path, data)
    return path


def _id_digest(message_id: str) -> str:
    found = _MESSAGE_ID.fullmatch(message_id)
    if not found:
        raise MailError(f"A message id has the form <32 hex digits@{DOMAIN}>; take it from message_id().")
    return found[1]


def _address(to: str) -> str:
    """The address alone; a second one, a display name, a line break or a control character is refused."""
    try:
        address = Address(addr_spec=to)
    except (MessageError, ValueError, IndexError):
        address = None
    if address is None or not to.isascii() or not to.isprintable() or " " in to or not address.domain or len(to) > 254:
        raise MailError("The address is not one plain e-mail address; correct it in the submission.") from None
    return address.addr_spec


def _subject(subject: str) -> str:
    if not subject.isprintable():
        raise MailError("The subject holds a line break or a control character; mend the notice's subject.txt.")
    folded: str = policy.SMTP.header_factory("Subject", subject).fold(policy=policy.SMTP)
    return folded.removesuffix("\r\n")


def _multipart(subtype: str, message_id: str, parts: Sequence[bytes]) -> bytes:
    """The parts between boundaries that no part can hold: neither encoding ever writes `=_`."""
    boundary = "=_" + hashlib.sha256(f"{subtype} {message_id}".encode()).hexdigest()[:32]
    line = b"--" + boundary.encode()
    head = f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n\r\n'.encode()
    return head + b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"


def _text_part(subtype: str, text: str) -> bytes:
    crlf = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    return head.encode() + binascii.b2a_qp(crlf.encode("utf-8"), istext=True)


def _attached(name: str, data: bytes, media_type: str) -> bytes:
    if not _FILE_NAME.fullmatch(name) or not _MEDIA_TYPE.fullmatch(media_type):
        raise MailError("An attachment is named by its serial and an ending, with a plain media type; nothing else.")
    head = (
        f'Content-Type: {media_type}; name="{name}"\r\n'
        "Content-Transfer-Encoding: base64\r\n"
        f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'
    )
    encoded = base64.b64encode(data)
    step = _LINE * 4 // 3
    return head.encode() + b"\r\n".join(encoded[at : at + step] for at in range(0, len(encoded), step))
