"""Entering a commissioning body, as the administrator of the installation does."""

import pytest
from flask import Flask

from coi.database import db
from coi.organisations import queries, rules
from coi.organisations.vocabulary import BodyKind
from coi.permissions.vocabulary import Role
from tests.factories import accounts
from tests.factories.organisations import a_body
from tests.factories.people import a_person
from tests.support.client import StrictClient

SENT = {
    "name": "NHS Mid Marsh ICB", "kind": "icb", "slug": "mid-marsh", "ods_code": "qzz", "area_codes": "99z, 98y",
    "contact": "Governance team, governance@example.nhs.uk",
}  # fmt: skip


@pytest.fixture
def chief(client: StrictClient) -> StrictClient:
    """Signed in as the administrator of an installation that has no body yet."""
    accounts.account_with(a_person("Cleo Chief").id, "cleo@example.nhs.uk", [Role.ADMINISTRATOR], None)
    db.session.commit()
    return client.as_("cleo@example.nhs.uk")


def test_the_first_body_is_entered_from_the_start_page_and_its_accounts_come_next(chief: StrictClient) -> None:
    assert chief.get("/").heading == "No organisation yet"
    page = chief.click("Enter a commissioning body")
    page = chief.post(page.path, SENT)
    assert page.notices == ["NHS Mid Marsh ICB was entered. Now add its people"]
    assert (page.path, page.heading) == ("/mid-marsh/accounts", "Accounts")
    body = queries.body_by_slug("mid-marsh")
    assert body is not None
    assert (body.kind, body.ods_code, body.area_codes) == (BodyKind.ICB, "QZZ", ["99Z", "98Y"])


@pytest.mark.parametrize(
    ("changes", "label", "error"),
    [
        ({"name": ""}, "Name of the body", "Enter the name of the body"),
        ({"name": "nhs SOUTH marsh icb"}, "Name of the body", "entered already"),
        ({"kind": ""}, "What kind of body is it?", "Select what kind of body it is"),
        ({"slug": "Mid Marsh"}, "Start of its web address", "small letters"),
        ({"slug": "south-marsh"}, "Start of its web address", "Another body uses"),
        ({"slug": "set-password"}, "Start of its web address", "taken by the product"),
        ({"area_codes": "99z, the moon"}, "Commissioner codes of its area", "is not one"),
    ],
)
def test_a_body_that_is_refused_says_why_beside_the_field(
    chief: StrictClient, changes: dict[str, str], label: str, error: str
) -> None:
    a_body("NHS South Marsh ICB", "south-marsh")
    page = chief.post("/bodies/enter", SENT | changes)
    assert page.status_code == 422
    assert error in (page.error_for(label) or "")
    assert page.value_of("Contact about the register") == SENT["contact"]
    assert queries.body_by_slug("mid-marsh") is None


def test_an_administrator_of_one_body_enters_no_other(client: StrictClient) -> None:
    body = a_body()
    accounts.account_with(a_person("Kit Keeper").id, "kit@example.nhs.uk", [Role.ADMINISTRATOR], body.id)
    client.as_("kit@example.nhs.uk")
    assert client.get("/bodies/enter").status_code == 404
    assert client.post("/bodies/enter", SENT | {"slug": "new"}).status_code == 404
    assert "enter a commissioning body" not in client.get("/mid-marsh/accounts").links


def test_no_body_can_take_an_address_that_the_product_uses(app: Flask) -> None:
    first = {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()}
    used = {each for each in first if each and "<" not in each and "." not in each}
    assert used <= rules.RESERVED_SLUGS, "Add these to RESERVED_SLUGS"
