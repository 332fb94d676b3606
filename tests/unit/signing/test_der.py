"""Our DER is that of an independent library."""

import pytest
from asn1crypto import core

from tasks.signing import der


@pytest.mark.parametrize("number", [0, 1, 127, 128, 255, 256, 2**63, 2**159 - 1])
def test_numbers_are_encoded_alike(number: int) -> None:
    assert der.integer(number) == core.Integer(number).dump()


@pytest.mark.parametrize("dotted", ["1.2.840.113549.1.7.2", "2.16.840.1.101.3.4.2.1", "1.2.840.10045.4.3.2"])
def test_identifiers_are_encoded_alike(dotted: str) -> None:
    assert der.identifier(dotted) == core.ObjectIdentifier(dotted).dump()


@pytest.mark.parametrize("octets", [0, 1, 127, 128, 255, 256, 65_535, 65_536])
def test_lengths_are_encoded_alike(octets: int) -> None:
    assert der.element(der.OCTETS, bytes(octets)) == core.OctetString(bytes(octets)).dump()
