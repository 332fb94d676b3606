import json
import os
import select
import shutil
import subprocess
import sys
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from PIL import Image

from registry.credential import Credential, credential
from registry.facts import Role
from registry.issuance import CertificateKind, serial_number
from tasks.authority import authority, make_ready, places
from tasks.engraving.certificate import Engraver
from tasks.settings import Settings
from tasks.tokens.cose import Signer
from tasks.tokens.cwt import mint
from tasks.verification_page import write_page
from tests.unit.certificates.variants import PERMANENT

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Chromium reads commands from descriptor 3 and answers on 4; no port is opened.
LAUNCH = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); os.execvp(sys.argv[3], sys.argv[3:])"
)
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--no-proxy-server"),
    *("--disable-background-networking", "--disable-component-update", "--mute-audio"),
    "--host-resolver-rules=MAP counter.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    *("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", "--remote-debugging-pipe"),
)
NOW = datetime.now(UTC).replace(microsecond=0)
TODAY = datetime.now().astimezone().date()
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ENDED_NUMBER = 7
PATIENCE_SECONDS = 60


class Browser:
    """A Chromium without a window, spoken to by the DevTools protocol."""

    def __init__(self, program: str, profile: Path, video: Path) -> None:
        (theirs_in, ours_out), (ours_in, theirs_out) = os.pipe(), os.pipe()
        place = [f"--user-data-dir={profile}", f"--use-file-for-fake-video-capture={video}"]
        self._process = subprocess.Popen(
            [sys.executable, "-c", LAUNCH, str(theirs_in), str(theirs_out), program, *FLAGS, *place],
            pass_fds=(theirs_in, theirs_out),
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._out, self._in = os.fdopen(ours_out, "wb"), os.fdopen(ours_in, "rb")
        self._unread, self._last, self._session = b"", 0, ""
        self.events: list[dict[str, Any]] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._last += 1
        command = {"id": self._last, "method": method, "params": parameters}
        self._out.write(json.dumps(command | ({"sessionId": self._session} if self._session else {})).encode() + b"\0")
        self._out.flush()
        while (message := self._message()).get("id") != self._last:
            self.events.append(message)
        if "error" in message:
            raise RuntimeError(f"{method}: {message['error']}")
        return message["result"]

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._unread:
            if not select.select([self._in], [], [], PATIENCE_SECONDS)[0]:
                raise RuntimeError(f"the browser said nothing for {PATIENCE_SECONDS} seconds")
            got = os.read(self._in.fileno(), 1 << 16)
            if not got:
                raise RuntimeError("the browser went away")
            self._unread += got
        one, self._unread = self._unread.split(b"\0", 1)
        message: dict[str, Any] = json.loads(one)
        return message

    def open(self, address: str) -> None:
        """Load the page afresh, and wait until it is ready."""
        self.send("Page.navigate", url="about:blank")
        self.events.clear()
        self.send("Page.navigate", url=address)
        self.ask("new Promise((done) => document.readyState === 'complete' ? done() : addEventListener('load', done))")
        self.ask("typeof ready === 'undefined' ? null : ready")

    def ask(self, script: str) -> Any:
        """What the script, waited for, gives."""
        answer = self.send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"])[:2_000])
        return answer["result"].get("value")

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(20)
        self._out.close()
        self._in.close()


@dataclass
class Counter:
    """The page as a clerk meets it."""

    browser: Browser
    folder: Path
    keys: dict[str, Ed25519PublicKey]
    address: str = field(init=False, default="")

    def publish(self, status: bytes, keys: dict[str, Ed25519PublicKey] | None = None) -> None:
        self.address = write_page(self.folder, keys or self.keys, status, NOW).as_uri()

    def check(self, token: str) -> str:
        """Open the page with the token behind #; the state that it shows."""
        self.browser.open(f"{self.address}#{quote(token)}")
        return self.state()

    def state(self) -> str:
        """The state of what is shown, as soon as something is."""
        return self.browser.ask(
            """new Promise((done) => {
                const seen = () => part("result").dataset.state;
                const look = () => (seen() ? done(seen()) : setTimeout(look, 10));
                look();
            })"""
        )

    def text(self, where: str) -> str:
        """What can be read in a part of the page."""
        return self.browser.ask(f"part({where!r}).innerText")

    def drop(self, data: bytes) -> str:
        """Drop a file on the page, freshly opened; the state, or the remark on a list."""
        self.browser.open(self.address)
        self.browser.ask(
            f"""(() => {{
                const transfer = new DataTransfer();
                transfer.items.add(new File([base64Bytes({b64encode(data).decode()!r})], "dropped"));
                document.dispatchEvent(new DragEvent("drop", {{ dataTransfer: transfer, cancelable: true }}));
            }})()"""
        )
        return self.browser.ask(
            """new Promise((done) => {
                const seen = () => part("result").dataset.state ?? part("remark").textContent;
                const look = () => (seen() ? done(seen()) : setTimeout(look, 10));
                look();
            })"""
        )


def status_list(signer: Signer, made_at: datetime, good_for: timedelta = timedelta(days=4)) -> bytes:
    """A list on which only one certificate was ended."""
    bits = bytearray(2_048)
    bits[ENDED_NUMBER // 8] |= 1 << ENDED_NUMBER % 8
    made = int(made_at.timestamp())
    claims = {1: "CT-MMP", 4: made + int(good_for.total_seconds()), 6: made, -65538: zlib.compress(bytes(bits), 9)}
    return signer.signed(cbor2.dumps(claims))


@pytest.fixture(scope="session")
def chromium() -> str:
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        pytest.skip(f"no Chromium is installed (looked for {', '.join(CHROMIUM)}): the page is not tried in a browser")
    return found


@pytest.fixture(scope="session")
def camera_view(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the camera sees; a test puts a picture there before it asks for the camera."""
    view = tmp_path_factory.mktemp("camera") / "view.mjpeg"
    Image.new("L", (640, 480), 200).save(view, "JPEG")
    return view


@pytest.fixture(scope="session")
def browser(chromium: str, camera_view: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    opened = Browser(chromium, tmp_path_factory.mktemp("profile"), camera_view)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def private_key() -> Ed25519PrivateKey:
    return KEY


@pytest.fixture(scope="session")
def signer() -> Signer:
    return Signer("0a1b2c3d", KEY)


@pytest.fixture
def card() -> Credential:
    return Credential(
        serial=serial_number(2026, 123),
        registration_number="MMP-0048213",
        role=Role.PATIENT,
        kind=CertificateKind.PERMANENT,
        name="Maria Elena Lopez",
        birth_year=1971,
        valid_from=TODAY - timedelta(days=30),
        expires_on=TODAY + timedelta(days=200),
    )


@pytest.fixture(scope="session")
def certificate_file(signer: Signer, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A certificate that is good today, as it is sent; its code is signed by a key that the page knows."""
    home = tmp_path_factory.mktemp("home")
    settings = Settings(dict.fromkeys(Settings.load().values, "") | {"NUTMEG_HOME": str(home)})
    make_ready(settings, TODAY, may_make=True)
    order = replace(PERMANENT, issued_on=TODAY, expires_on=TODAY + timedelta(days=200))
    order = replace(order, registration_ends_on=order.expires_on)
    return Engraver(authority(places(settings), TODAY).seal).draw(order, mint(credential(order), signer))


@pytest.fixture
def list_of(signer: Signer) -> Callable[..., bytes]:
    """A function that makes the list of some time ago."""
    return lambda ago=timedelta(hours=14), **changes: status_list(changes.get("by", signer), NOW - ago)


@pytest.fixture
def counter(browser: Browser, tmp_path: Path, signer: Signer, list_of: Callable[..., bytes]) -> Counter:
    made = Counter(browser, tmp_path / "verify", {signer.key_id: KEY.public_key()})
    made.publish(list_of())
    return made
