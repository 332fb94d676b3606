"""The file's signature: whatever changes, covers or lacks it is seen by proof-reading."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from registry.credential import credential
from registry.issuance import IssuanceOrder
from tasks.authority import Authority
from tasks.engraving.certificate import Engraver, draft_of, draw_reference
from tasks.proofing import ProofError, proof
from tasks.proofing.judgement import disagreements
from tasks.signing.hole import HOLE_HEX_DIGITS, PLACEHOLDERS
from tasks.tokens.cwt import mint

Draw = Callable[[IssuanceOrder], bytes]
Problems = Callable[[bytes, IssuanceOrder], tuple[str, ...]]


def flipped(pdf: bytes, position: int, pattern: int) -> bytes:
    return pdf[:position] + bytes([pdf[position] ^ pattern]) + pdf[position + 1 :]


def of_signature(problems: tuple[str, ...]) -> list[str]:
    return [problem for problem in problems if problem.startswith("signature:")]


def test_one_changed_byte_anywhere_is_seen(draw: Draw, authority: Authority, order: IssuanceOrder) -> None:
    pdf, chance = draw(order), Random(5)
    for _ in range(120):
        position, pattern = chance.randrange(len(pdf)), chance.randrange(1, 256)
        assert disagreements(flipped(pdf, position, pattern), order, authority), f"byte {position} by {pattern}"


@pytest.mark.parametrize("pattern", [1, 0x20, 0x10])
def test_one_changed_byte_in_the_signature_itself_is_seen(
    draw: Draw, problems_of: Problems, order: IssuanceOrder, pattern: int
) -> None:
    pdf = draw(order)
    begin, chance = pdf.index(b"/ByteRange"), Random(7)
    for position in chance.sample(range(begin, begin + len(PLACEHOLDERS)), 40):
        assert of_signature(problems_of(flipped(pdf, position, pattern), order)), f"byte {position - begin}"


def test_a_file_without_a_signature_is_seen(authority: Authority, problems_of: Problems, order: IssuanceOrder) -> None:
    unsigned = draw_reference(order, draft_of(order, mint(credential(order), authority.tokens.active)))
    problems = problems_of(unsigned, order)
    assert of_signature(problems) == list(problems)


def test_a_signature_of_another_certificate_is_seen(
    authority: Authority, foreign: Authority, problems_of: Problems, order: IssuanceOrder
) -> None:
    forged = Engraver(foreign.seal).draw(order, mint(credential(order), authority.tokens.active))
    problems = problems_of(forged, order)
    assert of_signature(problems) == list(problems)


def test_the_signature_of_another_certificate_of_ours_is_seen(
    draw: Draw, problems_of: Problems, order: IssuanceOrder
) -> None:
    mine, other = draw(order), draw(replace(order, dosage_restrictions="None."))
    begin, end = hole_of(mine)
    other_begin, other_end = hole_of(other)
    problems = problems_of(mine[:begin] + other[other_begin:other_end] + mine[end:], order)
    assert of_signature(problems) == list(problems)


@pytest.mark.parametrize("digits", [0, 1, 3, HOLE_HEX_DIGITS - 1, HOLE_HEX_DIGITS + 2])
def test_a_hole_of_another_length_is_seen(draw: Draw, problems_of: Problems, order: IssuanceOrder, digits: int) -> None:
    """Such a file has to be put together with care: offsets and byte range fit the hole again."""
    pdf = draw(order)
    begin, end = hole_of(pdf)
    grown = digits - HOLE_HEX_DIGITS
    rest = pdf[end:]
    old = int(rest[rest.rindex(b"startxref\n") + 10 :].split(b"\n", 1)[0])
    rest = rest.replace(b"startxref\n%d\n" % old, b"startxref\n%d\n" % (old + grown))
    middle = pdf[pdf.index(b"/ByteRange") : begin]
    range_ = b"/ByteRange [0 %-10d %-10d %-10d]\n/Contents " % (begin, begin + digits + 2, len(rest))
    assert len(range_) == len(middle)
    changed = pdf[: begin - len(middle)] + range_ + b"<" + (pdf[begin + 1 : end - 1] + b"00")[:digits] + b">" + rest
    assert of_signature(problems_of(changed, order))


def hole_of(pdf: bytes) -> tuple[int, int]:
    """From the bracket that opens the signature to behind the one that closes it."""
    begin = pdf.index(b"/Contents <") + len(b"/Contents ")
    return begin, begin + HOLE_HEX_DIGITS + 2


def test_words_added_behind_the_signature_are_seen(draw: Draw, problems_of: Problems, order: IssuanceOrder) -> None:
    """An incremental update, as a viewer saves it."""
    pdf = draw(order)
    table = pdf[pdf.rindex(b"startxref\n") + 10 :].split(b"\n", 1)[0]
    more = b"1 0 obj\n<<>>\nendobj\nxref\n0 0\ntrailer\n<</Size 2 /Prev %s>>\nstartxref\n%d\n%%%%EOF\n"
    assert problems_of(pdf + more % (table, len(pdf) + 20), order)


def test_each_variant_is_signed_in_full(draw: Draw, authority: Authority, variant: IssuanceOrder) -> None:
    pdf = draw(variant)
    assert proof(pdf, variant, authority).covers(pdf)
    with pytest.raises(ProofError, match="signature:"):
        proof(pdf.replace(b"/Lang (en-US)", b"/Lang (en-GB)", 1), variant, authority)
