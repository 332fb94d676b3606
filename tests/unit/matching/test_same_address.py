"""When two postal addresses are one place."""

import pytest

from registry.addresses import read_street, same_address
from registry.facts import Address


def at(text: str) -> Address:
    """An address written `street/unit/city/state/zip`; a `\\` in a street stands for a slash."""
    street, unit, city, state, zip_code = text.split("/")
    return Address(street.replace("\\", "/"), unit, city, state, zip_code)


HOME = "12 Elm Street/Apt 3/Hartford/CT/06103"
SAME = [
    (HOME, "12 ELM ST/APT 3/HARTFORD/CT/06103"),
    (HOME, "12 Elm St./#3/Hartford/Connecticut/06103-1234"),
    (HOME, "12 Elm St Apt 3//Hartford/CT/06103"),
    (HOME, "12 Elm St, Unit 3//Hartford/CT/061031234"),
    (HOME, "12 Elm/3/Hartford/CT/06103"),
    (HOME, "12 Elm St/Ste 3/hartford /ct/06103"),
    (HOME, "12 Elm St Apt. Three//Hartford/CT/06103"),
    ("12 Elm St/Apt 3-B/Hartford/CT/06103", "12 Elm St 3B//Hartford/CT/06103"),
    ("12 Elm St/2nd Floor/Hartford/CT/06103", "12 Elm St Fl 2//Hartford/CT/06103"),
    ("12 Elm St/Rear/Hartford/CT/06103", "12 Elm St rear//Hartford/CT/06103"),
    ("12 North Main Street//West Hartford/CT/06107", "12 N. Main St//W Hartford/CT/06107"),
    ("12 No. Main St//Hartford/CT/06103", "12 North Main St//Hartford/CT/06103"),
    ("12 Main St South//Hartford/CT/06103", "12 Main Street S//Hartford/CT/06103"),
    ("12 Park Avenue//Hartford/CT/06103", "12 PARK AVE//Hartford/CT/06103"),
    ("12 Old Post Road//Hartford/CT/06103", "12 Old Post Rd//Hartford/CT/06103"),
    ("12 Farm Drive//Hartford/CT/06103", "12 Farm Dr//Hartford/CT/06103"),
    ("12 Oak Lane//Hartford/CT/06103", "12 Oak Ln//Hartford/CT/06103"),
    ("12 Oak Court//Hartford/CT/06103", "12 Oak Ct//Hartford/CT/06103"),
    ("12 Oak Boulevard//Hartford/CT/06103", "12 Oak Blvd//Hartford/CT/06103"),
    ("12 Oak Parkway//Hartford/CT/06103", "12 Oak Pkwy//Hartford/CT/06103"),
    ("12 Oak Highway//Hartford/CT/06103", "12 Oak Hwy//Hartford/CT/06103"),
    ("12 Oak Terrace//Hartford/CT/06103", "12 Oak Ter//Hartford/CT/06103"),
    ("12 Oak Place//Hartford/CT/06103", "12 Oak Pl//Hartford/CT/06103"),
    ("12 Oak Circle//Hartford/CT/06103", "12 Oak Cir//Hartford/CT/06103"),
    ("12 Valley View Drive//Hartford/CT/06103", "12 VALLEY VIEW DR//Hartford/CT/06103"),
    ("One Financial Plaza//Hartford/CT/06103", "1 Financial Plz//Hartford/CT/06103"),
    ("100 Fifth Avenue//Hartford/CT/06103", "100 5th Ave//Hartford/CT/06103"),
    ("12 Saint James St//East Hartford/CT/06108", "12 St. James St//E. Hartford/CT/06108"),
    ("12 O'Neill Dr//Hartford/CT/06103", "12 ONeill Drive//Hartford/CT/06103"),
    ("12 1\\2 Elm St//Hartford/CT/06103", "12½ Elm Street//Hartford/CT/06103"),
    ("12A Elm St//Hartford/CT/06103", "12a Elm St//Hartford/CT/06103"),
    ("P.O. Box 270//Hartford/CT/06103", "PO BOX 270//Hartford/CT/06103"),
    ("400 Route 5//Hartford/CT/06103", "400 Rt 5//Hartford/CT/06103"),
    ("12 Elm St//Mount Carmel/CT/06518", "12 Elm St//Mt. Carmel/CT/06518"),
]
OTHER = [
    (HOME, "21 Elm Street/Apt 3/Hartford/CT/06103"),
    (HOME, "12 Elm Street/Apt 4/Hartford/CT/06103"),
    (HOME, "12 Elm Street//Hartford/CT/06103"),
    (HOME, "12 Elm Avenue/Apt 3/Hartford/CT/06103"),
    (HOME, "12 Elms Street/Apt 3/Hartford/CT/06103"),
    (HOME, "12 Oak Street/Apt 3/Hartford/CT/06103"),
    (HOME, "12 Elm Street/Apt 3/Hartford/CT/06105"),
    (HOME, "12 Elm Street/Apt 3/West Hartford/CT/06103"),
    (HOME, "12 Elm Street/Apt 3/Hartford/NY/06103"),
    (HOME, "112 Elm Street/Apt 3/Hartford/CT/06103"),
    (HOME, "12A Elm Street/Apt 3/Hartford/CT/06103"),
    (HOME, "12 North Elm Street/Apt 3/Hartford/CT/06103"),
    (HOME, "12 Elm Street East/Apt 3/Hartford/CT/06103"),
    (HOME, "12 Elm Ridge Road/Apt 3/Hartford/CT/06103"),
    (HOME, "PO Box 12//Hartford/CT/06103"),
    ("12 N Main St//Hartford/CT/06103", "12 S Main St//Hartford/CT/06103"),
    ("12 Main St N//Hartford/CT/06103", "12 N Main St//Hartford/CT/06103"),
    ("12 1\\2 Elm St//Hartford/CT/06103", "12 Elm St//Hartford/CT/06103"),
    ("PO Box 270//Hartford/CT/06103", "PO Box 271//Hartford/CT/06103"),
    ("400 Route 5//Hartford/CT/06103", "400 Route 15//Hartford/CT/06103"),
    ("12-14 Elm St//Hartford/CT/06103", "12 Elm St//Hartford/CT/06103"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_one_place_is_one_however_it_is_written(a: str, b: str) -> None:
    assert same_address(at(a), at(b))
    assert same_address(at(b), at(a))


@pytest.mark.parametrize(("a", "b"), OTHER)
def test_one_changed_part_makes_another_place(a: str, b: str) -> None:
    assert not same_address(at(a), at(b))
    assert not same_address(at(b), at(a))


def test_a_street_that_is_called_by_a_kind_or_a_direction_keeps_its_name() -> None:
    assert read_street("12 North St").name == "n"
    assert read_street("12 Hill St").name == "hl"
    assert read_street("12 Avenue A").name == "avea"
    assert read_street("12 Long Lot Rd").name == "longlot"
    assert read_street("12 Front St").unit == ""
