"""Withholding: asked for in writing, decided by the Guardian alone, field by field, and looked at again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from coi import clock
from coi.audit.queries import entries_about
from coi.database import db
from coi.errors import RuleBroken
from coi.permissions.vocabulary import Actor, Role
from coi.registers.gifts.columns import SHAPE as GIFTS
from coi.registers.interests import queries, redaction_queries
from coi.registers.interests.columns import SHAPE, WITHHOLDABLE
from coi.registers.interests.models import RedactionRequest
from coi.registers.interests.public_queries import public_rows
from coi.registers.interests.redaction import Asked, asked_for, first_ticked, held_back
from coi.registers.interests.redaction_commands import decide_fields, review_redaction
from coi.registers.interests.redaction_queries import waiting_at
from coi.registers.interests.versions import ask_for_redaction
from coi.registers.interests.vocabulary import RedactionDetails, RedactionState
from coi.registers.interests.withheld_queries import withheld_fields
from tests.factories.accounts import account_with
from tests.factories.interests import AT, an_interest, details_of
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment

FIELDS = st.frozensets(st.sampled_from(WITHHOLDABLE))
LATER = AT + timedelta(days=10)
REVIEW = date(2027, 6, 11)


def asks(interest, *fields):
    """The request about an interest, of these fields."""
    request = queries.redactions_of([interest.id])[interest.id]
    assert request.fields == list(fields)
    return request


def withheld(*fields, reason="A real risk of harm", review_on=REVIEW, advice=""):
    return RedactionDetails(frozenset(fields), reason, advice, review_on)


@pytest.fixture
def scene(app):
    body, person = a_body("NHS Mid Marsh ICB", "mid-marsh"), a_person()
    an_appointment(person, body)
    details = details_of(keep_private_because="I was threatened")
    interest = an_interest(person, replace(details, keep_private_fields=("nature", "organisation")))
    guardian = a_person("Ms Gaia Guardian")
    return body, person, interest, Actor("Gaia", person_id=guardian.id)


def values(body, at=LATER):
    (row,) = public_rows(body.id, on=date(2026, 6, 20), at=at)
    return row.values


def test_until_it_is_decided_only_the_named_fields_are_held_back(scene):
    """Rule: REG-06."""
    body, *_ = scene
    said = values(body)
    assert said["name"] == "Dr Ama Boateng" and said["type"] == "Financial"
    assert said["organisation"] is None and said["nature"] is None
    assert said["withheld"] == ("organisation", "nature")


def test_the_guardian_decides_field_by_field(scene):
    body, _, interest, guardian = scene
    request = asks(interest, "organisation", "nature")
    decide_fields(request, withheld("nature", advice="Counsel, 3 June"), actor=guardian, at=LATER)
    assert request.state is RedactionState.GRANTED
    said = values(body)
    assert said["organisation"] == ("Larkfield Surgery",) and said["nature"] is None
    (decision,) = request.decisions
    assert (decision.withheld, decision.legal_advice, decision.review_on) == (["nature"], "Counsel, 3 June", REVIEW)
    assert entries_about("redaction_decision", decision.id)[0].event == "registers:redaction:decided"


def test_what_was_known_earlier_stays_as_it_was(scene):
    body, _, interest, guardian = scene
    decide_fields(asks(interest, "organisation", "nature"), withheld(), actor=guardian, at=LATER)
    assert withheld_fields(body.id, at=LATER) == {}
    assert "nature" in withheld_fields(body.id, at=LATER - timedelta(days=1))[interest.reference]


def test_a_review_makes_the_next_decision_and_keeps_the_first(scene):
    body, _, interest, guardian = scene
    request = asks(interest, "organisation", "nature")
    decide_fields(request, withheld("nature", "organisation"), actor=guardian, at=LATER)
    assert redaction_queries.due_for_review([request], REVIEW) == [request]
    assert redaction_queries.due_for_review([request], REVIEW - timedelta(days=1)) == []
    at = LATER + timedelta(days=365)
    review_redaction(request, withheld("organisation", review_on=date(2028, 1, 1)), number=1, actor=guardian, at=at)
    assert [each.withheld for each in request.decisions] == [["nature", "organisation"], ["organisation"]]
    with pytest.raises(RuleBroken, match="Somebody decided again"):
        review_redaction(request, withheld(), number=1, actor=guardian, at=at)
    review_redaction(request, withheld(), number=2, actor=guardian, at=at)
    assert request.state is RedactionState.REFUSED
    assert withheld_fields(body.id, at=at) == {}


def test_the_guardian_of_each_body_decides_for_its_own_register(scene):
    """Rules: REG-06, REG-07; RULEBOOK §7.3: an interest is declared once for all bodies, and each holds it back until its own decides."""
    body, person, interest, guardian = scene
    other, at = a_body("NHS High Fen ICB", "high-fen"), LATER
    an_appointment(person, other)
    request = asks(interest, "organisation", "nature")
    decide_fields(request, withheld(), actor=guardian, at=at, body_id=body.id)
    assert values(body)["nature"] and values(other)["nature"] is None
    assert (waiting_at([request], body.id), waiting_at([request], other.id)) == ([], [request])
    assert request.state is RedactionState.REQUESTED, "somebody still holds it back"
    with pytest.raises(RuleBroken, match="already decided"):
        decide_fields(request, withheld("nature"), actor=guardian, at=at, body_id=body.id)
    decide_fields(request, withheld("nature"), actor=guardian, at=at, body_id=other.id)
    said = values(other)
    assert said["organisation"] == ("Larkfield Surgery",) and said["nature"] is None
    assert values(body)["nature"] and "withheld" not in (values(body)["withheld"] or ())
    assert request.state is RedactionState.GRANTED
    assert [redaction_queries.due_for_review([request], REVIEW, each.id) for each in (body, other)] == [[], [request]]
    with pytest.raises(RuleBroken, match="Nothing is withheld"):
        review_redaction(request, withheld("nature"), number=1, actor=guardian, at=at, body_id=body.id)
    with pytest.raises(RuleBroken, match="Somebody decided again"):
        review_redaction(request, withheld(), number=1, actor=guardian, at=at, body_id=other.id)
    later = at + timedelta(days=1)
    review_redaction(request, withheld(), number=2, actor=guardian, at=later, body_id=other.id)
    assert values(other, later)["nature"] and request.state is RedactionState.REFUSED
    assert values(other)["nature"] is None, "as known before"


def test_a_body_that_somebody_joins_later_holds_back_what_another_one_decided_to_publish(scene):
    body, person, interest, guardian = scene
    decide_fields(asks(interest, "organisation", "nature"), withheld(), actor=guardian, at=LATER, body_id=body.id)
    other = a_body("NHS High Fen ICB", "high-fen")
    an_appointment(person, other)
    assert (values(body)["withheld"], values(other)["withheld"]) == ((), ("organisation", "nature"))


def test_where_nobody_is_the_guardian_the_governance_lead_is_told_that_a_request_waits_and_not_whose(client, scene):
    """Rules: REG-06, REG-07: what another body's Guardian decided frees nothing here."""
    body, person, interest, guardian = scene
    other = a_body("NHS High Fen ICB", "high-fen")
    an_appointment(person, other)
    account_with(a_person("Ms Lee Lead").id, "lead@example.nhs.uk", [Role.GOVERNANCE_LEAD], other.id)
    decide_fields(asks(interest, "organisation", "nature"), withheld(), actor=guardian, at=LATER, body_id=body.id)
    db.session.commit()
    said = "1 interest is held back from the public, and nobody is the Guardian who decides"
    page = client.as_("lead@example.nhs.uk").get("/high-fen/")
    assert said in page.text and "Boateng" not in page.text and interest.reference not in page.text
    account_with(a_person("Mr Hugh Fenn").id, "fen@example.nhs.uk", [Role.GUARDIAN], other.id)
    db.session.commit()
    assert said not in client.get("/high-fen/").text


def test_what_was_decided_before_each_guardian_decided_for_their_own_register_counts_for_every_one(scene):
    body, person, interest, guardian = scene
    other = a_body("NHS High Fen ICB", "high-fen")
    an_appointment(person, other)
    decide_fields(asks(interest, "organisation", "nature"), withheld("nature"), actor=guardian, at=LATER)
    assert values(body)["nature"] is values(other)["nature"] is None
    assert values(other)["organisation"] == ("Larkfield Surgery",)


def test_a_request_waits_for_the_guardian_of_each_body_who_is_told_nothing_of_another_one(client, scene):
    body, person, interest, guardian = scene
    other = a_body("NHS High Fen ICB", "high-fen")
    an_appointment(person, other)
    account_with(person.id, "gp@example.nhs.uk", [Role.DECLARANT], body.id)
    account_with(a_person("Mr Hugh Fenn").id, "fen@example.nhs.uk", [Role.GUARDIAN], other.id)
    decide_fields(
        asks(interest, "organisation", "nature"), withheld("nature", reason="A stalker"), actor=guardian, at=LATER, body_id=body.id
    )  # fmt: skip
    db.session.commit()
    there = client.as_("fen@example.nhs.uk")
    assert "1 request not to publish an interest" in there.get("/high-fen/").text
    there.get("/high-fen/registers/interests/redactions")
    page = there.click(f"Decide about {interest.reference}")
    assert "You decide for the register of NHS High Fen ICB alone" in page.text
    assert (
        "stalker" not in page.text
        and "Mid Marsh" not in page.text
        and page.value_of("What is withheld?")
        == [
            "Declared interest",
            "Nature of interest",
        ]
    )
    assert "stalker" not in there.get(f"/high-fen/registers/interests/{interest.id}").text
    there.post(page.path, {"decision": "refused", "reason": "It is known here"})
    assert "request not to publish" not in there.get("/high-fen/").text
    own = client.as_("gp@example.nhs.uk").get(f"/mid-marsh/registers/interests/mine/{interest.id}")
    assert "NHS High Fen ICB: Published" in own.text and "Reason for the decision: A stalker" in own.text


@pytest.mark.parametrize(
    ("details", "said"),
    [
        (withheld("name"), "Select only fields that the request names"),
        (withheld("nature", reason=" "), "Enter the reason"),
        (withheld("nature", review_on=date(2026, 6, 11)), "must be in the future"),
    ],
    ids=["a field that was not asked about", "no reason", "a review today"],
)
def test_a_decision_that_cannot_be_is_refused(scene, details, said):
    _, _, interest, guardian = scene
    with pytest.raises(RuleBroken, match=said):
        decide_fields(asks(interest, "organisation", "nature"), details, actor=guardian, at=LATER)


def test_nobody_decides_about_their_own_interest(scene):
    _, person, interest, _ = scene
    with pytest.raises(RuleBroken, match="a request of your own") as broken:
        decide_fields(
            asks(interest, "organisation", "nature"), withheld(), actor=Actor("Ama", person_id=person.id), at=LATER
        )
    assert "ask the deputy Guardian" in broken.value.options


@given(first=FIELDS, second=FIELDS, kept=FIELDS)
def test_a_further_request_never_shows_more(first, second, kept):
    granted = Asked(tuple(first), RedactionState.GRANTED, tuple(kept & asked_for(first)) or tuple(asked_for(first)))
    alone = held_back([granted])
    assert alone <= held_back([granted, Asked(tuple(second), RedactionState.REQUESTED)])
    assert held_back([granted, Asked(tuple(second), RedactionState.REFUSED)]) == alone
    assert alone <= asked_for(first) <= set(SHAPE.names)


def test_of_a_whole_entry_the_form_proposes_to_leave_whose_it_is() -> None:
    assert first_ticked((), WITHHOLDABLE) == first_ticked(WITHHOLDABLE, WITHHOLDABLE)
    assert set(WITHHOLDABLE) - first_ticked((), WITHHOLDABLE) == {"name", "positions"}
    assert first_ticked(("name", "nature"), WITHHOLDABLE) == {"name", "nature"}
    assert {"name", "position"} == set(GIFTS.withholdable) - first_ticked(GIFTS.withholdable, GIFTS.withholdable)


def test_an_entry_that_is_withheld_but_for_the_name_stays_on_the_public_register(scene):
    body, _, interest, guardian = scene
    ask_for_redaction(interest, "I was threatened again", AT)
    db.session.flush()
    (request,) = [each for each in db.session.scalars(sa.select(RedactionRequest)) if not each.fields]
    assert list(public_rows(body.id, on=date(2026, 6, 20), at=LATER)) == []
    decide_fields(request, withheld(*first_ticked((), WITHHOLDABLE)), actor=guardian, at=LATER)
    said = values(body)
    assert said["name"] == "Dr Ama Boateng" and {said[name] for name in first_ticked((), WITHHOLDABLE)} == {None}


def test_the_guardian_reads_what_is_held_back_with_what_was_asked_about(client, scene):
    body, person, *_ = scene
    account_with(a_person("Ms Gus Guard").id, "guardian@example.nhs.uk", [Role.GUARDIAN], body.id)
    threatened = details_of("Quarry Bank Surgery", keep_private_because="I was threatened there")
    other = an_interest(person, replace(threatened, keep_private_fields=("organisation",)))
    db.session.commit()
    client.as_("guardian@example.nhs.uk").get("/mid-marsh/registers/interests/redactions")
    page = client.click(f"Decide about {other.reference}")
    assert "held back from the public: Declared interest and Nature of interest" in page.text
    assert "“Nature of interest” is withheld with “Declared interest”, which it often gives away" in page.text


def test_the_guardian_decides_on_the_page_and_finds_the_review_on_the_first_page(client, scene, monkeypatch):
    """Rule: REG-06."""
    body, _, interest, _ = scene
    account_with(a_person("Ms Gus Guard").id, "guardian@example.nhs.uk", [Role.GUARDIAN], body.id)
    account_with(a_person("Ms Lee Lead").id, "lead@example.nhs.uk", [Role.GOVERNANCE_LEAD], body.id)
    db.session.commit()
    monkeypatch.setattr(clock, "now", lambda: LATER)
    client.as_("guardian@example.nhs.uk").get("/mid-marsh/registers/interests/redactions")
    page = client.click(f"Decide about {interest.reference}")
    assert "held back from the public: Declared interest and Nature of interest" in page.text
    assert page.value_of("What is withheld?") == ["Declared interest", "Nature of interest"]
    url = page.path
    assert client.as_("lead@example.nhs.uk").post(url, {"decision": "refused", "reason": "None"}).status_code == 404
    page = client.as_("guardian@example.nhs.uk").post(url, {"decision": "granted", "reason": "Threats"})
    assert page.errors == ["Select what is withheld, or answer no", "Enter when you will look at it again"]
    sent = {
        "decision": "granted",
        "reason": "Threats",
        "fields": ["nature"],
        "review_on-day": "1",
        "review_on-month": "6",
        "review_on-year": "2027",
    }
    assert client.post(url, sent).notices == [f"The request about interest {interest.reference} is decided"]
    monkeypatch.setattr(clock, "now", lambda: LATER + timedelta(days=400))
    client.as_("guardian@example.nhs.uk")
    assert "1 decision not to publish to look at again" in client.get("/mid-marsh/").text
    page = client.get("/mid-marsh/registers/interests/redactions")
    assert page.table("To look at again")[0]["Withheld"] == "Nature of interest"
    assert "withheld: Nature of interest. Threats" in client.get(url).text
