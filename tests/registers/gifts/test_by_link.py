"""Declaring an offer by a single-use link: no account, one offer, and then the link leads nowhere else."""

from datetime import date

import pytest
import sqlalchemy as sa

from coi import clock
from coi.database import db
from coi.organisations.models import Body
from coi.people.models import Person
from coi.permissions.vocabulary import Role
from coi.registers.gifts.models import Gift
from coi.registers.interests import link_commands
from coi.registers.interests.link_vocabulary import LinkPurpose
from coi.registers.interests.models import DeclarationDraft, DeclaringLink
from tests.factories.accounts import account_with
from tests.factories.interests import SYSTEM
from tests.factories.people import a_person, an_appointment
from tests.registers.gifts.test_views import answers
from tests.support.client import StrictClient

SITE = "https://localhost"
HOME = "/mid-marsh/registers/gifts"
BY_LINK = f"{HOME}/by-link"
DONE = f"{BY_LINK}/done"
GONE = 410


@pytest.fixture
def gp(body: Body) -> Person:
    person = a_person("Dr Ama Boateng", email="ama@practice.example")
    an_appointment(person, body)
    return person


def started(client: StrictClient, person: Person, body: Body, purpose: LinkPurpose = LinkPurpose.GIFT) -> str:
    """Mails a link, opens it and presses its button. Returns its path."""
    link = link_commands.mail_declaring_link(person, purpose, body, site=SITE, actor=SYSTEM, at=clock.now())
    db.session.commit()
    path = link.url.removeprefix(SITE)
    assert client.get(path).heading == "Declare a gift or hospitality"
    client.post(path)
    client._token = ""  # the session is another one from here on
    return path


def test_an_offer_is_declared_without_an_account_and_the_link_is_used_up(
    client: StrictClient, gp: Person, body: Body
) -> None:
    path = started(client, gp, body)
    assert client.get(f"{BY_LINK}/").heading == "What was offered?"
    page = answers(client, f"{BY_LINK}/declare")
    assert page.heading == "Check your answers"
    page = client.post(page.path, {})
    assert page.path == DONE
    gift = db.session.scalars(sa.select(Gift)).one()
    assert gift.reference in page.text and gift.person_id == gp.id
    assert (gift.versions[0].on_behalf, gift.versions[0].entered_by_name) == (False, "Dr Ama Boateng")
    assert db.session.scalars(sa.select(DeclaringLink)).one().gift_id == gift.id
    assert db.session.scalars(sa.select(DeclarationDraft)).all() == []
    assert client.get(f"{BY_LINK}/declare/kind").path == DONE
    other = client.get(path)
    assert (other.status_code, other.heading) == (GONE, "This link was used already")
    assert gift.reference in other.text


def test_it_shows_nothing_but_the_questions_of_an_offer(client: StrictClient, gp: Person, body: Body) -> None:
    started(client, gp, body)
    assert client.get("/mid-marsh/registers/interests/by-link/").path == f"{BY_LINK}/declare/kind"
    assert client.get(f"{HOME}/mine").path != f"{HOME}/mine"
    assert client.get(DONE).status_code == GONE


def test_what_was_begun_by_a_link_goes_on_after_signing_in(client: StrictClient, gp: Person, body: Body) -> None:
    account_with(gp.id, "ama@example.nhs.uk", [Role.DECLARANT], body.id)
    started(client, gp, body)
    client.post(f"{BY_LINK}/declare/kind", {"kind": "meal"})
    page = client.as_("ama@example.nhs.uk").get(f"{HOME}/mine")
    assert "You started a declaration and have not sent it" in page.text


def test_a_secretary_sends_the_link(client: StrictClient, gp: Person, body: Body) -> None:
    secretary = a_person("Ms Sal Secretary")
    an_appointment(secretary, body, "Secretary", valid_from=date(2020, 1, 1))
    account_with(secretary.id, "sal@example.nhs.uk", [Role.SECRETARY], body.id)
    page = client.as_("sal@example.nhs.uk").get(f"{HOME}/")
    page = client.click("Send somebody a link to declare")
    page = client.post(page.path, {"person_id": str(gp.id), "purpose": "gift"})
    assert "The email to Dr Ama Boateng is written" in page.text
