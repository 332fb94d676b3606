"""Identity documents of other looks: two driver's licenses, a state card, passport page and passport card."""

from datetime import date
from random import Random

from tasks.sampling.faces import draw_face
from tasks.sampling.machine_zones import CardData, aamva_text, barcode_image, check_digit, passport_lines
from tests.bench.papers.cases import Case, given_names, plain, surname, us
from tests.bench.papers.sheet import GREY, WHITE, Sheet, grey_picture

CARD = (324.0, 204.0)
"""Points; a card of 3.375 inches drawn one third larger than life."""
_PASSPORT = (450.0, 318.0)
_BLUE, _SKY, _ROSE, _SAND = (0.1, 0.2, 0.55), (0.86, 0.92, 0.98), (0.97, 0.9, 0.9), (0.95, 0.94, 0.88)


def _face(page: Sheet, rng: Random, x: float, y: float, width: float, height: float) -> None:
    page.picture(draw_face(rng.getrandbits(32), round(width * 2), round(height * 2)), x, y, width, height)
    page.box(x, y, width, height)


def _given(case: Case) -> str:
    return plain(given_names(case, case.owner)).upper()


def _last(case: Case, *, with_suffix: bool = True) -> str:
    suffix = case.owner.name.suffix if with_suffix else ""
    return plain(f"{surname(case, case.owner)} {suffix}".strip()).upper()


def _street(case: Case) -> str:
    return plain(f"{case.home.short_street} {case.home.unit_text}".strip()).upper()


def _place(case: Case) -> str:
    return f"{case.home.village.upper()}, CT {case.home.zip5}"


def _data(case: Case, *, is_license: bool) -> CardData:
    name = case.owner.name
    return CardData(
        first=plain(name.first).upper(),
        middle=plain(given_names(case, case.owner)[len(name.first) :].strip()).upper(),
        last=_last(case, with_suffix=False),
        suffix=name.suffix.rstrip(".").upper(),
        born=case.owner.born,
        issued=case.issued_on,
        expires=case.expires_on,
        sex=case.owner.sex,
        number=case.account + "1",
        street=_street(case),
        city=case.home.village.upper(),
        state="CT",
        zip5=case.home.zip5,
        height_inches=60 + case.number % 16,
        eyes="BRO",
        is_license=is_license,
    )


def license_front(case: Case, rng: Random) -> bytes:
    """A license's front with the numbered fields in two columns, the portrait at the right."""
    page = Sheet(CARD)
    page.box(0, 0, *CARD, _SKY, None)
    page.text(12, 22, "Connecticut", 17, bold=True, ink=_BLUE)
    page.right(312, 20, "DRIVER LICENSE", 11, bold=True, ink=_BLUE)
    _face(page, rng, 226, 40, 84, 106)
    for x, y, number, words, size in (
        (12, 44, "4d", case.account + "1", 10),
        (120, 44, "9", "CLASS D", 8),
        (12, 60, "1", _last(case), 10),
        (12, 74, "2", _given(case), 10),
        (12, 90, "8", _street(case), 8.5),
        (22, 101, "", _place(case), 8.5),
        (12, 119, "3", f"DOB {us(case.owner.born)}", 10),
        (120, 119, "15", f"SEX {case.owner.sex}", 8),
        (12, 135, "4a", f"ISS {us(case.issued_on)}", 8.5),
        (120, 135, "4b", f"EXP {us(case.expires_on)}", 9.5),
        (12, 150, "16", "HGT 5'-07\"", 8),
        (120, 150, "18", "EYES BRO", 8),
        (12, 165, "9a", "END NONE", 8),
        (120, 165, "12", "REST NONE", 8),
    ):
        page.text(x, y, number, 5.5, ink=GREY)
        page.text(x + 10, y, words, size, bold=size > 9)
    page.text(14, 190, case.owner.name.last.title()[:14], 15, font="Times-Italic")
    page.text(228, 164, f"5 DD {case.issued_on:%y%m%d}{case.account[-5:]}", 6)
    return page.finish()


def license_labels(case: Case, rng: Random) -> bytes:
    """A license of the older look: words for labels, surname and given names each under its own."""
    page = Sheet(CARD)
    page.box(0, 0, *CARD, _SAND, None)
    page.box(0, 0, 324, 30, (0.35, 0.15, 0.1), None)
    page.centre(162, 14, "STATE OF CONNECTICUT", 9, bold=True, ink=WHITE)
    page.centre(162, 26, "DRIVER'S LICENSE", 10, bold=True, ink=WHITE)
    _face(page, rng, 12, 40, 76, 96)
    fields = (
        (100, 48, "LICENSE NO", case.account + "1"),
        (220, 48, "CLASS", "D"),
        (100, 72, "LAST NAME", _last(case)),
        (100, 96, "FIRST NAME", _given(case)),
        (100, 120, "DATE OF BIRTH", us(case.owner.born)),
        (220, 120, "EXPIRES", us(case.expires_on)),
        (100, 144, "ISSUED", us(case.issued_on)),
        (220, 144, "SEX", case.owner.sex),
    )
    for x, y, label, value in fields:
        page.text(x, y, label, 5.5, ink=GREY)
        page.text(x, y + 11, value, 9.5, bold=True)
    page.text(100, 168, "ADDRESS", 5.5, ink=GREY)
    page.text(100, 178, _street(case), 8)
    page.text(100, 188, _place(case), 8)
    page.text(14, 152, case.owner.name.first[:14], 14, font="Times-Italic")
    return page.finish()


def _with_back(front: bytes, case: Case, *, is_license: bool) -> bytes:
    """Front and back one above the other on a page, as copiers make them."""
    drawn = grey_picture(front, 4)
    page = Sheet()
    code = barcode_image(aamva_text(_data(case, is_license=is_license)))
    page.picture(drawn, 144, 80, *CARD)
    page.box(144, 330, *CARD, (1, 1, 1))
    page.box(144, 340, 324, 26, (0.15, 0.15, 0.15), None)
    page.picture(code, 154, 378, 300, 300 * code.height / code.width)
    page.text(154, 522, "CLASS D: ANY VEHICLE EXCEPT COMMERCIAL. ORGAN DONOR: NO", 6)
    return page.finish()


def license_both_sides(case: Case, rng: Random) -> bytes:
    """A copy of both sides of a license on one page; nothing of it is text."""
    return _with_back(license_front(case, rng), case, is_license=True)


def state_card(case: Case, rng: Random) -> bytes:
    """A state identity card: labels and values in one column, ID in the place of a class."""
    page = Sheet(CARD)
    page.box(0, 0, *CARD, _ROSE, None)
    page.text(96, 20, "CONNECTICUT USA", 12, bold=True, ink=_BLUE)
    page.text(96, 33, "IDENTIFICATION CARD - NOT A LICENSE", 8, bold=True)
    _face(page, rng, 10, 40, 78, 100)
    for row, (label, value) in enumerate(
        (
            ("ID", case.account + "2"),
            ("EXP", us(case.expires_on)),
            ("DOB", us(case.owner.born)),
            ("LN", _last(case)),
            ("FN", _given(case)),
            ("ADDR", _street(case)),
            ("", _place(case)),
            ("ISS", us(case.issued_on)),
        )
    ):
        page.text(98, 52 + row * 16, label, 7, ink=GREY)
        page.text(124, 52 + row * 16, value, 9.5, bold=True)
    page.text(98, 182, f"SEX {case.owner.sex}   HGT 5-06   EYES BRO", 8)
    return page.finish()


def state_card_both_sides(case: Case, rng: Random) -> bytes:
    """A copy of both sides of a state identity card on one page."""
    return _with_back(state_card(case, rng), case, is_license=False)


def passport_page(case: Case, rng: Random) -> bytes:
    """A passport's data page with its labels in three languages."""
    page = Sheet(_PASSPORT)
    page.box(0, 0, *_PASSPORT, _SKY, None)
    page.text(20, 22, "PASSPORT", 9, bold=True, ink=_BLUE)
    page.centre(240, 22, "UNITED STATES OF AMERICA", 13, bold=True, ink=_BLUE)
    _face(page, rng, 18, 48, 100, 130)
    number = f"{case.account}{case.number % 10}"

    def field(x: float, y: float, label: str, value: str) -> None:
        page.text(x, y, label, 5.2, ink=GREY)
        page.text(x, y + 10.5, value, 9.5, bold=True)

    field(130, 44, "Type / Type / Tipo", "P")
    field(200, 44, "Code / Code / Codigo", "USA")
    field(300, 44, "Passport No. / No. du Passeport / No. de Pasaporte", number)
    field(130, 66, "Surname / Nom / Apellidos", _last(case))
    field(130, 88, "Given Names / Prenoms / Nombres", _given(case))
    field(130, 110, "Nationality / Nationalite / Nacionalidad", "UNITED STATES OF AMERICA")
    field(130, 132, "Date of birth / Date de naissance / Fecha de nacimiento", _travel(case.owner.born))
    field(130, 154, "Place of birth / Lieu de naissance / Lugar de nacimiento", "CONNECTICUT, U.S.A.")
    field(330, 154, "Sex / Sexe / Sexo", case.owner.sex)
    field(130, 176, "Date of issue / Date de delivrance / Fecha de expedicion", _travel(case.issued_on))
    field(130, 198, "Date of expiration / Date d'expiration / Fecha de caducidad", _travel(case.expires_on))
    field(330, 198, "Authority / Autorite / Autoridad", "United States")
    owner = case.owner
    lines = passport_lines(_last(case), _given(case), number, owner.born, owner.sex, case.expires_on)
    for row, line in enumerate(lines):
        page.text(22, 272 + row * 22, line, 15.2, font="Courier")
    return page.finish()


def _travel(day: date) -> str:
    return f"{day:%d %b %Y}".upper()


def passport_card(case: Case, rng: Random) -> bytes:
    """A passport card: the front over the back with its three machine lines."""
    page = Sheet((CARD[0], 2 * CARD[1] + 16))
    page.box(0, 0, *CARD, _SAND, None)
    page.text(12, 18, "UNITED STATES OF AMERICA", 10, bold=True, ink=_BLUE)
    page.right(312, 18, "PASSPORT CARD", 9, bold=True)
    _face(page, rng, 12, 30, 90, 116)
    number, owner = f"C0{case.account[:7]}", case.owner
    fields = (
        ("Nationality", "USA"),
        ("Passport Card no.", number),
        ("Surname", _last(case)),
        ("Given Names", _given(case)),
        ("Sex", owner.sex),
        ("Date of Birth", _travel(owner.born)),
        ("Place of Birth", "CONNECTICUT, U.S.A."),
        ("Issued On", _travel(case.issued_on)),
        ("Expires On", _travel(case.expires_on)),
    )
    for row, (label, value) in enumerate(fields):
        page.text(114, 36 + row * 18, label, 5.5, ink=GREY)
        page.text(114, 45 + row * 18, value, 9, bold=True)
    page.box(0, CARD[1] + 16, *CARD, _SAND, None)
    for row, line in enumerate(_card_lines(case, number)):
        page.text(16, CARD[1] + 150 + row * 20, line, 15.5, font="Courier-Bold")
    return page.finish()


def _card_lines(case: Case, number: str) -> tuple[str, str, str]:
    """The three lines of 30 characters (ICAO 9303, part 5)."""
    birth, expiry = f"{case.owner.born:%y%m%d}", f"{case.expires_on:%y%m%d}"
    first = f"IPUSA{number}{check_digit(number)}".ljust(30, "<")
    dates = f"{birth}{check_digit(birth)}{case.owner.sex}{expiry}{check_digit(expiry)}USA".ljust(29, "<")
    whole = first[5:] + dates[:7] + dates[8:15] + dates[18:29]
    letters = (part.replace("'", "").replace("-", " ").split() for part in (_last(case), _given(case)))
    name = "<<".join("<".join(words) for words in letters)[:30].ljust(30, "<")
    return first, dates + check_digit(whole), name
