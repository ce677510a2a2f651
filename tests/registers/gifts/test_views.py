"""The pages of gifts and hospitality, as people use them."""

from datetime import UTC, date, datetime

import pytest

from coi import clock
from coi.database import db
from coi.organisations.models import Body
from coi.organisations.vocabulary import OrganisationKind
from coi.permissions.vocabulary import Actor, Grant, Permission, Role
from coi.registers.gifts import queries
from coi.registers.gifts.vocabulary import GiftStatus
from tests.factories import accounts
from tests.factories.gifts import a_gift
from tests.factories.organisations import a_body, an_organisation
from tests.factories.people import a_person, an_appointment
from tests.support.client import StrictClient

NOW = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
HOME = "/mid-marsh/registers/gifts"


@pytest.fixture
def body(app: object, monkeypatch: pytest.MonkeyPatch) -> Body:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    body = a_body()
    for name, email, role in (
        ("Dr Ama Boateng", "ama@example.nhs.uk", Role.DECLARANT),
        ("Lea Lead", "lea@example.nhs.uk", Role.GOVERNANCE_LEAD),
    ):
        person = a_person(name)
        an_appointment(person, body, "GP member")
        accounts.account_with(person.id, email, [role], body.id)
    db.session.commit()
    return body


@pytest.fixture
def gp(client: StrictClient, body: Body) -> StrictClient:
    return client.as_("ama@example.nhs.uk")


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def answers(
    client: StrictClient,
    start: str,
    *,
    kind: str = "gift",
    source: str = "patient",
    value: str = "20",
    response: str = "kept",
):
    """Answers every question and returns the page to check."""
    steps = {
        "kind": {"kind": kind}, "source": {"source": source}, "offeror": {"offeror": "Family of J"} if source == "patient" else
        {"offeror-text": "Medibright Ltd", "offeror-asked": "Medibright Ltd", "business": "Medicines"},
        "what": {"description": "Chocolates"}, "value": {"value": value, "is_estimate": "y"},
        "offered": day("offered_on", date(2026, 11, 1)), "response": {"response": response},
        "received": day("received_on", date(2026, 11, 2)), "reason": {"reason": "Thanks for care"},
    }  # fmt: skip
    page = None
    for step, sent in steps.items():
        if step == "received" and response == "declined":
            continue
        page = client.post(f"{start}/{step}", sent)
        assert page.status_code == 200, (step, page.text)
    return page


def test_a_gp_declares_a_gift_and_reads_what_the_rules_say(gp: StrictClient) -> None:
    page = gp.get(f"{HOME}/mine")
    page = gp.click("Declare a gift or hospitality")
    assert page.heading == "What was offered?"
    page = answers(gp, f"{HOME}/declare")
    assert page.heading == "Check your answers"
    assert "You may keep this" in page.text and "It need not be declared" in page.text
    page = gp.post(page.path, {})
    assert page.heading == "Declaration sent" and "G/2026/0001" in page.text
    page = gp.click("My gifts and hospitality")
    assert "Chocolates" in page.text


def test_the_rules_speak_before_the_person_says_what_happened(gp: StrictClient) -> None:
    answers(gp, f"{HOME}/declare", kind="cash", value="500")
    page = gp.get(f"{HOME}/declare/response")
    assert "This must be declined" in page.text
    page = gp.get(f"{HOME}/declare/check")
    assert "This does not fit the rules" in page.text
    page = gp.post(f"{HOME}/declare/check", {})
    assert page.heading == "Declaration sent"


def test_a_declaration_that_was_begun_can_be_gone_on_with_or_thrown_away(gp: StrictClient) -> None:
    gp.get(f"{HOME}/mine")
    gp.post(f"{HOME}/declare/kind", {"kind": "meal"})
    page = gp.get(f"{HOME}/declare")
    assert page.heading == "You have started a declaration"
    page = gp.post(f"{HOME}/declare", {})
    assert page.path == f"{HOME}/declare/kind"


@pytest.mark.parametrize(
    ("step", "sent", "label", "told"),
    [
        ("kind", {}, "What was offered?", "Select what was offered"),
        ("value", {"value": "a lot"}, "What is it worth, in pounds?", "pounds and pence"),
        ("offered", day("offered_on", date(2026, 11, 11)), "When was it offered?", "today or in the past"),
        ("reason", {}, "Why did you accept or decline it?", "Enter the reason"),
    ],
)
def test_an_answer_that_cannot_be_says_so_beside_the_question(
    gp: StrictClient, step: str, sent: dict[str, str], label: str, told: str
) -> None:
    gp.get(f"{HOME}/mine")
    page = gp.post(f"{HOME}/declare/{step}", sent)
    assert page.status_code == 422
    assert told in (page.error_for(label) or "")


def test_a_governance_lead_enters_what_the_organisation_was_offered(client: StrictClient, body: Body) -> None:
    client.as_("lea@example.nhs.uk").get(f"{HOME}/enter")
    page = client.post(f"{HOME}/enter", {"recipient_id": str(body.id), **day("declared_on", date(2026, 11, 5))})
    assert page.heading == "What was offered?"
    page = answers(
        client, f"{HOME}/enter/{body.id}", kind="sponsored_event", source="supplier", value="2000", response="passed_on"
    )
    assert page.heading == "Check your answers"
    page = client.post(page.path, {})
    assert page.heading == "Declaration entered"
    page = client.get(f"{HOME}/")
    assert "NHS Mid Marsh ICB" in page.text and "£2,000" in page.text and "No approval yet" in page.text


def test_a_governance_lead_decides_corrects_and_withdraws(client: StrictClient, body: Body) -> None:
    gift = a_gift(body, a_person("Dr Gil Other"), at=datetime(2026, 11, 1, 9, tzinfo=UTC))
    db.session.commit()
    base = f"{HOME}/{gift.id}"
    client.as_("lea@example.nhs.uk").get(base)
    sent = {"version": "1", "decision": "yes", "note": "Fine", **day("decided_on", date(2026, 11, 9))}
    page = client.post(f"{base}/decide", sent)
    assert "Approved by Lea Lead on 9 November 2026. Fine" in page.text
    page = client.post(f"{base}/decide", sent)
    assert page.status_code == 409
    page = client.get(f"{base}/correct")
    assert page.value_of("Value in pounds") == "20"
    page = client.post(f"{base}/withdraw", {"version": "2", "reason": "Entered twice"})
    assert "made by mistake" in page.text and "Entered twice" in page.text
    lead = Actor("Lea", grants=(Grant(Role.GOVERNANCE_LEAD, body.id),))
    stands = queries.visible_gift(gift.id, lead, Permission.REGISTERS_GIFT_READ, body.id, date(2026, 11, 10)).versions[
        -1
    ]
    assert (stands.number, stands.status) == (3, GiftStatus.WITHDRAWN)


def test_the_register_as_known_at_an_instant_says_a_wrong_one(client: StrictClient, body: Body) -> None:
    a_gift(body, a_person("Dr Gil Other"), at=datetime(2026, 11, 1, 9, tzinfo=UTC))
    db.session.commit()
    client.as_("lea@example.nhs.uk")
    assert "G/2026/0001" in client.get(f"{HOME}/").text
    assert "G/2026/0001" not in client.get(f"{HOME}/?known=2026-10-01T12:00").text
    page = client.get(f"{HOME}/?known=never")
    assert page.status_code == 422 and "Enter a date and time" in page.text


def test_the_same_offer_is_not_declared_twice_unseen(gp: StrictClient) -> None:
    for _ in range(2):
        page = answers(gp, f"{HOME}/declare")
        sent = gp.post(page.path, {})
    assert sent.status_code == 422
    assert "This looks the same as G/2026/0001" in sent.text
    assert gp.post(page.path, {"is_another": "y"}).heading == "Declaration sent"


def test_an_offerer_that_is_mistyped_is_kept_in_own_words_only_beside_the_names_like_it(gp: StrictClient) -> None:
    an_organisation("Medibright Ltd", OrganisationKind.COMPANY)
    db.session.commit()
    for step, sent in (("kind", {"kind": "meal"}), ("source", {"source": "supplier"})):
        gp.post(f"{HOME}/declare/{step}", sent)
    page = gp.post(f"{HOME}/declare/offeror", {"offeror-text": "Medibrite Ltd", "business": "Medicines"})
    assert page.path == f"{HOME}/declare/offeror" and "Medibright Ltd" in page.text
    kept = {"offeror-text": "Medibrite Ltd", "offeror-asked": "Medibrite Ltd", "offeror-choice": "words"}
    assert gp.post(f"{HOME}/declare/offeror", {**kept, "business": "Medicines"}).path == f"{HOME}/declare/what"


def test_the_entry_of_somebody_who_has_left_says_so_and_ones_own_opens_as_before(
    client: StrictClient, body: Body
) -> None:
    gone, here = a_person("Dr Bo Gone"), a_person("Dr Cy Here")
    an_appointment(gone, body, valid_to=date(2026, 9, 30))
    an_appointment(here, body)
    accounts.account_with(here.id, "cy@example.nhs.uk", [Role.DECLARANT], body.id)
    theirs, own = a_gift(body, gone), a_gift(body, here)
    db.session.commit()
    lead = client.as_("lea@example.nhs.uk")
    assert f"Dr Bo Gone left {body.name} on 30 September 2026" in lead.get(f"{HOME}/{theirs.id}").text
    assert f"left {body.name}" not in lead.get(f"{HOME}/{own.id}").text
    assert client.as_("cy@example.nhs.uk").get(f"{HOME}/mine/{own.id}").status_code == 200
