import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from registry.credential import Credential
from tasks.tokens.cose import Signer
from tasks.tokens.cwt import mint


class Server(ThreadingHTTPServer):
    """Any static web server; it keeps what was asked of it."""

    asked: list[str]


class Handler(SimpleHTTPRequestHandler):
    server: Server

    def log_message(self, *_: Any) -> None:
        self.server.asked.append(self.path)


@pytest.fixture
def server(counter: Any) -> Iterator[Server]:
    serving = Server(("127.0.0.1", 0), partial(Handler, directory=str(counter.folder)))
    serving.asked = []
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    yield serving
    serving.shutdown()
    serving.server_close()


def requests(counter: Any) -> list[str]:
    sent = [
        each["params"]["request"]["url"]
        for each in counter.browser.events
        if each["method"] == "Network.requestWillBeSent"
    ]
    return [url for url in sent if not url.startswith(("data:", "about:"))]


def test_the_page_asks_nobody_for_anything(
    counter: Any, server: Server, signer: Signer, card: Credential, certificate_file: bytes
) -> None:
    address = f"http://127.0.0.1:{server.server_port}/index.html"
    counter.address = address
    assert counter.check(mint(card, signer)) == "issued"
    assert requests(counter) == [address]
    assert counter.drop(certificate_file) == "issued"
    assert requests(counter) == [address]
    assert server.asked == ["/index.html"] * 2


def test_the_page_could_not_ask_even_if_it_wanted(counter: Any, server: Server) -> None:
    counter.browser.open(counter.address)
    address = f"http://127.0.0.1:{server.server_port}/status.cwt"
    assert counter.browser.ask(f"fetch({address!r}).then(() => 'sent', (error) => error.name)") == "TypeError"
    picture = (
        f"new Promise((done) => {{ const i = new Image(); i.onerror = () => done('refused'); i.src = {address!r}; }})"
    )
    assert counter.browser.ask(picture) == "refused"
    assert server.asked == []


def test_no_part_of_the_page_breaks_its_own_policy(counter: Any, signer: Signer, card: Credential) -> None:
    counter.check(mint(card, signer))
    counter.browser.ask("0")
    logged = [
        each["params"]
        for each in counter.browser.events
        if each["method"] in {"Log.entryAdded", "Runtime.exceptionThrown"}
    ]
    assert logged == []


def test_a_script_that_was_put_into_the_page_does_not_run(counter: Any) -> None:
    page = counter.folder / "index.html"
    page.write_text(page.read_text().replace("</main>", "</main><script>var planted = 1</script>"))
    counter.browser.open(counter.address)
    assert counter.browser.ask("typeof planted") == "undefined"


def test_the_address_forgets_the_token(counter: Any, signer: Signer, card: Credential) -> None:
    counter.check(mint(card, signer))
    assert counter.browser.ask("location.hash") == ""


def test_next_clears_everything_and_nothing_was_stored(counter: Any, signer: Signer, card: Credential) -> None:
    counter.browser.open(counter.address)
    counter.browser.ask(f"part('text').value = {mint(card, signer)!r}; part('form').requestSubmit()")
    assert counter.state() == "issued"
    counter.browser.ask("part('next').click()")
    left = counter.browser.ask(
        "document.querySelector('main').innerHTML + part('text').value + document.title + document.cookie"
    )
    assert not [said for said in (card.name, card.serial, "1971", mint(card, signer)[:20]) if said in left]
    assert counter.browser.ask("localStorage.length + sessionStorage.length") == 0


def test_markup_in_a_token_stays_text(counter: Any) -> None:
    counter.browser.open(f"{counter.address}#{quote('<img src=x onerror=alert(1)>')}")
    assert counter.state() == "not_ours"
    assert counter.browser.ask("document.images.length") == 0


def test_a_browser_without_ed25519_verifies_all_the_same(counter: Any, signer: Signer, card: Credential) -> None:
    counter.browser.open(counter.address)
    counter.browser.ask("crypto.subtle.importKey = async () => { throw new DOMException('', 'NotSupportedError'); }; 0")
    good = mint(card, signer)
    wrong = good[:-4] + ("0" if good[-4] != "0" else "1") + good[-3:]
    kinds = [
        counter.browser.ask(f"readToken({text!r}, keys).then(() => 'read', (error) => error.kind)")
        for text in (good, wrong)
    ]
    assert kinds == ["read", "wrong_signature"]


def test_an_address_where_browsers_check_no_signatures_is_named_as_the_hindrance(
    counter: Any, server: Server, signer: Signer, card: Credential
) -> None:
    counter.address = f"http://counter.test:{server.server_port}/index.html"
    assert counter.check(mint(card, signer)) == "browser"
    assert "open the file" in counter.text("remedy")


def test_the_page_is_one_file(counter: Any) -> None:
    assert [each.name for each in Path(counter.folder).iterdir()] == ["index.html"]
