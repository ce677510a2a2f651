"""What holds for every page of the product, for everybody who gets in: nothing that people typed becomes code, nothing is changed by
looking or by a forged form."""

import io
import re
import sqlite3
from collections.abc import Iterator
from html.parser import HTMLParser

import pypdf
import pytest

from tests.architecture.test_permission_matrix import MATRIX
from tests.security.conftest import PAYLOAD
from tests.support.permission_stage import WHO, Stage

LOOKING_LEAVES = {"access_log", "server_session"}
"""Reading what is restricted is noted; a browser that comes for the first time gets a session."""
QUERY = "&".join(
    f"{name}={{0}}" for name in (
        "q", "find", "show", "page", "known", "next", "on", "kind", "before", "person", "suggested", "return", "committee", "item",
    )
)  # fmt: skip
RUNS = re.compile(r"\s*(javascript|vbscript|data):", re.IGNORECASE)
REFLECTED = "%22%3E%3Cxss%20onclick%3Dalert(1)%3E%27"


def addresses(stage: Stage, endpoint: str) -> Iterator[tuple[str, str]]:
    """Who gets in, and where, by GET."""
    if "GET" not in stage.methods(endpoint):
        return
    for who in WHO:
        allowed = set(MATRIX[endpoint][who].split())
        for relation, urls in stage.urls(endpoint, who).items():
            if allowed & {relation, "public"}:
                yield from ((who, url) for url in urls)


@pytest.mark.parametrize("endpoint", list(MATRIX))
def test_what_people_typed_is_inert_and_looking_at_it_changes_nothing(hostile: Stage, endpoint: str) -> None:
    for who, url in addresses(hostile, endpoint):
        before = hostile.changes()
        answer = hostile.call(who, "GET", url)
        assert answer.status_code < 500, f"{who} {url}"
        if answer.mimetype == "text/html":
            assert active_content(answer.text) == [], f"{who} {url}"
        if hostile.changes() != before:
            assert differences(hostile) <= LOOKING_LEAVES, f"{who} {url}"
            hostile.restore()


@pytest.mark.parametrize("endpoint", list(MATRIX))
def test_what_an_address_says_is_inert(hostile: Stage, endpoint: str) -> None:
    for who, url in addresses(hostile, endpoint):
        answer = hostile.call(who, "GET", f"{url}?{QUERY.format(REFLECTED)}")
        assert answer.status_code < 500, f"{who} {url}"
        if answer.mimetype == "text/html":
            assert active_content(answer.text) == [], f"{who} {url}"
        break


def test_the_payload_is_on_the_pages_so_that_the_test_can_fail(hostile: Stage) -> None:
    escaped = b"&lt;xss/onclick=alert(1)&gt;"
    shown = [
        endpoint for endpoint in MATRIX
        if any(escaped in hostile.call(who, "GET", url).data for who, url in [*addresses(hostile, endpoint)][:1])
    ]  # fmt: skip
    assert len(shown) > 50, shown
    assert active_content(f"<p title=x>{PAYLOAD}</p>") != []


class _Active(HTMLParser):
    """Notes whatever in a page would run, or was made by what people typed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"xss", "style", "iframe", "object", "embed", "base"}:
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or "xss" in name:
                self.found.append(f"{tag} {name}")
            if name in {"href", "src", "action", "formaction"} and RUNS.match(value or ""):
                self.found.append(f"{tag} {name}={value}")
        if tag == "script" and not (dict(attrs).get("src") or "").startswith("/static/"):
            self.found.append(tag)


def active_content(html: str) -> list[str]:
    """Whatever in a page would run, or was made by what people typed."""
    reader = _Active()
    reader.feed(html)
    reader.close()
    return reader.found


def test_what_people_typed_is_words_in_the_pdf(hostile: Stage) -> None:
    url = next(iter(hostile.urls("minutes.pdf", "secretary")["own"]))
    answer = hostile.call("secretary", "GET", url)
    assert answer.mimetype == "application/pdf"
    reader = pypdf.PdfReader(io.BytesIO(answer.data))
    text = re.sub(r"\s+", "", "".join(page.extract_text() for page in reader.pages))
    assert re.sub(r"\s+", "", PAYLOAD) in text
    for active in (b"/JavaScript", b"/JS ", b"/Launch", b"/OpenAction", b"/URI", b"javascript:"):
        assert active not in answer.data


def differences(stage: Stage) -> set[str]:
    """The tables of which the contents are no longer those of the beginning."""
    contents = []
    for path in (stage.first, stage.file):
        with sqlite3.connect(path) as connection:
            tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            contents.append({table: connection.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables})
        connection.close()
    first, now = contents
    return {table for table in now if now[table] != first.get(table)}


@pytest.mark.parametrize("endpoint", list(MATRIX))
def test_a_form_without_its_token_changes_nothing(stage: Stage, endpoint: str) -> None:
    if "POST" not in stage.methods(endpoint):
        return
    for who in WHO:
        allowed = set(MATRIX[endpoint][who].split())
        for relation, urls in stage.urls(endpoint, who).items():
            if not allowed & {relation, "public"}:
                continue
            for url in urls:
                before = stage.changes()
                for data in ({}, {"csrf_token": "forged"}):
                    answer = stage.browsers[who]._client.post(url, data=data, buffered=True)
                    assert answer.status_code == 400, f"{who} {url}"
                assert stage.changes() == before, f"{who} {url}"
