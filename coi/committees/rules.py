"""Pure rules about committees: what may be established, adopted and filled, and which roles a seat brings. The quorum stands in
quorum.py."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from coi.committees import presets
from coi.committees.details import CLASS_NAMES, CommitteeDetails, MemberDetails, SeatGroup, TermsDetails
from coi.committees.expression import Rule
from coi.committees.quorum import parse, parse_settings
from coi.committees.vocabulary import CommissioningModel, MemberClass, Office, QuorumSettings
from coi.errors import BadInput, RuleBroken
from coi.guidance.function_vocabulary import Say
from coi.guidance.functions import FUNCTIONS, may_decide
from coi.organisations.naming import folded
from coi.permissions.vocabulary import Role

EARLIEST = date(1948, 7, 5)  # the NHS began
MOST_SEATS = 50
_PREFIX = re.compile(r"[A-Z][A-Z0-9-]{1,15}")
_SINGLE_OFFICES = {Office.CHAIR: "chair", Office.CONVENING_CHAIR: "convening chair"}
_LAY = {MemberClass.LAY, MemberClass.NON_EXECUTIVE}
_PRESIDING = {Office.CHAIR, Office.VICE_CHAIR, Office.CONVENING_CHAIR}


@dataclass(frozen=True)
class HeldSeat:
    """A seat that somebody holds or held, as far as a new one may clash with it."""

    person: str
    name: str
    office: Office | None
    valid_from: date
    valid_to: date | None

    def meets(self, details: MemberDetails) -> bool:
        """Whether it is held on one of the days of a new seat."""
        starts = details.valid_to is None or self.valid_from <= details.valid_to
        return starts and (self.valid_to is None or details.valid_from <= self.valid_to)


def check_committee(details: CommitteeDetails) -> None:
    """Raises RuleBroken where a committee cannot be established as it was entered."""
    if not folded(details.name):
        raise RuleBroken("Enter the name of the committee", field="name")
    if not _PREFIX.fullmatch(details.prefix):
        raise RuleBroken("Enter 2 to 16 capital letters and numbers, like PCCC", field="prefix")
    if details.established_on < EARLIEST:
        raise RuleBroken("The date must be after the NHS began on 5 July 1948", field="established_on")


def check_terms(details: TermsDetails, established_on: date) -> None:
    """Raises RuleBroken where a version of the terms cannot be adopted: before the committee, without voting seats, or with a
    function in which it can have no part. Rule: PCCC-05; RULEBOOK §13."""
    if details.valid_from < established_on:
        raise RuleBroken("The terms must start on or after the day the committee was established", field="valid_from")
    check_composition(details.composition)
    for code in details.functions:
        if code not in FUNCTIONS:
            raise RuleBroken("Select functions from the list", field="functions")
        verdict = may_decide(code, details.model, details.valid_from)
        if verdict.say is Say.NO_PART:
            raise RuleBroken(verdict.reason, field="functions", rule=verdict.rule_id)


def check_composition(composition: Iterable[SeatGroup]) -> None:
    """Raises RuleBroken where a composition has no voting seat, or more than anybody could fill."""
    groups = list(composition)
    if established_voting(groups) < 1:
        raise RuleBroken("Enter at least one voting seat", field="composition")
    for group in groups:
        if not 0 <= group.seats <= MOST_SEATS:
            raise RuleBroken(
                f"{CLASS_NAMES[group.member_class]}: enter a number from 0 to {MOST_SEATS}", field="composition"
            )


def established_voting(composition: Iterable[SeatGroup]) -> int:
    """Returns how many voting seats a composition establishes, filled or not."""
    return sum(group.seats for group in composition if group.voting)


def quorum_from(details: TermsDetails) -> tuple[Rule, QuorumSettings]:
    """Returns the quorum rule and its settings of terms as entered. Raises RuleBroken with the field that is wrong: `expression`,
    `settings`, `preset`, or a figure of the preset."""
    if not details.expression:
        rule, settings = presets.build(details.preset, details.figures)
        return rule, replace(settings, count_deputies=details.deputies_allowed)
    try:
        rule = parse(_json(details.expression, "expression"))
    except BadInput as bad:
        raise RuleBroken(f"The rule cannot be read. {bad.reason}", field="expression") from bad
    try:
        usual = {"count_deputies": details.deputies_allowed}
        return rule, parse_settings(_json(details.settings, "settings") if details.settings else usual)
    except BadInput as bad:
        raise RuleBroken(f"The settings cannot be read. {bad.reason}", field="settings") from bad


def _json(text: str, field: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        where = (
            f"line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else "its nesting"
        )
        raise RuleBroken(f"This is not JSON. Look at {where}", field=field) from error


def check_member(details: MemberDetails, held: Iterable[HeldSeat], since: date, until: date | None) -> None:
    """Raises RuleBroken where a seat cannot be filled: dates outside the committee's life, a person who has a seat on it already,
    a second chair. Rule: QUO-02 (nobody counts in two capacities); RULEBOOK §12.1."""
    if details.valid_from < since:
        raise RuleBroken("The first day must be on or after the day the committee was established", field="valid_from")
    if details.valid_to is not None and details.valid_to < details.valid_from:
        raise RuleBroken("The last day must be the same as or after the first day", field="valid_to")
    if until is not None and details.valid_from > until:
        raise RuleBroken("The committee had ended by then. Enter an earlier day", field="valid_from")
    for seat in held:
        if not seat.meets(details):
            continue
        if seat.person == str(details.person_id):
            raise RuleBroken(
                f"{seat.name} has a seat on these days. End that one first", field="person_id", rule="QUO-02"
            )
        if details.office in _SINGLE_OFFICES and seat.office is details.office:
            office = _SINGLE_OFFICES[details.office]
            raise RuleBroken(f"{seat.name} is {office} on these days. End that first", field="office")


def roles_for(member_class: MemberClass, office: Office | None) -> tuple[Role, ...]:
    """Returns the roles that a seat brings. Whoever may have to preside can rule on conflicts (RULEBOOK §10.5); lay members and
    non-executives can see what scrutiny needs."""
    presides = (Role.CHAIR,) if office in _PRESIDING else ()
    return (*presides, Role.LAY_MEMBER if member_class in _LAY else Role.MEMBER)


def usual_functions(model: CommissioningModel, on: date) -> tuple[str, ...]:
    """Returns the functions that a committee of a model usually has in scope: all in which it has a say."""
    return tuple(code for code in FUNCTIONS if may_decide(code, model, on).say is not Say.NO_PART)
