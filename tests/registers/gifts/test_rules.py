"""The decision table of gifts and hospitality, boundary by boundary, by the rules of each day."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.errors import RuleBroken
from coi.guidance.rulesets import effective, in_force_on
from coi.guidance.vocabulary import BodyType, PolicyFigure, Rulebook
from coi.registers.gifts.rules import adds_up, check_dates, check_details, judge, went_against
from coi.registers.gifts.vocabulary import (
    STRICTNESS,
    Against,
    Answer,
    GiftDetails,
    OfferFacts,
    OfferKind,
    OfferSource,
    Response,
    Verdict,
)

BEFORE, OLD, GAP, NEW = date(2015, 1, 1), date(2016, 12, 1), date(2017, 6, 5), date(2026, 11, 22)
S, P, X = OfferSource.SUPPLIER, OfferSource.PATIENT, OfferSource.OTHER
K = OfferKind
ACCEPT, ORGANISATION, APPROVAL, DECLINE = Answer


def verdict(kind: OfferKind, source: OfferSource, value: str, on: date = NEW, **others: object) -> Verdict:
    return judge(OfferFacts(kind, source, Decimal(value), **others), in_force_on(on))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "source", "value", "answer", "declared"),
    [
        (K.CASH, P, "0.01", DECLINE, True),
        (K.CASH, S, "500", DECLINE, True),
        (K.PROMOTIONAL, S, "6", ACCEPT, False),
        (K.PROMOTIONAL, S, "6.01", DECLINE, True),
        (K.PROMOTIONAL, X, "6.01", ACCEPT, False),
        (K.GIFT, S, "0.01", DECLINE, True),
        (K.GIFT, P, "49.99", ACCEPT, False),
        (K.GIFT, P, "50", ACCEPT, False),
        (K.GIFT, P, "50.01", ORGANISATION, True),
        (K.GIFT, X, "5000", ORGANISATION, True),
        (K.MEAL, X, "24.99", ACCEPT, False),
        (K.MEAL, X, "25", ACCEPT, True),
        (K.MEAL, P, "75", ACCEPT, True),
        (K.MEAL, X, "75.01", APPROVAL, True),
        (K.MEAL, S, "1", APPROVAL, True),
        (K.MEAL, S, "75.01", APPROVAL, True),
        (K.TRAVEL, X, "10", ACCEPT, True),
        (K.TRAVEL, S, "10", APPROVAL, True),
        (K.SPONSORED_EVENT, S, "2000", APPROVAL, True),
        (K.DONATION, X, "1", APPROVAL, True),
    ],
)
def test_the_table_of_2017(kind: OfferKind, source: OfferSource, value: str, answer: Answer, declared: bool) -> None:
    """Rules: GIFT-03, HOSP-02."""
    found = verdict(kind, source, value)
    assert (found.answer, found.must_declare) == (answer, declared), found.reason
    assert found.reason.endswith(".") and found.rule_ids


@pytest.mark.parametrize(
    ("kind", "source", "value", "answer", "declared"),
    [
        (K.CASH, P, "5", DECLINE, True),
        (K.GIFT, S, "1", DECLINE, True),
        (K.PROMOTIONAL, S, "9.99", ACCEPT, False),
        (K.PROMOTIONAL, S, "10", DECLINE, True),
        (K.GIFT, P, "9.99", ACCEPT, False),
        (K.GIFT, P, "10", DECLINE, True),
        (K.MEAL, X, "25", ACCEPT, False),
        (K.MEAL, X, "25.01", APPROVAL, True),
        (K.MEAL, S, "20", ACCEPT, True),
    ],
)
def test_the_table_of_2016(kind: OfferKind, source: OfferSource, value: str, answer: Answer, declared: bool) -> None:
    found = verdict(kind, source, value, OLD)
    assert (found.answer, found.must_declare) == (answer, declared), found.reason


def test_the_figures_of_2017_count_from_the_first_of_june() -> None:
    assert verdict(K.GIFT, P, "40", date(2017, 5, 31)).answer is DECLINE
    assert verdict(K.GIFT, P, "40", date(2017, 6, 1)).answer is ACCEPT
    assert verdict(K.MEAL, X, "50", GAP) == verdict(K.MEAL, X, "50", NEW)


def test_before_there_was_a_register_only_cash_had_a_rule() -> None:
    """Rule: GIFT-03."""
    assert verdict(K.CASH, P, "5", BEFORE).answer is DECLINE
    for kind in (K.GIFT, K.PROMOTIONAL, K.MEAL, K.TRAVEL):
        assert verdict(kind, S, "1000", BEFORE, is_beyond_modest=True).answer is ACCEPT


def test_travel_that_is_more_than_modest_is_refused_unless_it_is_approved() -> None:
    for on in (OLD, NEW):
        assert verdict(K.TRAVEL, X, "300", on, is_beyond_modest=True).answer is APPROVAL
        approved = verdict(K.TRAVEL, X, "300", on, is_beyond_modest=True, is_approved=True)
        assert (approved.answer, approved.must_declare) == (ACCEPT, True)
        assert approved.reason.startswith("A senior manager approved it.")


def test_gifts_from_one_source_are_added_up() -> None:
    assert verdict(K.GIFT, P, "20", earlier=Decimal(30)).answer is ACCEPT
    over = verdict(K.GIFT, P, "20", earlier=Decimal("30.01"))
    assert (over.answer, over.must_declare) == (ORGANISATION, True)
    assert "£50.01" in over.reason and "12 months" in over.reason


def test_a_stricter_policy_of_the_body_counts() -> None:
    rules = effective(Rulebook(BodyType.ICB, (PolicyFigure("gift_declare_over", Decimal(25), date(2026, 1, 1)),)), NEW)
    assert judge(OfferFacts(K.GIFT, P, Decimal("25.01")), rules).answer is ORGANISATION


facts = st.builds(
    OfferFacts, st.sampled_from(K), st.sampled_from(OfferSource), st.decimals(0, 500, places=2), st.booleans(), st.booleans(),
    st.decimals(0, 200, places=2),
)  # fmt: skip
days = st.dates(min_value=date(2013, 4, 1), max_value=date(2030, 1, 1))


def strictness(found: Verdict) -> int:
    return STRICTNESS.index(found.answer)


@given(facts, days)
def test_every_offer_has_an_answer_and_what_may_not_be_kept_is_declared(offer: OfferFacts, on: date) -> None:
    found = judge(offer, in_force_on(on))
    assert found.reason and found.rule_ids
    assert found.must_declare or found.answer is ACCEPT


@given(facts, days, st.decimals(0, 500, places=2))
def test_a_dearer_offer_is_never_freer(offer: OfferFacts, on: date, more: Decimal) -> None:
    rules = in_force_on(on)
    dearer = OfferFacts(
        offer.kind, offer.source, offer.value + more, offer.is_beyond_modest, offer.is_approved, offer.earlier
    )
    assert strictness(judge(dearer, rules)) >= strictness(judge(offer, rules))
    assert judge(dearer, rules).must_declare or not judge(offer, rules).must_declare


@given(facts, days, st.decimals(0, 500, places=2))
def test_more_from_the_same_source_is_never_freer(offer: OfferFacts, on: date, more: Decimal) -> None:
    rules = in_force_on(on)
    further = OfferFacts(
        offer.kind, offer.source, offer.value, offer.is_beyond_modest, offer.is_approved, offer.earlier + more
    )
    assert strictness(judge(further, rules)) >= strictness(judge(offer, rules))


@given(facts, days)
def test_approval_never_makes_it_stricter_and_never_hides_it(offer: OfferFacts, on: date) -> None:
    rules = in_force_on(on)
    asked = OfferFacts(offer.kind, offer.source, offer.value, offer.is_beyond_modest, False, offer.earlier)
    given_ = OfferFacts(offer.kind, offer.source, offer.value, offer.is_beyond_modest, True, offer.earlier)
    assert strictness(judge(given_, rules)) <= strictness(judge(asked, rules))
    assert judge(given_, rules).must_declare == judge(asked, rules).must_declare


@given(facts, days, st.integers(0, 80))
def test_a_body_with_a_stricter_policy_is_never_freer(offer: OfferFacts, on: date, figure: int) -> None:
    names = ("gift_declare_over", "gift_promotional_limit", "hospitality_declare_from", "hospitality_refuse_over")
    policy = tuple(PolicyFigure(name, Decimal(figure), date(2013, 4, 1)) for name in names)
    if in_force_on(on)["gift_declare_over"].value is None:
        return
    own = judge(offer, effective(Rulebook(BodyType.ICB, policy), on))
    assert strictness(own) >= strictness(judge(offer, in_force_on(on)))


@given(facts, days)
def test_declining_never_goes_against_the_rules(offer: OfferFacts, on: date) -> None:
    assert went_against(judge(offer, in_force_on(on)), Response.DECLINED) == Against()


@pytest.mark.parametrize(
    ("answer", "response", "told"),
    [
        (ACCEPT, Response.KEPT, ""),
        (ORGANISATION, Response.PASSED_ON, ""),
        (ORGANISATION, Response.KEPT, "only for the organisation"),
        (APPROVAL, Response.KEPT, "no approval of a senior manager"),
        (DECLINE, Response.KEPT, "must be declined"),
        (DECLINE, Response.PASSED_ON, "must be declined"),
    ],
)
def test_what_happened_regardless_is_said_in_words(answer: Answer, response: Response, told: str) -> None:
    found = went_against(Verdict(answer, True, "Because.", ("GIFT-01",)), response)
    assert told in found.words
    assert bool(found) == bool(told)
    assert found.is_possible_breach == (bool(told) and answer is not APPROVAL)


def test_what_a_senior_manager_refused_is_a_possible_breach() -> None:
    found = went_against(Verdict(APPROVAL, True, "Because.", ("HOSP-01",)), Response.KEPT, is_refused=True)
    assert found.is_possible_breach and "did not approve" in found.words


def test_only_gifts_that_were_taken_add_up() -> None:
    assert adds_up(K.GIFT, Response.KEPT, False) and adds_up(K.GIFT, Response.PASSED_ON, False)
    assert not adds_up(K.GIFT, Response.DECLINED, False)
    assert not adds_up(K.GIFT, Response.KEPT, True)
    assert not adds_up(K.MEAL, Response.KEPT, False)


def details(**changes: object) -> GiftDetails:
    given_: dict[str, object] = {
        "kind": K.GIFT, "source": P, "offeror": "A family", "description": "Flowers", "value": Decimal(20), "is_estimate": True,
        "offered_on": date(2026, 11, 1), "response": Response.KEPT, "reason": "Thanks for care", "received_on": date(2026, 11, 1),
    }  # fmt: skip
    return GiftDetails(**{**given_, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"offeror": " "}, "offeror"),
        ({"description": ""}, "description"),
        ({"reason": ""}, "reason"),
        ({"kind": K.DONATION}, "kind"),
        ({"offered_on": date(2026, 11, 23)}, "offered_on"),
        ({"received_on": date(2026, 10, 31)}, "received_on"),
        ({"received_on": date(2026, 11, 23)}, "received_on"),
    ],
)
def test_what_cannot_be_declared_is_refused_beside_its_field(changes: dict[str, object], field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_details(details(**changes), today=NEW, is_for_body=False)
    assert refused.value.field == field


def test_what_the_rules_forbid_can_be_declared_all_the_same() -> None:
    check_details(details(kind=K.CASH, value=Decimal(500), response=Response.KEPT), today=NEW, is_for_body=False)
    check_details(details(kind=K.DONATION), today=NEW, is_for_body=True)
    check_dates(NEW, None, Response.DECLINED, today=NEW)
