"""Declaring, correcting, deciding about and withdrawing offers; what the register, the public and screening read of them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from coi.database import db
from coi.errors import EditConflict, RuleBroken
from coi.organisations.models import Body
from coi.organisations.policy_commands import set_policy
from coi.organisations.policy_queries import rulebook_of
from coi.organisations.vocabulary import PolicyDetails
from coi.people.models import Person
from coi.permissions.vocabulary import Actor, Grant, Role
from coi.registers.gifts import commands, queries
from coi.registers.gifts.columns import PATIENT, SHAPE
from coi.registers.gifts.models import Gift
from coi.registers.gifts.presenting import own_rows, shown_gift
from coi.registers.gifts.public_queries import public_rows, withheld_fields
from coi.registers.gifts.register_queries import Asked, Showing, gifts_page, to_approve
from coi.registers.gifts.vocabulary import (
    Against,
    Answer,
    ApprovalDetails,
    GiftStatus,
    OfferKind,
    OfferSource,
    Response,
)
from tests.factories.gifts import AT, SYSTEM, a_gift, gift_details
from tests.factories.organisations import a_body, an_organisation
from tests.factories.people import a_person, an_appointment

NOW = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 10)
DINNER = {
    "kind": OfferKind.MEAL,
    "source": OfferSource.SUPPLIER,
    "offeror": "Medibright Ltd",
    "description": "Dinner",
    "value": Decimal(60),
}


@pytest.fixture
def person(body: Body) -> Person:
    found = a_person("Dr Ama Boateng")
    an_appointment(found, body, "GP member")
    return found


def reader(body: Body, role: Role = Role.GOVERNANCE_LEAD, person: Person | None = None) -> Actor:
    return Actor("Lea Lead", person_id=person.id if person else None, grants=(Grant(role, body.id),))


def page(body: Body, **asked: object) -> list[str]:
    rows = gifts_page(Asked(body.id, reader(body), **{"instant": NOW, **asked})).rows  # type: ignore[arg-type]
    return [row.reference for row in rows]


def test_an_offer_gets_a_reference_and_is_on_the_register_at_once(body: Body, person: Person) -> None:
    first, second = a_gift(body, person), a_gift(body, person, offered_on=date(2026, 5, 9), received_on=None)
    assert (first.reference, second.reference) == ("G/2026/0001", "G/2026/0002")
    assert page(body) == ["G/2026/0002", "G/2026/0001"]
    assert page(body, instant=AT - timedelta(minutes=1)) == []
    assert first.versions[0].on_behalf


def test_what_must_be_declined_and_was_kept_is_recorded_and_marked(body: Body, person: Person) -> None:
    """Rule: GIFT-03."""
    gift = a_gift(body, person, kind=OfferKind.CASH, description="£500 in an envelope", value=Decimal(500))
    shown = shown_gift(gift, NOW)
    assert shown.verdict is not None and shown.verdict.answer is Answer.MUST_DECLINE
    assert "must be declined" in shown.row.against.words


def test_gifts_of_one_source_add_up_over_twelve_months_for_each_person(body: Body, person: Person) -> None:
    other = a_person("Mr Bo Else")
    a_gift(
        body, person, value=Decimal(40), offered_on=date(2025, 5, 8), received_on=None
    )  # a year to the day: not counted
    a_gift(body, person, value=Decimal(31), offered_on=date(2025, 5, 9), received_on=None)
    a_gift(body, other, value=Decimal(50), offered_on=date(2026, 5, 1), received_on=None)
    a_gift(body, person, value=Decimal(45), response=Response.DECLINED)
    a_gift(body, person, value=Decimal(45), offeror="Another family")
    gift = a_gift(body, person, value=Decimal(20))
    shown = shown_gift(gift, NOW)
    assert shown.verdict is not None and shown.verdict.answer is Answer.ORGANISATION_ONLY
    assert "£51" in shown.verdict.reason
    assert "only for the organisation" in shown.row.against.words
    under = a_gift(body, other, value=Decimal(1), offeror="Nobody before")
    assert shown_gift(under, NOW).row.against == Against()


def test_of_two_gifts_on_one_day_only_the_later_entry_is_over(body: Body, person: Person) -> None:
    first, second = a_gift(body, person, value=Decimal(30)), a_gift(body, person, value=Decimal(30))
    assert shown_gift(first, NOW).row.against == Against()
    assert shown_gift(second, NOW).row.against


def test_an_organisation_is_one_source_however_it_was_written(body: Body, person: Person) -> None:
    firm = an_organisation("Hollow Hill Books Ltd")
    a_gift(body, person, source=OfferSource.OTHER, offeror="Hollow Hill", offeror_id=firm.id, value=Decimal(40))
    gift = a_gift(body, person, source=OfferSource.OTHER, offeror="HH Books", offeror_id=firm.id, value=Decimal(40))
    shown = shown_gift(gift, NOW, Gift.body_id == body.id)
    assert [each.reference for each in shown.earlier] == ["G/2026/0001"]
    assert shown_gift(gift, NOW).earlier == ()
    assert shown.verdict is not None and shown.verdict.answer is Answer.ORGANISATION_ONLY


def test_the_stricter_policy_of_the_body_counts_from_its_day(body: Body, person: Person) -> None:
    policy = PolicyDetails("gift_declare_over", Decimal(15), date(2026, 5, 8), "Policy 7", "Adopted then")
    set_policy(body, policy, version=0, actor=SYSTEM, at=AT)
    before = a_gift(body, person, offered_on=date(2026, 5, 7), offeror="One family")
    after = a_gift(body, person, offeror="Another family")
    assert shown_gift(before, NOW).row.against == Against()
    assert shown_gift(after, NOW).row.against


def test_hospitality_of_a_supplier_waits_for_a_senior_manager_who_is_not_the_recipient(
    body: Body, person: Person
) -> None:
    """Rule: HOSP-02."""
    gift = a_gift(body, person, **DINNER)
    assert "no approval of a senior manager" in shown_gift(gift, NOW).row.against.words
    assert [row.reference for row in to_approve(reader(body), body.id, NOW)] == [gift.reference]
    assert to_approve(reader(body, person=person), body.id, NOW) == []
    approval = ApprovalDetails(True, TODAY, "Useful for the service")
    with pytest.raises(RuleBroken, match="Somebody else"):
        commands.decide_gift(gift, approval, version=1, actor=reader(body, person=person), at=NOW)
    manager = a_person("Ms Meg Manager")
    commands.decide_gift(gift, approval, version=1, actor=reader(body, person=manager), at=NOW)
    shown = shown_gift(gift, NOW)
    assert (
        shown.row.against == Against()
        and shown.decision == "Approved by Ms Meg Manager on 10 November 2026. Useful for the service"
    )
    assert to_approve(reader(body), body.id, NOW) == []


def test_a_correction_keeps_what_stood_and_an_approval_falls_with_what_it_rested_on(body: Body, person: Person) -> None:
    gift = a_gift(body, person, **DINNER)
    commands.decide_gift(gift, ApprovalDetails(True, TODAY, "Yes"), version=1, actor=reader(body), at=NOW)
    later = NOW + timedelta(minutes=5)
    details = gift_details(**DINNER | {"comments": "They sat at one table"})
    commands.correct_gift(gift, details, version=2, note="More is known", actor=SYSTEM, at=later)
    assert gift.versions[-1].status is GiftStatus.APPROVED
    details = gift_details(**DINNER | {"description": "A hamper"})
    commands.correct_gift(gift, details, version=3, note="The bill came", actor=SYSTEM, at=later)
    assert gift.versions[-1].status is GiftStatus.RECORDED
    assert shown_gift(gift, NOW).lines["Value"] == "about £60"
    with pytest.raises(RuleBroken, match="Nothing has changed"):
        commands.correct_gift(gift, details, version=4, note="", actor=SYSTEM, at=later)
    with pytest.raises(EditConflict):
        commands.correct_gift(gift, gift_details(), version=3, note="", actor=SYSTEM, at=later)


def test_a_withdrawn_entry_stays_marked_counts_for_nothing_and_leaves_the_public(body: Body, person: Person) -> None:
    gift = a_gift(body, person, value=Decimal(45))
    commands.withdraw_gift(gift, "Entered twice", version=1, actor=SYSTEM, at=NOW)
    assert page(body) == [gift.reference] == page(body, showing=Showing.WITHDRAWN)
    assert shown_gift(a_gift(body, person, value=Decimal(45)), NOW).row.against == Against()
    references = [row.key for row in public_rows(body.id, on=date(2026, 6, 1), at=NOW)]
    assert references == ["G/2026/0002"]
    assert withheld_fields(body.id, at=NOW) == {gift.reference: frozenset(SHAPE.names)}
    assert withheld_fields(body.id, at=AT) == {}
    with pytest.raises(RuleBroken, match="was withdrawn"):
        commands.decide_gift(gift, ApprovalDetails(True, TODAY, "Yes"), version=2, actor=SYSTEM, at=NOW)


def test_nobody_withdraws_an_offer_to_themselves(body: Body, person: Person) -> None:
    gift = a_gift(body, person)
    recipient = Actor("Recipient", person_id=person.id, grants=(Grant(Role.SECRETARY, body.id),))
    with pytest.raises(RuleBroken, match="somebody else"):
        commands.withdraw_gift(gift, "A slip", version=1, actor=recipient, at=NOW)


def test_a_refusal_stands_until_somebody_decides_again_whatever_is_corrected(body: Body, person: Person) -> None:
    gift = a_gift(body, person, **DINNER)
    commands.decide_gift(gift, ApprovalDetails(False, TODAY, "Too much"), version=1, actor=reader(body), at=NOW)
    later = NOW + timedelta(minutes=5)
    commands.correct_gift(
        gift, gift_details(**DINNER | {"value": Decimal(59)}), version=2, note="A penny", actor=SYSTEM, at=later
    )
    assert gift.versions[-1].status is GiftStatus.NOT_APPROVED


def test_the_organisation_has_sponsorship_of_its_own_on_the_register(body: Body, person: Person) -> None:
    gift = a_gift(
        body, None, kind=OfferKind.SPONSORED_EVENT, source=OfferSource.SUPPLIER, offeror="Medibright Ltd", value=Decimal(2000),
        response=Response.PASSED_ON,
    )  # fmt: skip
    assert page(body, showing=Showing.THE_BODY) == [gift.reference]
    assert shown_gift(gift, NOW).row.recipient == body.name
    with pytest.raises(RuleBroken, match="Select what was offered"):
        a_gift(body, person, kind=OfferKind.SPONSORED_EVENT)
    (row,) = public_rows(body.id, on=date(2026, 6, 1), at=NOW)
    assert (row.values["name"], row.values["value"], row.values["person_id"]) == (body.name, Decimal(2000), None)


def test_the_register_is_filtered_by_words_and_by_what_happened(body: Body, person: Person) -> None:
    kept = a_gift(body, person)
    dinner = a_gift(body, person, **DINNER | {"response": Response.DECLINED})
    assert page(body, find="medibright") == [dinner.reference]
    assert page(body, find="boateng chocolates") == [kept.reference]
    assert page(body, find="nothing like it") == []
    assert page(body, showing=Showing.DECLINED) == [dinner.reference]
    assert page(body, showing=Showing.ACCEPTED) == [kept.reference]
    assert page(body, find=kept.reference) == [kept.reference]


def test_another_body_has_a_register_of_its_own(body: Body, person: Person) -> None:
    a_gift(body, person)
    assert page(a_body("NHS Far Fell ICB", "far-fell")) == []


def test_a_patient_is_never_named_in_public(body: Body, person: Person) -> None:
    a_gift(body, person)
    (row,) = public_rows(body.id, on=date(2026, 6, 1), at=NOW)
    assert row.values["offeror"] == (PATIENT,)
    assert "Family of J" not in str(row.values)
    assert tuple(row.values) == SHAPE.names or set(row.values) == set(SHAPE.names)


def test_an_entry_is_public_for_its_months_and_then_leaves(body: Body, person: Person) -> None:
    a_gift(body, person)
    last = date(2026, 11, 10)  # six months after it was declared on 10 May
    assert len(list(public_rows(body.id, on=last, at=NOW))) == 1
    assert list(public_rows(body.id, on=last + timedelta(days=1), at=NOW)) == []


def test_offers_of_a_supplier_can_be_asked_for_by_screening(body: Body, person: Person) -> None:
    firm = an_organisation("Medibright Ltd")
    inside = a_gift(body, person, **DINNER | {"offeror_id": firm.id, "response": Response.DECLINED})
    a_gift(body, person, **DINNER | {"offeror_id": firm.id, "offered_on": date(2025, 1, 1), "received_on": None})
    found = queries.offers_of_organisations(
        body.id, [firm.id], since=date(2025, 5, 10), until=date(2026, 5, 10), instant=NOW
    )
    assert [each.gift_id for each in found] == [inside.id]


def test_an_offer_that_has_to_be_declared_and_was_declared_late_says_so(body: Body, person: Person) -> None:
    late = a_gift(body, person, **DINNER | {"offered_on": date(2026, 4, 1), "received_on": None})
    small = a_gift(body, person, offered_on=date(2026, 4, 1), received_on=None)
    assert shown_gift(late, NOW).row.late == "Declared 11 days late"
    assert shown_gift(small, NOW).row.late == ""


def test_a_page_takes_a_constant_number_of_queries(body: Body, person: Person) -> None:
    a_gift(body, person)
    db.session.commit()
    rulebook = rulebook_of(body)
    versions = queries.own_gifts(person.id, NOW)
    assert len(queries.verdicts_of(versions, rulebook, NOW)) == 1


def test_a_paper_cannot_be_older_than_the_offer(body: Body, person: Person) -> None:
    with pytest.raises(RuleBroken) as refused:
        commands.declare_gift(body, person, gift_details(), actor=SYSTEM, at=NOW, declared_on=date(2026, 5, 7))
    assert refused.value.field == "declared_on"


def test_what_was_declared_to_two_bodies_is_judged_by_the_rules_of_each(body: Body, person: Person) -> None:
    strict = a_body("NHS Far Fell ICB", "far-fell")
    policy = PolicyDetails("gift_declare_over", Decimal(15), date(2026, 5, 1), "Policy 7", "Adopted then")
    set_policy(strict, policy, version=0, actor=SYSTEM, at=AT)
    here, there = a_gift(body, person), a_gift(strict, person, offeror="Another family")
    rows = {row.reference: bool(row.against) for row in own_rows(queries.own_gifts(person.id, NOW), NOW)}
    assert rows == {here.reference: False, there.reference: True}
