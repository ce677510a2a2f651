"""Not publishing an offer: asked for by the recipient, held back field by field, decided by the Guardian alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coi import clock
from coi.audit.queries import entries_about
from coi.database import db
from coi.errors import RuleBroken
from coi.organisations.models import Body
from coi.people.models import Person
from coi.permissions.vocabulary import Actor, Role
from coi.registers.gifts import commands
from coi.registers.gifts.columns import SHAPE
from coi.registers.gifts.models import Gift
from coi.registers.gifts.public_queries import public_rows, withheld_fields
from coi.registers.interests.redaction_commands import decide_fields, decide_redaction, review_redaction
from coi.registers.interests.related_queries import fellow_partners
from coi.registers.interests.vocabulary import RedactionDetails, RedactionState
from tests.factories import accounts
from tests.factories.gifts import AT, a_gift
from tests.factories.interests import an_interest, details_of
from tests.factories.organisations import a_body, an_organisation
from tests.factories.people import a_person, an_appointment
from tests.support.client import StrictClient

LATER = AT + timedelta(days=10)
NOW = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
HOME = "/mid-marsh/registers/gifts"


@pytest.fixture
def body(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Body:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    body = a_body()
    for name, email, role in (
        ("Dr Ama Boateng", "ama@example.nhs.uk", Role.DECLARANT),
        ("Ms Gaia Guardian", "gaia@example.nhs.uk", Role.GUARDIAN),
    ):
        person = a_person(name)
        an_appointment(person, body, "GP member")
        accounts.account_with(person.id, email, [role], body.id)
    return body


def an_asked(body: Body, **changes: object) -> Gift:
    person = a_person("Dr Bea Bold")
    an_appointment(person, body)
    return a_gift(body, person, keep_private_because="I was threatened", **changes)


def guardian() -> Actor:
    return Actor("Gaia", person_id=a_person("Ms Gaia Other").id)


def published(body: Body, at: datetime = LATER) -> list[dict[str, object]]:
    return [dict(row.values) for row in public_rows(body.id, on=date(2026, 6, 1), at=at)]


def test_only_the_named_fields_are_held_back_until_the_guardian_decides(body: Body) -> None:
    gift = an_asked(body, keep_private_fields=("offeror", "details"))
    (row,) = published(body)
    assert (row["name"], row["offeror"], row["details"], row["offeror_identifier"]) == ("Dr Bea Bold", None, None, None)
    assert row["withheld"] == ("details", "offeror")
    (request,) = gift.redactions
    decide_fields(
        request, RedactionDetails(frozenset({"details"}), "A risk", "", date(2027, 1, 1)), actor=guardian(), at=LATER, body_id=body.id
    )  # fmt: skip
    (row,) = published(body)
    assert row["offeror"] is not None and row["details"] is None
    assert entries_about("gift", gift.id)[-1].event == "registers:redaction:decided"
    assert withheld_fields(body.id, at=LATER - timedelta(days=1))[gift.reference] >= {"offeror", "details"}


def test_a_request_that_names_nothing_keeps_the_whole_entry_back(body: Body) -> None:
    gift = an_asked(body)
    assert published(body) == []
    assert withheld_fields(body.id, at=LATER) == {gift.reference: frozenset(SHAPE.names)}
    decide_redaction(gift.redactions[0], granted=False, reason="No risk", actor=guardian(), at=LATER, body_id=body.id)
    assert len(published(body)) == 1


def test_what_is_withheld_can_be_reviewed_and_published(body: Body) -> None:
    gift = an_asked(body)
    (request,) = gift.redactions
    decide_redaction(request, granted=True, reason="A risk", actor=guardian(), at=LATER, body_id=body.id)
    assert published(body) == []
    over = RedactionDetails(frozenset(), "It is over")
    review_redaction(request, over, number=1, actor=guardian(), at=LATER, body_id=body.id)
    assert request.state is RedactionState.REFUSED
    assert len(published(body)) == 1


def test_the_recipient_decides_nothing_about_it_and_asks_once(body: Body) -> None:
    gift = an_asked(body)
    own = Actor("Bea", person_id=gift.person_id)
    with pytest.raises(RuleBroken, match="a request of your own"):
        decide_redaction(gift.redactions[0], granted=True, reason="Mine", actor=own, at=LATER)
    with pytest.raises(RuleBroken, match="already"):
        commands.ask_not_to_publish(gift, "Again", (), actor=own, at=LATER)


def test_what_the_organisation_itself_was_offered_is_always_published(body: Body) -> None:
    with pytest.raises(RuleBroken, match="always published"):
        a_gift(body, None, keep_private_because="We do not like it")


def test_a_request_about_an_offer_hides_no_fellow_partner(body: Body) -> None:
    an_asked(body)
    oak = an_organisation("Oak Surgery")
    mine, _theirs = (an_interest(a_person(name), details_of(oak)) for name in ("Dr One", "Dr Two"))
    from_all = fellow_partners(mine.versions[0], NOW, sa.select(Person.id), body.id)
    assert [each.name for each in from_all] == ["Dr Two"]


def test_somebody_asks_while_declaring_and_the_guardian_decides(client: StrictClient, body: Body) -> None:
    gp = client.as_("ama@example.nhs.uk")
    gift = a_gift(body, db.session.scalars(sa.select(Person).where(Person.name == "Dr Ama Boateng")).one())
    page = gp.get(f"{HOME}/mine/{gift.id}")
    page = gp.click("Ask not to publish it")
    assert gp.post(page.path, {"reason": ""}).status_code == 422
    page = gp.post(page.path, {"reason": "Somebody follows me", "parts": "details"})
    assert "Request not to publish, not decided yet" in page.text and "Somebody follows me" in page.text
    assert "Ask not to publish it" not in page.text
    page = client.as_("gaia@example.nhs.uk").get("/mid-marsh/")
    assert "1 request not to publish an offer of a gift or hospitality" in page.text
    page = client.get(f"{HOME}/redactions")
    page = client.click(f"Decide about {gift.reference}")
    assert "Somebody follows me" in page.text and "Box of chocolates" in page.text
    sent = {
        "decision": "granted",
        "fields": "details",
        "reason": "A risk",
        "review_on-day": "1",
        "review_on-month": "2",
    }
    page = client.post(page.path, {**sent, "review_on-year": "2027"})
    assert f"The request about entry {gift.reference} is decided" in page.text
    (row,) = published(body, NOW)
    assert row["details"] is None and row["offeror"] is not None


def test_the_question_stands_on_the_page_to_check(client: StrictClient, body: Body) -> None:
    gp = client.as_("ama@example.nhs.uk")
    page = gp.get(f"{HOME}/declare/privacy?return=check")
    assert page.heading == "Is there a reason not to publish this?"
    assert gp.post(page.path, {"has_reason": "yes"}).status_code == 422
    page = gp.post(f"{HOME}/declare/privacy?return=check", {"has_reason": "yes", "reason": "Threats", "parts": "name"})
    assert page.heading == "What was offered?"
