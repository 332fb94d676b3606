"""The files people upload: planned with each case, made into bytes when the case is written."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from PIL import Image, ImageFilter

from tasks.sampling.broken import BROKEN
from tasks.sampling.cards import (
    license_front_image,
    license_photograph,
    license_sheet,
    passport_image,
    passport_sheet,
)
from tasks.sampling.faces import draw_face
from tasks.sampling.letters import supporting_letter
from tasks.sampling.machine_zones import CardData
from tasks.sampling.names import ascii_fold
from tasks.sampling.people import Person, years_before
from tasks.sampling.places import SUFFIXES, Home
from tasks.sampling.residency import PAPERS
from tasks.sampling.sheet_image import jpeg_of, png_of, sheet_to_image
from tasks.sampling.sheet_pdf import sheet_to_pdf
from tasks.sampling.sheets import Sheet
from tasks.sampling.stationery import Proof

_EYES = ("BRO", "BRO", "BLU", "HAZ", "GRN", "GRY")
_SCAN_DPI = 96


@dataclass(slots=True)
class Upload:
    """One file to come; `state` is good, absent, blurred, wordless, or a key of BROKEN."""

    file: str
    seed: int
    state: str = "good"


@dataclass(slots=True, kw_only=True)
class Identity(Upload):
    """A proof of identity; `form` is text, scan (a picture with words over it) or photo."""

    type: str
    form: str
    person: Person
    home: Home
    expires: date
    passport: bool


@dataclass(slots=True, kw_only=True)
class Residency(Upload):
    """A proof of residency; `form` is text, scan (a picture of the page in a PDF) or photo."""

    type: str
    paper: str
    """what it is, where the declared type may say `other`"""
    form: str
    proof: Proof


@dataclass(slots=True)
class Photo(Upload):
    """A portrait for the certificate."""


@dataclass(slots=True, kw_only=True)
class Supporting(Upload):
    """A letter or certificate that goes with a submission."""

    type: str
    person: str
    parent: str
    day: date


def upload_bytes(upload: Upload) -> bytes:
    """The file's content, the same every time it is asked for."""
    rng = Random(upload.seed)
    if isinstance(upload, Photo):
        return _photo(upload, rng)
    if isinstance(upload, Identity):
        return _identity(upload, rng)
    if isinstance(upload, Residency):
        return _residency(upload, rng)
    if isinstance(upload, Supporting):
        sheet = supporting_letter(upload.type, upload.person, upload.parent, upload.day, rng)
        return sheet_to_pdf(sheet)
    raise TypeError(f"no way to make a {type(upload).__name__}")


def _identity(upload: Identity, rng: Random) -> bytes:
    card = card_data(upload, rng)
    native = _native_name(upload.person)
    sheet = (passport_sheet if upload.passport else license_sheet)(card, rng, native)
    if upload.state in BROKEN:
        return BROKEN[upload.state](sheet, rng)
    if upload.state == "wordless":
        return _wordless(rng)
    if upload.form == "text":
        return sheet_to_pdf(sheet)
    if upload.form == "photo" and not upload.passport:
        return _picture(license_photograph(sheet, card, rng), upload, rng, quality=38)
    front = passport_image(sheet) if upload.passport else license_front_image(sheet)
    if upload.form == "photo":
        return _picture(front, upload, rng, quality=50)
    return sheet_to_pdf(sheet, jpeg_of(front, 42))


def _residency(upload: Residency, rng: Random) -> bytes:
    sheet = PAPERS[upload.paper](upload.proof, rng)
    if upload.state in BROKEN:
        return BROKEN[upload.state](sheet, rng)
    if upload.state == "wordless":
        return _wordless(rng)
    if upload.form == "text":
        return sheet_to_pdf(sheet)
    page = sheet_to_image(sheet, _SCAN_DPI, paper=rng.randint(238, 255))
    if upload.form == "photo":
        return _picture(page, upload, rng, quality=45)
    return sheet_to_pdf(sheet, jpeg_of(page, 45), searchable=False)


def _picture(image: Image.Image, upload: Upload, rng: Random, quality: int) -> bytes:
    if upload.state == "blurred":
        image = image.resize((image.width // 6, image.height // 6)).filter(ImageFilter.GaussianBlur(rng.uniform(3, 4)))
        return jpeg_of(image.resize((image.width * 6, image.height * 6), Image.Resampling.BILINEAR), 40)
    return png_of(image) if upload.file.lower().endswith(".png") else jpeg_of(image, quality)


def _wordless(rng: Random) -> bytes:
    """A page whose only words are the scanning app's own."""
    sheet = Sheet()
    sheet.box(rng.randint(40, 60), rng.randint(60, 90), 480, 560, fill=rng.randint(170, 215))
    sheet.text(200, 770, f"Scanned with PageSnap {rng.randint(1, 9)}.{rng.randint(0, 9)}", 8, ink=120)
    sheet.text(520, 770, f"#{rng.randint(10**5, 10**8)}", 6, ink=160)
    return sheet_to_pdf(sheet)


def _photo(upload: Photo, rng: Random) -> bytes:
    if upload.state in BROKEN:
        return BROKEN[upload.state](Sheet(), rng)
    return jpeg_of(draw_face(upload.seed, 480, 600), 60)


def _native_name(person: Person) -> tuple[str, str, str] | None:
    return (person.script, person.first, person.last) if person.script else None


def card_data(upload: Identity, rng: Random) -> CardData:
    """What the identity document says, in the capitals that issuing authorities use."""
    person, home = upload.person, upload.home
    unit = f" APT {home.unit}" if home.unit else ""
    number = f"{rng.randint(10**8, 10**9 - 1)}" if not upload.passport else _passport_number(rng)
    return CardData(
        first=person.latin_first.upper(),
        middle=ascii_fold(person.middle).upper(),
        last=person.latin_last.upper(),
        suffix=person.suffix.upper().rstrip("."),
        born=person.born,
        issued=max(years_before(upload.expires, 7), person.born + timedelta(days=60)),
        expires=upload.expires,
        sex=person.sex,
        number=number,
        street=f"{home.number} {home.street} {SUFFIXES[home.suffix]}{unit}".upper(),
        city=home.city.upper(),
        state=home.state,
        zip5=home.zip5,
        height_inches=rng.randint(59, 76),
        eyes=rng.choice(_EYES),
        is_license=upload.type == "drivers_license",
    )


def _passport_number(rng: Random) -> str:
    return f"{rng.choice(('A', '5', '6'))}{rng.randint(10**7, 10**8 - 1)}"
