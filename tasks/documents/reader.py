"""The resident reader: a warm process that looks at one upload after the other, each in a caged child.

Run as `python -m tasks.documents.reader PARENT LIMITS`: the number of the process it belongs to, and the limits as
JSON. It says `{"ready": "..."}` with a note on what of the cage the kernel refused, then answers each line
`{"path": "..."}` on standard input by one line on standard output. It ends with its input.
"""

import gc
import io
import json
import os
import stat
import sys
from pathlib import Path

from tasks.documents.cage import die_with, leave_network, run_caged
from tasks.documents.kinds import HEAD_BYTES, PDF, FileKind, is_zip_too, kind_of
from tasks.documents.limits import Limits
from tasks.documents.looks import Look, answer, understood, unreadable, unsafe


def look_at(path: Path, limits: Limits) -> Look:
    """The look at one upload; whatever the file does, it does to a child."""
    try:
        upload = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)  # a pipe with that name must not block
    except OSError:
        return unsafe("The file could not be opened on this machine.", lasting=False)
    try:
        return _look_at_open(upload, limits)
    finally:
        os.close(upload)


def _look_at_open(upload: int, limits: Limits) -> Look:
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
    return _look_in_cage(upload, kind, limits)


def _look_in_cage(upload: int, kind: FileKind, limits: Limits) -> Look:
    ending = run_caged(lambda: answer(_look_inside(upload, kind, limits)), upload, limits)
    why = ending.why or "The reader gave no usable answer for it."
    return understood(ending.said, limits) or unsafe(why, media_type=kind.media_type)


def _look_inside(upload: int, kind: FileKind, limits: Limits) -> Look:
    """What the child does; the libraries are in memory already."""
    from tasks.documents.images import look_at_image
    from tasks.documents.pdf import look_at_pdf

    with io.FileIO(upload, closefd=False) as file:
        data = file.read(limits.file_bytes + 1)
    if is_zip_too(data):
        return unsafe(f"It is {kind.called} and a ZIP archive at the same time.", media_type=kind.media_type)
    return look_at_pdf(data, limits) if kind == PDF else look_at_image(data, kind, limits)


def _warm_up() -> None:
    """Imports the libraries once, so that no child has to, and lets the children share that memory."""
    import pdfplumber  # noqa: F401
    import pypdfium2  # noqa: F401
    from PIL import Image

    import tasks.documents.images
    import tasks.documents.pdf  # noqa: F401

    Image.init()
    gc.collect()
    gc.freeze()


def main(parent: int, limits: Limits) -> None:
    """Serves until standard input ends."""
    die_with(parent)
    note = leave_network()
    _warm_up()
    _say(json.dumps({"ready": note}).encode() + b"\n")
    for line in sys.stdin.buffer:
        _say(answer(look_at(Path(json.loads(line)["path"]), limits)))


def _say(said: bytes) -> None:
    while said:
        said = said[os.write(1, said) :]


if __name__ == "__main__":
    main(int(sys.argv[1]), Limits.from_json(json.loads(sys.argv[2])))
