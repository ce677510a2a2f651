"""The procurement checklist: which questions a decision has to answer, by its day, route and provider. Pure."""

from dataclasses import dataclass
from datetime import date

from coi.registers.procurement.vocabulary import Route

SINCE_2016 = date(2016, 6, 28)
DIRECT = frozenset({Route.DIRECT_A, Route.DIRECT_C, Route.SINGLE_TENDER})
LISTED = frozenset({Route.ANY_QUALIFIED, Route.DIRECT_B})


@dataclass(frozen=True)
class Question:
    """One question of the checklist, by a code that never changes."""

    code: str
    words: str
    since: date | None = None


ALWAYS = (
    Question("outcomes", "How does it deliver outcomes and value for money, at which cost and benefit, by which priorities?"),
    Question("public", "How was the public involved?"),
    Question("professionals", "Which health professionals were involved in the design?"),
    Question("providers", "Which potential providers were involved in the design?"),
    Question("wellbeing", "How was the Health and Wellbeing Board involved, and how does it fit the joint strategy?"),
    Question("quality", "How will quality be monitored?"),
    Question("referrals", "Which data on referral patterns will be monitored and published?"),
    Question("declared", "Were all conflicts declared and entered in the registers?"),
    Question("managed", "How was each conflict managed? A short explanation of each", SINCE_2016),
    Question("route", "Why this procurement route?"),
    Question("scrutiny", "Which outside scrutiny was there?"),
    Question("integrity", "How does the final decision preserve integrity?"),
)  # fmt: skip
PRICE = Question("price", "How was a fair price determined?")
CHOICE = Question("choice", "How will patients be made aware of the range of providers?")
ONLY = Question("only", "Why can only one provider deliver it?")
BEYOND = Question("beyond", "How does it go above and beyond the GP contract?")
ASSURED = Question("assured", "What assures that the practice already delivers quality under its GP contract?")


def questions_for(decided_on: date, route: Route | None, *, is_gp_provider: bool) -> tuple[Question, ...]:
    """Returns the questions that the checklist asks of a decision. Direct awards and lists are asked about the price; a list on which
    practices may stand, about patients' choice; a direct award to practices, why only them and what for.

    Rule: PROC-02; RULEBOOK §14, §17.7."""
    found = [each for each in ALWAYS if each.since is None or each.since <= decided_on]
    if route in DIRECT | LISTED:
        found.append(PRICE)
    if route in LISTED and is_gp_provider:
        found.append(CHOICE)
    if route in DIRECT and is_gp_provider:
        found += [ONLY, BEYOND, ASSURED]
    return tuple(found)
