"""Pure rules about gifts and hospitality: what may be accepted, what must be declined, what needs approval, what must be declared; and
whether what happened went against that. Every figure comes from the rule-set of the offer's own day."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from coi.errors import RuleBroken
from coi.guidance.vocabulary import RuleSet
from coi.registers.gifts.vocabulary import (
    FOR_A_PERSON,
    FOR_THE_BODY,
    SPONSORSHIP,
    Against,
    Answer,
    GiftDetails,
    OfferFacts,
    OfferKind,
    OfferSource,
    Response,
    Verdict,
)

_ACCEPT, _ORGANISATION, _APPROVAL, _DECLINE = Answer
_SUPPLIER = OfferSource.SUPPLIER


def judge(facts: OfferFacts, rules: RuleSet) -> Verdict:
    """Returns what the rules of a day say to an offer. Every offer has an answer. £25 and £75 are declared, £50 and £6 are not over.
    Rules: GIFT-01, GIFT-02, GIFT-03, HOSP-01, HOSP-02; RULEBOOK §8."""
    if facts.kind in SPONSORSHIP:
        verdict = Verdict(
            _APPROVAL, True, "Money for the organisation is taken only where it clearly benefits the NHS, and is always declared.",
            ("HOSP-02",),
        )  # fmt: skip
    else:
        verdict = _BY_KIND[facts.kind](facts, rules)
    if verdict.answer is _APPROVAL and facts.is_approved:
        return replace(verdict, answer=_ACCEPT, must_declare=True, reason=f"{_approved(facts)}. {verdict.reason}")
    return verdict


def _approved(facts: OfferFacts) -> str:
    return "It was approved, as the older register says" if facts.is_stated else "A senior manager approved it"


def went_against(verdict: Verdict, response: Response, *, is_refused: bool = False) -> Against:
    """Returns how what happened does not fit the rules. Declining always does. What needs an approval waits for it, and goes against the
    rules once it was refused. Rules: GIFT-01, GIFT-02, GIFT-03, HOSP-01, HOSP-02; RULEBOOK §8."""
    if response is Response.DECLINED:
        return Against()
    if verdict.answer is _DECLINE:
        return Against("It was accepted, and the rules say that it must be declined", True)
    if verdict.answer is _ORGANISATION and response is Response.KEPT:
        return Against("It was kept, and the rules allow it only for the organisation", True)
    if verdict.answer is _APPROVAL and is_refused:
        return Against("It was accepted, and a senior manager did not approve it", True)
    if verdict.answer is _APPROVAL:
        return Against("It was accepted, and no approval of a senior manager is recorded yet")
    return Against()


def adds_up(kind: OfferKind, response: Response, is_withdrawn: bool) -> bool:
    """Whether an earlier offer counts towards the sum of a source: a gift that was taken. Rule: GIFT-02."""
    return kind is OfferKind.GIFT and response is not Response.DECLINED and not is_withdrawn


def check_details(details: GiftDetails, *, today: date, is_for_body: bool) -> None:
    """Raises RuleBroken where an offer cannot be declared as it is. What went against the rules can be: what happened is recorded. One
    that was taken over need not say more than the older register did. Rules: GIFT-01, GIFT-02; RULEBOOK §17.3."""
    if details.kind not in (FOR_THE_BODY if is_for_body else FOR_A_PERSON):
        raise RuleBroken("Select what was offered", field="kind")
    for field, text, asked in (
        ("offeror", details.offeror, "Enter who offered it"),
        ("description", details.description, "Enter what was offered"),
        ("reason", details.reason, "Enter the reason"),
    ):
        if not text.strip() and not (details.is_taken_over and field == "reason"):
            raise RuleBroken(asked, field=field)
    check_dates(details.offered_on, details.received_on, details.response, today=today)


def check_decider(recipient_id: uuid.UUID | None, decider_id: uuid.UUID | None) -> None:
    """Raises RuleBroken where somebody would decide about an offer to themselves. Rules: HOSP-01, HOSP-02."""
    if recipient_id is not None and recipient_id == decider_id:
        raise RuleBroken("Somebody else has to decide on an offer to yourself", rule="HOSP-01")


def check_dates(offered_on: date, received_on: date | None, response: Response | None, *, today: date) -> None:
    """Raises RuleBroken where the days of an offer cannot be."""
    if offered_on > today:
        raise RuleBroken("The date of the offer must be today or in the past", field="offered_on")
    if received_on is None or response is Response.DECLINED:
        return
    if received_on > today:
        raise RuleBroken("The date it was received must be today or in the past", field="received_on")
    if received_on < offered_on:
        raise RuleBroken(
            "The date it was received must be the same as or after the date of the offer", field="received_on"
        )


def _gift(facts: OfferFacts, rules: RuleSet) -> Verdict:
    if facts.source is _SUPPLIER and rules.flag("gift_supplier_declined"):
        return Verdict(
            _DECLINE,
            True,
            "Gifts from suppliers and likely suppliers are declined, whatever their value.",
            ("GIFT-01",),
        )
    over, modest = rules.amount("gift_declare_over"), rules.amount("gift_modest_limit")
    if over is not None:
        return _gift_by_limit(facts, over, rules.number("gift_cumulative_months"))
    if modest is not None:
        if facts.value < modest:
            return Verdict(_ACCEPT, False, f"A modest gift under {_pounds(modest)} need not be declared.", ("GIFT-02",))
        return Verdict(
            _DECLINE, True, f"Only modest gifts under {_pounds(modest)} could be accepted then.", ("GIFT-02",)
        )
    return _no_limit("GIFT-02")


def _gift_by_limit(facts: OfferFacts, over: Decimal, months: int | None) -> Verdict:
    if facts.value > over:
        return Verdict(_ORGANISATION, True, f"It is worth more than {_pounds(over)}.", ("GIFT-02",))
    together = facts.value + facts.earlier
    if facts.earlier and together > over:
        since = f" in {months} months" if months else ""
        return Verdict(
            _ORGANISATION, True, f"With earlier gifts from the same source{since} it comes to {_pounds(together)}, over {_pounds(over)}.",
            ("GIFT-02",),
        )  # fmt: skip
    return Verdict(
        _ACCEPT, False, f"It is worth {_pounds(over)} or less and does not come from a supplier.", ("GIFT-02",)
    )


def _promotional(facts: OfferFacts, rules: RuleSet) -> Verdict:
    if facts.source is not _SUPPLIER:
        return _gift(facts, rules)
    limit, modest = rules.amount("gift_promotional_limit"), rules.amount("gift_modest_limit")
    if limit is not None and facts.value <= limit:
        return Verdict(_ACCEPT, False, f"A promotional item worth {_pounds(limit)} or less may be kept.", ("GIFT-01",))
    if limit is None and modest is not None and facts.value < modest:
        return Verdict(_ACCEPT, False, f"A promotional item under {_pounds(modest)} could be kept then.", ("GIFT-01",))
    return _gift(facts, rules)


def _cash(_facts: OfferFacts, rules: RuleSet) -> Verdict:
    return Verdict(
        _DECLINE, rules.flag("gift_cash_declared"), "Cash, vouchers and tokens are always declined. The offer is declared.", ("GIFT-03",)
    )  # fmt: skip


def _meal(facts: OfferFacts, rules: RuleSet) -> Verdict:
    over, since = rules.amount("hospitality_refuse_over"), rules.amount("hospitality_declare_from")
    if over is not None and facts.value > over:
        return Verdict(
            _APPROVAL,
            True,
            f"It is worth more than {_pounds(over)} a head. It needs an exceptional reason, which is recorded.",
            ("HOSP-01",),
        )
    if facts.source is _SUPPLIER:
        if rules.flag("hospitality_supplier_senior_approval"):
            return _supplier_hospitality()
        if rules.flag("gifts_register_required"):
            return Verdict(_ACCEPT, True, "It is modest. Hospitality from a supplier is declared.", ("HOSP-01",))
    if since is not None and facts.value >= since:
        return Verdict(_ACCEPT, True, f"It is worth {_pounds(since)} or more.", ("HOSP-01",))
    return Verdict(_ACCEPT, False, "It is modest.", ("HOSP-01",)) if over is not None else _no_limit("HOSP-01")


def _travel(facts: OfferFacts, rules: RuleSet) -> Verdict:
    if facts.is_beyond_modest and rules.flag("travel_beyond_modest_refused"):
        return Verdict(
            _APPROVAL, True, "It is more than modest: it needs an exceptional reason, which is recorded.", ("HOSP-01",)
        )
    if facts.source is _SUPPLIER and rules.flag("hospitality_supplier_senior_approval"):
        return _supplier_hospitality()
    if rules.flag("travel_declared") or (facts.source is _SUPPLIER and rules.flag("gifts_register_required")):
        return Verdict(_ACCEPT, True, "It is modest. Travel and accommodation are declared.", ("HOSP-01",))
    return _no_limit("HOSP-01")


def _supplier_hospitality() -> Verdict:
    return Verdict(
        _APPROVAL,
        True,
        "Hospitality from a supplier needs the approval of a senior manager first, and is always declared.",
        ("HOSP-02",),
    )


def _no_limit(rule_id: str) -> Verdict:
    return Verdict(_ACCEPT, False, "The rules of that day set no limit. If in doubt, it is declared.", (rule_id,))


def _pounds(value: Decimal) -> str:
    return f"£{value:,.0f}" if value == int(value) else f"£{value:,.2f}"


_BY_KIND: dict[OfferKind, Callable[[OfferFacts, RuleSet], Verdict]] = {
    OfferKind.GIFT: _gift,
    OfferKind.CASH: _cash,
    OfferKind.PROMOTIONAL: _promotional,
    OfferKind.MEAL: _meal,
    OfferKind.TRAVEL: _travel,
}
