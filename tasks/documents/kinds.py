"""What a file is, by its content and never by its name."""

from dataclasses import dataclass

HEAD_BYTES = 4096
"""How much of the file's beginning is needed to tell."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: media type, how a person calls it, and whether uploads of it are looked at."""

    media_type: str
    called: str
    accepted: bool = False


PDF = FileKind("application/pdf", "a PDF", accepted=True)
JPEG = FileKind("image/jpeg", "a JPEG picture", accepted=True)
PNG = FileKind("image/png", "a PNG picture", accepted=True)
TIFF = FileKind("image/tiff", "a TIFF picture", accepted=True)
HEIC = FileKind("image/heic", "a HEIC picture", accepted=True)
WEBP = FileKind("image/webp", "a WebP picture", accepted=True)
GIF = FileKind("image/gif", "a GIF picture", accepted=True)
HTML = FileKind("text/html", "a web page")
UNKNOWN = FileKind("", "a file of an unknown kind")

_STARTS: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"PK\x03\x04", FileKind("application/zip", "a ZIP archive or an Office file")),
    (b"PK\x05\x06", FileKind("application/zip", "an empty ZIP archive")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind("application/x-ole-storage", "an old Office file")),
    (b"{\\rtf", FileKind("application/rtf", "an RTF text")),
    (b"%!PS", FileKind("application/postscript", "a PostScript program")),
    (b"\xc5\xd0\xd3\xc6", FileKind("application/postscript", "a PostScript program")),
    (b"MZ", FileKind("application/x-dosexec", "a Windows program")),
    (b"\x7fELF", FileKind("application/x-executable", "a program")),
    (b"\x1f\x8b", FileKind("application/gzip", "a gzip archive")),
    (b"7z\xbc\xaf\x27\x1c", FileKind("application/x-7z-compressed", "a 7z archive")),
    (b"Rar!\x1a\x07", FileKind("application/vnd.rar", "a RAR archive")),
    (b"BM", FileKind("image/bmp", "a BMP picture")),
)
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<!--")


def kind_of(head: bytes) -> FileKind:
    """The kind of the file that begins with these bytes; `UNKNOWN` when nothing fits.

    A PDF may begin anywhere in the first 1,024 bytes, as readers accept it there, unless those bytes are
    themselves the beginning of another kind.
    """
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    return _container(head) or _text(head) or UNKNOWN


def _container(head: bytes) -> FileKind | None:
    """WebP, HEIC and their cousins, which say inside of a general container what they are."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        avif = FileKind("image/avif", "an AVIF picture")
        film = FileKind("video/mp4", "a film")
        return HEIC if head[8:12] in _HEIF_BRANDS else avif if head[8:12] in {b"avif", b"avis"} else film
    return None


def _text(head: bytes) -> FileKind | None:
    """Markup, a PDF with something in front of it, or plain text."""
    beginning = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:64].lower()
    if beginning.startswith(_MARKUP):
        return HTML
    if b"%PDF-" in head[:1024]:
        return PDF
    if beginning.startswith((b"<?xml", b"<svg")):
        return FileKind("application/xml", "an XML file")
    printable = sum(byte >= 32 or byte in b"\t\r\n" for byte in head)
    return FileKind("text/plain", "a plain text file") if head and printable == len(head) and head.isascii() else None


def is_zip_too(data: bytes) -> bool:
    """Whether an archive's directory closes the file, so that other programs would open the file as a ZIP archive."""
    tail = data[-65_557:]  # the directory's end record with the longest comment
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        return False
    return at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little") == len(tail)
