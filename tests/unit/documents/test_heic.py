"""A HEIC picture is decoded like any other, and one that was made to hurt costs itself only."""

import base64
import random
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from registry.facts import DocumentFacts, ReadState
from registry.pictures import Portrait
from tasks.documents.heic import primary_picture
from tasks.documents.images import look_at_image
from tasks.documents.kinds import HEIC
from tasks.documents.limits import Limits
from tasks.documents.reading import read_documents

Read = Callable[..., DocumentFacts]
LIMITS = Limits()
GRADIENT = base64.b64decode("""
AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAATptZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAAB
AAAAImlsb2MAAAAAREAAAQABAAAAAAFeAAEAAAAAAAAIogAAACNpaW5mAAAAAAABAAAAFWluZmUCAAAAAAEAAGh2YzEAAAAAumlwcnAAAACcaXBjbwAA
AHJodmNDAQQIAAAAAAAAAAAA//AA/Pz4+AAADwMgAAEAF0ABDAH//wQIAAADAJ/4AAADAAD/ugJAIQABACdCAQEECAAAAwCf+AAAAwAA/8BAgIFlupJK
a5sCAAADAAIAAAMAAhAiAAEABkQBwXGJEgAAABRpc3BlAAAAAAAAAIAAAACAAAAADnBpeGkAAAAAAQgAAAAWaXBtYQAAAAAAAAABAAEDgQIDAAAIqm1k
YXQAAAieKAGuC3AZS7N///jhsfSDMwDhIQXCqx5hg4vrDaSJg7DaSKv3Gkt5n7AAAAMAjfWFUP8blSQs4gkA9kgDW/87u+P4hp29hOAEPyAACUAAAw8I
oBdFAE3wAAAdkyZw39BpvQGvDAUc4AAAAwAUZoxpBw4x81ayQAnUACESf/IpEARKkAE4MAEp1QBdFABm4sAzvgCi+/feAvI9AGSgfibH++AAEgkAAylg
C5v7BoOMfuWDCZkKxAABi3AAmWgAMpYAuUOzwAAXmgANOYAG+3AGwcAACuAGZUAWk09CAAFqwAyAgAAhQBq9AAB/AEm2AQ7eAADKUNj94f5ievuwEaIA
HoQAMnVPKygsMtVubAQ1oAEO9y1wAAZCAv/AADCQEwGAAekAt0QAiLYABeo641/2e4wp7gEMQAKoQANN9cwW6wJpFlOAhYwAJ9+0CGAAe4A82QAFggJ+
QABUYB1pgAnf2lAAAK4AfAIB2eW8AAxeAHUSACibFAACSYgZgoABIAD8pAAMRAk2wANlsZAAHGYB3GAAGXATlYABXoD2SABoecQAA++ARtIABEsC75AA
MxAllAAUz/ruH3c/5e62UxC4z+OAABmAAEPuADXeze4uPsEmteP2AycQBwvAAgPADXpABHaJAACjAAQjIAkUqAACL8ANxEAFRdsAAbMACHSAAjqAHQ0A
AQLAtYgAnX8Ih2/K4Lh5hDOmSlPgAG82AaqoAbDujj6kZHS2CIzEQ8AAfXQAFHAAfpwAKgagAAdNACzzAAZ5gG+UAAIDgVwIAKhEkAAcagDjNAAGRASp
QAAs0B2OgBBLyQABhUAOdAApMggAB6KAOj8AIlLIAAbagDquAAJAAfggABrIElsADdz/AAGOYB2zgAE4AP70ABPcDMqACyY9wAGEYB39gAGZATuoABoI
EreADr5VwAHhwCOOAHRoiAAaCgDy0ADTzjAASbICyEAAIcAgqgACj4GhaAF+yjgAPgwD0jAAOzAv1wADYQJigAI3w8AATzoGoWAAiWBfrgAIvgaO4AzW
/iAAEsVc1sqoU9RbHAdxgBC+UAA6i8l8Lf/WiyLwFuiAHb+bIYAExwJrwABnQDMFAAo0A+cACqCyAAYBaDKcNQfjPGAC09AHqyAAuWp54fRiuFoVwEls
AGj/caGABIQCDhgAVyAqfgAI9AMwUAP38KYgAKIAg4YB9ejYACf4gahYAenNgAAzFAHqQAAeOBfrgAIeAWnoAcLWkAApaAHqQAAnQCDhgALNAfggApPQ
cAAsaAHqQAAeOBfrgAGggTFAAxz6gABEzoM62bCiaRBwGTiAOi2AAneSrymocEPyOQDVVASeW0QKABeKBHkvhohneigIXWAZS4AHyTiePQMlPc1oArEg
BDf8K5IAFjgJLYABpQDMFAAucBJbAHOiH8aQAAIwAg4YCC+3QABW8APUgATHjgAAXvAD1IAANzAv1wADvALT0APXraAASVAD1IANFf6AAemQFmcAGtlq
AAfSgD1IAALgAg4YACK4GjuAHLu6AAP/gEhEAN7NYABKcgLM4ANG5AABRsQNQsAAmwCDhgAIiAWnoCFpvUOIDX/OFf9Hq+xse14IeZ7v0AAbrYBvAADW
+yT3AYcd21ZSAlFQiAORcAD1IAXDYAPqlQABCOAG4iAOKoAABMuAG8AAFTVwAAooAEQ4ABGUAOokAAcWBbWACh/s6Px2hyEXGwIJrBg8AAS4ABCMgCG+
JdJ1nUpHBo+ARzaAEB2AAroAD/iAYfPgOu0AAG1AAgYAA82MAAEK4AbGYAShMAABx0ALmUACooAcsIAA0YCW5ACIxXAAIPkBVRgDVlIAALzgB1EgBkPp
AAKbiBmCgADDgJrwAAbiBJtgBEa3gAC/MA7jACuM0AAPvICvwASf3yqYoAA+lAHhAAz7l6pAADeUAeIoABDgEDAAAMBAluQAjtjQABnmAeWgABXAEEvA
ANhAmAwECiCjKOAA2jAPP4ArUzQADwUAekYActQAADKUAepAABXAEHDAANoAtPQB29jZDAAHVwCQiAGncIAAnWIGoWAGDPcAA7FAHqQAATwBBwwADIQJ
igAWkF0nvm+XcABsugahYC3dCXzNAANhQB6kANEIl9UkAAECUAepADSoHVuAAJhkBZnAJPaAm0uYN/oAACGO8A86kIi1vHxgAFRCDWMDY4ca7DAMwUAV
BlZAAYoCQwAnUce9GsA8IABMAQAMrMdU8jS/mhh6AhdYDY6yj3AnAAIuAQcMBwGqOAABt2Wo1iHPR4cwgEqUAHDgACqcowLC/1qzGxgHhAAvxd29ZJwA
B5gEHDAbU/UAATX+A8XElQw0AwAtPQBQ7AAvj6VDoFqn9CX4CS2ABbPopOAAPMAg4YACuQFT8AAosA+cADnZPZcAAAkgCDhgODTlyAgAHAoA9SAGmPV0
b1AABtKAPUgBmuQ2ZgAD4yAszgEy+0NcAAQiane/KF4xol1AcCgAc9YAD7FYUMpZsETTjAIzGAEc6Mo4AEyAKMIAApeBNeAAGdAMwUAbf4AAMEkPvYJP
Cqx1cAlSgBFFAAYoCQwAnUce9TcBJbAFCEsvwRcAALlAWZwBI/EYAAA2sC/XABu9HoABvKAPUgAAfuBfrgAFIgPwQAZ3fBOegAB0m/anGrIV/QFsACR0
mfbCYhOUMQAH7mAMSfgAFEelVLa6zCnKdAQusApdgAjWl04Gbtyfc+lAB+5gF9+1ymAAnMA+cACEIoDMFAZTGA+cAXxvLn9T8QADBgKC4BFQeDn4AAMt
QB6kAM3o9Z3UAADqUAepADQZKUJgAFGxA1CwFVTK4oirdaAAMXgB6kAMqgUggABVcQNQsBSF0wJYAAJLiBqFgKuE7OwABvqAPUgBWlmv3PnAAGkoA9SA
GJ4f4wABtqAPUgBWbuH/8AAcKgD1IAYbmgVAAHSoA9SAFaetQA==
""")
"""128 by 128 pixels from black to white: tests/images/heif/L_8__128x128.heif of pillow_heif (BSD-3-Clause)."""
SIZE = GRADIENT.index(b"ispe") + 8


def claiming(width: int, height: int) -> bytes:
    """The picture with another size in the box that is read before anything is decoded."""
    return GRADIENT[:SIZE] + width.to_bytes(4, "big") + height.to_bytes(4, "big") + GRADIENT[SIZE + 8 :]


def test_a_heic_picture_is_decoded_and_measured(read: Read) -> None:
    facts = read(GRADIENT)
    assert (facts.state, facts.media_type, facts.pages) == (ReadState.NO_TEXT, "image/heic", 1)
    assert facts.portrait == Portrait(128, 128, 250, 0, 0, 1, 127)


def test_the_decoded_picture_is_the_one_that_was_coded() -> None:
    picture = primary_picture(GRADIENT, LIMITS)
    assert (picture.mode, picture.size) == ("L", (128, 128))
    levels = [picture.getpixel((64, row)) for row in range(0, 128, 16)]
    assert levels == sorted(levels)
    assert len(set(levels)) == len(levels)


def test_one_of_too_many_pixels_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    def never() -> None:
        raise AssertionError("it came as far as decoding")

    monkeypatch.setattr("tasks.documents.heic._check_threads", never)
    look, _ = look_at_image(claiming(20_000, 20_000), HEIC, LIMITS)
    assert (look.state, look.why) == (ReadState.UNSAFE, "It is a HEIC picture of more than 50 million pixels.")


@pytest.mark.parametrize(
    "data",
    [
        GRADIENT[:40],
        GRADIENT[:400],
        GRADIENT[:-800],
        GRADIENT[:-1],
        claiming(0, 0),
        GRADIENT.replace(b"hvc1", b"av01"),
        GRADIENT.replace(b"pitm", b"free"),
        GRADIENT.replace(b"mdat", b"meta"),
    ],
    ids=["head", "boxes", "most", "all but a byte", "no size", "another coding", "no primary", "no content"],
)
def test_one_that_is_cut_off_or_makes_no_sense_is_unreadable(data: bytes, read: Read) -> None:
    facts = read(data)
    assert (facts.state, facts.why) == (ReadState.UNREADABLE, "It is a HEIC picture that is damaged or incomplete.")


def test_any_byte_of_it_may_be_wrong_without_harm_to_the_next(tmp_path: Path) -> None:
    rng, paths = random.Random(7), []
    for number in range(40):
        bent = bytearray(GRADIENT)
        for at in rng.sample(range(12, len(bent)), 1 + number % 8):
            bent[at] = rng.randrange(256)
        paths.append((f"bent {number}", tmp_path / str(number)))
        paths[-1][1].write_bytes(bent)
    paths.append(("whole", tmp_path / "whole"))
    paths[-1][1].write_bytes(GRADIENT)
    facts = {each.sha256: each for each in read_documents(paths, 1)}
    assert facts.keys() == {name for name, _ in paths}
    assert all(each.reader for each in facts.values())
    assert facts["whole"].state is ReadState.NO_TEXT


def test_a_machine_that_lets_no_thread_start_says_so_and_blames_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refused)
    look, _ = look_at_image(GRADIENT, HEIC, LIMITS)
    assert (look.state, look.lasting) == (ReadState.NO_TEXT, False)
    assert look.facts("digest").reader == ""


_STARTS = """
import os, sys, tempfile, threading
from tasks.documents.cage import run_caged
from tasks.documents.limits import Limits

def work():
    said = []
    thread = threading.Thread(target=said.append, args=(b"thread",))
    thread.start()
    thread.join()
    for start in (os.fork, lambda: os.posix_spawn("/bin/true", ["true"], {})):
        try:
            start()
        except PermissionError:
            said.append(b"refused")
    return b" ".join(said)

with tempfile.TemporaryFile("w+") as upload:
    sys.stdout.buffer.write(run_caged(work, upload.fileno(), Limits()).said)
"""


def test_a_caged_child_may_start_a_thread_and_no_process() -> None:
    # In a process of its own, as the reader is: a fork beside the threads of other tests may hang.
    done = subprocess.run([sys.executable, "-c", _STARTS], capture_output=True, timeout=60, check=False)
    assert done.stdout == b"thread refused refused", done.stderr
