"""The resident reader: a warm process that looks at one upload after the other, each in a caged child.

What a child finds to be a picture of a page comes back as pixels, and another resident process reads the words in it.

Run as `python -m tasks.documents.reader PARENT LIMITS`: the number of the process it belongs to, and the limits as
JSON. It says `{"ready": "..."}` with a note on what of the cage the kernel refused, then answers each line
`{"path": "..."}` on standard input by one line on standard output; with `"crops"`, places of that upload, it answers
with pictures of them. It ends with its input.
"""

import gc
import io
import json
import os
import stat
import sys
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

from registry.facts import ReadState
from tasks.documents.cage import die_with, leave_network, run_caged
from tasks.documents.crops import crops_of
from tasks.documents.kinds import HEAD_BYTES, PDF, FileKind, is_zip_too, kind_of
from tasks.documents.limits import Limits
from tasks.documents.looks import Look, answer, understood, unreadable, unsafe
from tasks.documents.ocr import PictureReader
from tasks.documents.prints import print_of
from tasks.documents.rasters import Raster, packed, pages_of_scan, unpacked
from tasks.documents.requests import Cut

_NOT_A_SCAN = ("Two readers disagree", "The text of the PDF could not be read")
"""How a look at a PDF begins that one parser cannot follow: another program may show a person another document."""


def look_at(path: Path, limits: Limits, pictures: PictureReader) -> Look:
    """The look at one upload; whatever the file does, it does to a child."""
    try:
        upload = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)  # a pipe with that name must not block
    except OSError:
        return unsafe("The file could not be opened on this machine.", lasting=False)
    try:
        return _look_at_open(upload, limits, pictures)
    finally:
        os.close(upload)


def _look_at_open(upload: int, limits: Limits, pictures: PictureReader) -> Look:
    about = os.fstat(upload)
    if not stat.S_ISREG(about.st_mode):
        return unsafe("It is not a regular file.", lasting=False)
    if about.st_size == 0:
        return unreadable("The file is empty.")
    kind = kind_of(os.pread(upload, HEAD_BYTES, 0))
    if about.st_size > limits.file_bytes:
        why = f"The file has more than {limits.file_bytes // 1_000_000} million bytes."
        return unsafe(why, media_type=kind.media_type)
    if not kind.accepted:
        return unreadable(
            f"It is {kind.called}, not a PDF, JPEG, PNG, TIFF, HEIC, WebP or GIF.", media_type=kind.media_type
        )
    look, rasters = _look_in_cage(upload, kind, limits)
    return replace(pictures.read(look, rasters), page_print=print_of(rasters[0])) if rasters else look


def _look_in_cage(upload: int, kind: FileKind, limits: Limits) -> tuple[Look, tuple[Raster, ...]]:
    """The look, and the pages that are to be read as pictures: now they are pixels and nothing else."""
    ending = run_caged(lambda: _look_inside(upload, kind, limits), upload, limits)
    said, _, rest = ending.said.partition(b"\n")
    look, rasters = understood(said + b"\n", limits), unpacked(rest, limits)
    if ending.why or look is None or rasters is None:
        return unsafe(ending.why or "The reader gave no usable answer for it.", media_type=kind.media_type), ()
    return look, rasters if look.state is ReadState.NO_TEXT else ()


def _look_inside(upload: int, kind: FileKind, limits: Limits) -> bytes:
    """What the child does; the libraries are in memory already."""
    with io.FileIO(upload, closefd=False) as file:
        data = file.read(limits.file_bytes + 1)
    look, rasters = _facts_in(data, kind, limits)
    return answer(look) + packed(rasters)


def _facts_in(data: bytes, kind: FileKind, limits: Limits) -> tuple[Look, tuple[Raster, ...]]:
    from tasks.documents.images import look_at_image, look_at_scan
    from tasks.documents.pdf import look_at_pdf

    if is_zip_too(data):
        return unsafe(f"It is {kind.called} and a ZIP archive at the same time.", media_type=kind.media_type), ()
    if kind != PDF:
        return look_at_image(data, kind, limits)
    look = look_at_pdf(data, limits)
    if look.state is ReadState.TEXT:
        return replace(look, text_source="layer"), ()
    is_scan = look.state is ReadState.NO_TEXT and not look.why.startswith(_NOT_A_SCAN)
    return look_at_scan(look, pages_of_scan(data, limits), limits) if is_scan else (look, ())


def _warm_up() -> None:
    """Imports the libraries once, so that no child has to, and lets the children share that memory."""
    import zxingcpp  # noqa: F401
    from PIL import Image

    import tasks.documents.barcode
    import tasks.documents.images  # noqa: F401
    from tasks.documents import pdf, portrait

    Image.init()
    pdf.warm_up()
    portrait.warm_up()
    gc.collect()
    gc.freeze()


def main(parent: int, limits: Limits) -> None:
    """Serves until standard input ends."""
    die_with(parent)
    note = leave_network()
    _warm_up()
    _say(json.dumps({"ready": note}).encode() + b"\n")
    pictures = PictureReader(limits)
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        path = Path(asked["path"])
        _say(_cut_out(path, asked["crops"], limits) if "crops" in asked else answer(look_at(path, limits, pictures)))


def _cut_out(path: Path, places: list[list[object]], limits: Limits) -> bytes:
    """One line of JSON: a PNG in base64 for each place, null where none could be made."""
    crops = crops_of(path, [Cut.from_json(place) for place in places], limits)
    return json.dumps({"crops": [crop and b64encode(crop).decode() for crop in crops]}).encode() + b"\n"


def _say(said: bytes) -> None:
    while said:
        said = said[os.write(1, said) :]


if __name__ == "__main__":
    main(int(sys.argv[1]), Limits.from_json(json.loads(sys.argv[2])))
