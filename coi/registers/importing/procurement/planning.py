"""What an import will do with each row of a register of procurement decisions, and why. Pure."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from coi.organisations.naming import folded
from coi.registers.importing.procurement.details import (
    STAYS,
    differences,
    fault,
    is_within,
    new_details,
    same_supplier,
)
from coi.registers.importing.procurement.reading import BY_HAND
from coi.registers.importing.procurement.showing import words_of
from coi.registers.importing.procurement.vocabulary import (
    DecisionPlan,
    DecisionProposal,
    KnownDecision,
    StatedDecision,
)
from coi.registers.importing.row_plans import NEW_ENTRY, RowPlanner, RowProposal
from coi.registers.importing.vocabulary import Action, Answers
from coi.registers.procurement.vocabulary import DecisionDetails
from coi.wording import and_list, day

NEW_DECISION = NEW_ENTRY
_NOT_READ = "No column of conflicts is read"
_BLANK = "The row does not state conflicts"
_NOT_STATED = "The register says “Not recorded” of them, which is not “None”"
OF_INTERESTS = ("conflicts", "mitigations", "justification", "involved", "comments")
"""The fields in which somebody may have written of an interest."""
_KEPT = (
    "It speaks of {}, about whom something is kept from the public. Correct the row so that nobody can read it there, or "
    "leave it out"
)


def plan_of(
    stated: Sequence[StatedDecision],
    known: Sequence[KnownDecision],
    answers: Answers,
    today: date,
    as_at: date | None = None,
    withheld: Collection[str] = (),
) -> DecisionPlan:
    """Returns what will happen with each row of a register that was right on `as_at` (None: today). A row is the decision on the register
    that has the same title, supplier and day, or title and number there; where it says the same, it changes nothing. What was entered
    here is never changed by a spreadsheet. `withheld`: the family names of those about whom something is kept from the public; a row that
    speaks of their interests needs a person. Rules: PROC-03, REG-06; RULEBOOK §17.8."""
    as_at = as_at or today
    stated = [_by_then(each, as_at) for each in stated]
    planner = _Planner(stated, known, answers, today, as_at, withheld)
    return DecisionPlan(tuple(planner.proposal(each) for each in stated))


def _by_then(stated: StatedDecision, as_at: date) -> StatedDecision:
    """A row that gives a month or a year which was not over on the day of the register: it was decided by that day. Not by that of the
    import, which is another one each time."""
    first, last = stated.earliest, stated.latest
    if first is None or last is None or not first <= as_at < last:
        return stated
    return replace(stated, said={**stated.said, "decided_on": as_at})


class _Planner(RowPlanner[StatedDecision, KnownDecision]):
    NOUN = "decision"
    LEFT = "a decision of this day, kind and term"

    def __init__(
        self,
        stated: Sequence[StatedDecision],
        known: Sequence[KnownDecision],
        answers: Answers,
        today: date,
        as_at: date,
        withheld: Collection[str],
    ) -> None:
        self._withheld = tuple(sorted(withheld))
        self._by_number: dict[str, list[StatedDecision]] = defaultdict(list)
        for each in stated:
            if each.reference and not (each.is_heading or each.adds_to or each.row in answers.left_out):
                self._by_number[_number(each.reference)].append(each)
        super().__init__(stated, known, answers, today, as_at)

    def proposal(self, stated: StatedDecision) -> DecisionProposal:
        found = self._numbered(super().proposal(stated))
        if found.action is Action.NEW and not stated.said.get("conflicts"):
            told = _BLANK if "conflicts" in stated.cells else _NOT_READ
            found = replace(found, reasons=(*found.reasons, f"{told}. {_NOT_STATED}"))
        return self._withholding(found)

    def _withholding(self, found: DecisionProposal) -> DecisionProposal:
        """Where a row speaks of somebody about whom something is kept from the public, a person looks first. Rule: REG-06."""
        stated = found.stated
        if found.action not in (Action.NEW, Action.CHANGED) or BY_HAND in stated.notes:
            return found
        told = " ".join(str(stated.said.get(name, "")) for name in OF_INTERESTS)
        named = [each for each in self._withheld if re.search(rf"\b{re.escape(each)}\b", told, re.IGNORECASE)]
        if not named:
            return found
        reason = _KEPT.format(and_list(named))
        return RowProposal(stated, Action.NEEDS_YOU, (reason, *found.reasons), found.entry, found.twin)

    def _numbered(self, found: DecisionProposal) -> DecisionProposal:
        """A new row whose number stands in another row of the file: whether the two are one decision, somebody says. Those that were taken
        on different days are not."""
        stated = found.stated
        others = [each for each in self._by_number[_number(stated.reference)] if each.row != stated.row]
        if found.action is not Action.NEW or not others:
            return found
        lines = and_list([f"row {each.line}" for each in others])
        told = f"Its reference, “{stated.reference}”, is also that of {lines}"
        above = [each for each in others if each.row < stated.row and not _is_other_day(each, stated)]
        said = self._answers.same.get(stated.key, "")
        if not above or said == NEW_ENTRY:
            return replace(found, reasons=(*found.reasons, told))
        twin = _as_known(above[0], self._as_at)
        if said == twin.id:
            return RowProposal(stated, Action.ALREADY, (f"You said that it is row {above[0].line}",), twin=twin)
        asked = f"{told}. Say whether it is the same decision, correct its reference, or leave it out"
        return RowProposal(stated, Action.NEEDS_YOU, (asked, *found.reasons), twin=twin)

    def places_of(self, one: KnownDecision) -> Iterable[str]:
        """By title, also an earlier one, and by number."""
        return (*(folded(each.title) for each in (one.details, *one.earlier)), _number(one.old_reference))

    def places(self, stated: StatedDecision) -> Iterable[str]:
        return (folded(stated.title), _number(stated.reference))

    def identity(self, stated: StatedDecision) -> tuple[object, ...]:
        said = sorted((name, str(value)) for name, value in stated.said.items())
        return (folded(stated.title), *said, stated.reference)

    def stops(self, stated: StatedDecision) -> DecisionProposal | None:
        if stated.adds_to:
            return RowProposal(stated, Action.PERSON_ONLY, stated.notes)
        if reason := self._wrong(stated):
            return RowProposal(stated, Action.NEEDS_YOU, (f"{reason}. Correct the row, or leave it out",))
        return None

    def _wrong(self, stated: StatedDecision) -> str:
        on = stated.earliest or stated.said.get("decided_on")
        if on and self._as_at < on <= self._today:
            told = stated.cells.get("decided", "") if stated.earliest else day(on)
            return f"It was decided {'in' if stated.earliest else 'on'} {told}, after {day(self._as_at)}, the day of this register"
        return fault(new_details(stated, self._as_at, self._as_at), self._today)

    def differences(self, stated: StatedDecision, one: KnownDecision) -> Iterable[str]:
        return differences(stated, one)

    def looks_like(self, one: KnownDecision) -> str:
        return f"It has the title of {words_of(one)}. Say whether it is the same"

    def says(self, details: DecisionDetails, one: KnownDecision, stated: StatedDecision) -> bool:
        number = one.old_reference
        is_numbered = bool(number and stated.reference)
        by_number = is_numbered and _number(number) == _number(stated.reference)
        if (is_numbered and not by_number) or not _is_day(details, stated):
            return False
        is_theirs = same_supplier(details.supplier, stated.supplier)
        is_called = folded(details.title) == folded(stated.title)
        return (is_called and (by_number or is_theirs)) or (by_number and is_theirs)

    def may_be(self, one: KnownDecision, stated: StatedDecision) -> bool:
        """Whether a row looks like a decision on the register: one of its title, whose number is no other."""
        is_other = one.old_reference and stated.reference and _number(one.old_reference) != _number(stated.reference)
        return not is_other and folded(one.details.title) == folded(stated.title)

    def may_have_been(self, one: KnownDecision, stated: StatedDecision) -> bool:
        """Whether a row is of the same day, term, kind and route as a decision that was disposed of."""
        made = new_details(stated, self._as_at, self._as_at)
        return any(
            _is_day(each, stated) and all(getattr(each, name) == getattr(made, name) for name in STAYS)
            for each in (one.details, *one.earlier)
        )


def _is_day(each: DecisionDetails, stated: StatedDecision) -> bool:
    """Whether both can have been decided on one day."""
    on, is_latest = stated.said.get("decided_on"), bool(stated.said.get("decided_on_or_before"))
    if on is None or (each.decided_on_or_before and on <= each.decided_on):
        return True
    return is_within(stated, each) if is_latest else bool(each.decided_on == on)


def _is_other_day(one: StatedDecision, other: StatedDecision) -> bool:
    """Whether two rows were decided on different days, which both give whole."""
    days = [each.said.get("decided_on") for each in (one, other) if not each.said.get("decided_on_or_before")]
    return len(days) == 2 and None not in days and days[0] != days[1]


def _as_known(stated: StatedDecision, as_at: date) -> KnownDecision:
    """A row of the file as what another row may be."""
    return KnownDecision(f"row:{stated.row}", f"Row {stated.line}", new_details(stated, as_at, as_at))


def _number(reference: str) -> str:
    """A reference as it is compared; its mark keeps it apart from titles."""
    return f"#{folded(reference)}" if folded(reference) else ""
