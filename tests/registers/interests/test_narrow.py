"""The registers on a phone: what people typed makes no page wider than the screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from coi.database import db
from coi.organisations.models import Body
from coi.permissions.vocabulary import Role
from tests.factories.accounts import account_with
from tests.factories.interests import an_interest, details_of
from tests.factories.people import a_person, an_appointment
from tests.support import chromium
from tests.support.client import StrictClient

LONG = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbaueeee"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.launched() as running:
        yield running


def width_of(html: str, browser: Browser, styles: Path) -> int:
    page = browser.new_page(viewport={"width": 375, "height": 812})
    page.set_content(html)
    for name in ("nhsuk/nhsuk.min.css", "coi.css"):
        page.add_style_tag(content=(styles / name).read_text(encoding="utf-8"))
    width: int = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    return width


def test_a_long_word_in_a_name_an_organisation_or_a_nature_pushes_no_page_sideways_on_a_phone(
    app: Flask, client: StrictClient, body: Body, browser: Browser
) -> None:
    secretary = a_person("Sam Scribe")
    an_appointment(secretary, body, "Staff")
    account_with(secretary.id, "sam@example.nhs.uk", [Role.SECRETARY], body.id)
    person = a_person(f"Dr {LONG}")
    an_appointment(person, body, LONG)
    interest = an_interest(person, details_of(f"https://www.example.nhs.uk/{LONG}", nature=f"Director of {LONG}"))
    db.session.commit()
    client.as_("sam@example.nhs.uk")
    here = "/mid-marsh/registers/interests"
    for path in (f"{here}/", f"{here}/{interest.id}", f"/mid-marsh/people/{person.id}"):
        page = client.get(path)
        assert LONG in page.text
        assert width_of(page.html, browser, Path(str(app.static_folder))) == 375, path
