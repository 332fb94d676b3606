from collections.abc import Callable
from pathlib import Path

import pytest

from registry.credential import credential
from registry.issuance import IssuanceOrder
from tasks.authority import Authority, KeyPlaces, make_ready, places
from tasks.authority import authority as loaded
from tasks.engraving.certificate import Engraver, draft_of, draw_reference
from tasks.proofing import Proof, ProofError, proof
from tasks.settings import Settings
from tasks.signing.seal import sign
from tasks.tokens.cwt import mint
from tests.unit.certificates.variants import PERMANENT, VARIANTS

Draw = Callable[[IssuanceOrder], bytes]


def made_keys(folder: Path) -> KeyPlaces:
    """Demonstration keys of their own in a folder."""
    settings = Settings(dict.fromkeys(Settings.load().values, "") | {"NUTMEG_HOME": str(folder)})
    make_ready(settings, PERMANENT.issued_on, may_make=True)
    return places(settings)


@pytest.fixture
def new_keys() -> Callable[[Path], KeyPlaces]:
    return made_keys


@pytest.fixture(scope="session")
def key_places(tmp_path_factory: pytest.TempPathFactory) -> KeyPlaces:
    return made_keys(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def authority(key_places: KeyPlaces) -> Authority:
    return loaded(key_places, PERMANENT.issued_on)


@pytest.fixture(scope="session")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Keys of somebody else."""
    return loaded(made_keys(tmp_path_factory.mktemp("elsewhere")), PERMANENT.issued_on)


@pytest.fixture(scope="session")
def engraver(authority: Authority) -> Engraver:
    return Engraver(authority.seal)


@pytest.fixture(scope="session")
def draw(engraver: Engraver, authority: Authority) -> Draw:
    """Draws and signs as the press does."""
    return lambda order: engraver.draw(order, mint(credential(order), authority.tokens.active))


@pytest.fixture(scope="session")
def draw_slowly(authority: Authority) -> Draw:
    """The same by the PDF library alone, with nothing kept from one to the next: for drawing code that errs."""

    def drawn(order: IssuanceOrder) -> bytes:
        token = mint(credential(order), authority.tokens.active)
        return sign(draw_reference(order, draft_of(order, token)), authority.seal)

    return drawn


@pytest.fixture(scope="session")
def read_back(authority: Authority) -> Callable[[bytes, IssuanceOrder], Proof]:
    return lambda pdf, order: proof(pdf, order, authority)


@pytest.fixture(scope="session")
def problems_of(authority: Authority) -> Callable[[bytes, IssuanceOrder], tuple[str, ...]]:
    """What proof-reading says against these bytes."""

    def problems(pdf: bytes, order: IssuanceOrder) -> tuple[str, ...]:
        with pytest.raises(ProofError) as refused:
            proof(pdf, order, authority)
        return refused.value.problems

    return problems


@pytest.fixture(params=VARIANTS.values(), ids=VARIANTS.keys())
def variant(request: pytest.FixtureRequest) -> IssuanceOrder:
    order: IssuanceOrder = request.param
    return order


@pytest.fixture
def order() -> IssuanceOrder:
    return PERMANENT
