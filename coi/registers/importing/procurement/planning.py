"""What an import will do with each row of a register of procurement decisions, and why. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from coi.organisations.naming import folded
from coi.registers.importing.procurement.details import differences, fault, is_within, new_details, same_supplier
from coi.registers.importing.procurement.showing import words_of
from coi.registers.importing.procurement.vocabulary import (
    DecisionPlan,
    DecisionProposal,
    KnownDecision,
    StatedDecision,
)
from coi.registers.importing.vocabulary import NEW_PERSON, Action, Answers
from coi.registers.procurement.vocabulary import DecisionDetails
from coi.wording import day

NEW_DECISION = NEW_PERSON


def plan_of(
    stated: Sequence[StatedDecision],
    known: Sequence[KnownDecision],
    answers: Answers,
    today: date,
    as_at: date | None = None,
) -> DecisionPlan:
    """Returns what will happen with each row of a register that was right on `as_at` (None: today). A row is the decision on the register
    that has the same title, supplier and day, or title and number there; where it says the same, it changes nothing. What was entered
    here is never changed by a spreadsheet. Rule: PROC-03; RULEBOOK §17.8."""
    planner = _Planner(stated, known, answers, today, as_at or today)
    return DecisionPlan(tuple(planner.proposal(each) for each in stated))


class _Planner:
    def __init__(
        self,
        stated: Sequence[StatedDecision],
        known: Sequence[KnownDecision],
        answers: Answers,
        today: date,
        as_at: date,
    ) -> None:
        self._known, self._answers, self._today, self._as_at = known, answers, today, as_at
        self._said: dict[tuple[object, ...], StatedDecision] = {}  # what the rows above say
        self._used: set[str] = set()  # decisions on the register that a row above is
        self._by_words: dict[str, list[KnownDecision]] = defaultdict(
            list
        )  # by title, also an earlier one, and by number
        for one in known:
            titles = {folded(each.title) for each in (one.details, *one.earlier)}
            for words in {*titles, _number(one.old_reference)} - {""}:
                self._by_words[words].append(one)
        self._spoken_for = {  # decisions on the register that a row is by its own words
            one.id for each in stated if each.row not in answers.left_out for one in self._near(each) if _is(one, each)
        }  # fmt: skip
        self._repeated: dict[str, str] = {}  # of those, which row says one to the letter
        for each in stated:
            for one in self._near(each):
                if _is(one, each) and not any(differences(each, one)):
                    self._repeated.setdefault(one.id, each.key)

    def _near(self, stated: StatedDecision) -> list[KnownDecision]:
        """Those on the register with the title of a row, or its number."""
        found = [*self._by_words.get(folded(stated.title), ()), *self._by_words.get(_number(stated.reference), ())]
        return list({one.id: one for one in found}.values())

    def proposal(self, stated: StatedDecision) -> DecisionProposal:
        if stated.row in self._answers.left_out:
            why = self._answers.why_out.get(str(stated.row), "")
            return DecisionProposal(stated, Action.LEFT_OUT, (f"You left it out: {why}" if why else "You left it out",))
        if stated.is_heading:
            return DecisionProposal(stated, Action.LEFT_OUT, stated.notes)
        if stated.problems:
            return DecisionProposal(stated, Action.NEEDS_YOU, stated.problems)
        if stated.adds_to:
            return DecisionProposal(stated, Action.PERSON_ONLY, stated.notes)
        if reason := self._wrong(stated):
            return DecisionProposal(stated, Action.NEEDS_YOU, (f"{reason}. Correct the row, or leave it out",))
        key = (
            folded(stated.title),
            *sorted((name, str(value)) for name, value in stated.said.items()),
            stated.reference,
        )
        if key in self._said:
            return DecisionProposal(stated, Action.ALREADY, (f"Row {self._said[key].line} says the same",))
        self._said[key] = stated
        return self._meets(stated)

    def _wrong(self, stated: StatedDecision) -> str:
        on = stated.said.get("decided_on")
        if on and on > self._as_at and on <= self._today and not stated.said.get("decided_on_or_before"):
            return f"It was decided on {day(on)}, after {day(self._as_at)}, the day of this register"
        return fault(new_details(stated, self._as_at, self._as_at), self._today)

    def _meets(self, stated: StatedDecision) -> DecisionProposal:
        """What a row does to what the register says: nothing, a change, or one more decision."""
        said = self._answers.same.get(stated.key, "")
        free = [one for one in self._near(stated) if one.id not in self._used]
        chosen = next((one for one in free if one.id == said), None)
        if chosen is not None:
            found = self._compared(stated, chosen, f"You said that it is {chosen.reference}")
            return replace(found, twin=chosen)
        mine = [one for one in free if self._repeated.get(one.id, stated.key) == stated.key]
        alike = [] if said == NEW_DECISION else [one for one in mine if _is(one, stated)]
        same = [one for one in alike if not any(differences(stated, one))]
        if not same and len(alike) > 1:
            shown = ", ".join(one.reference for one in alike)
            reason = f"It may be any of these on the register: {shown}"
            return DecisionProposal(stated, Action.NEEDS_YOU, (reason,), twin=alike[0])
        if found_here := (same or alike):
            return self._compared(stated, found_here[0])
        return self._unless_it_stands(stated, free, is_new=said == NEW_DECISION)

    def _compared(self, stated: StatedDecision, one: KnownDecision, told: str = "") -> DecisionProposal:
        self._used.add(one.id)
        differs = tuple(differences(stated, one))
        plain = (told,) if told else ()
        if not differs:
            return DecisionProposal(stated, Action.ALREADY, plain or (f"It is {one.reference}",), one)
        if self._was(one, stated):
            return DecisionProposal(
                stated, Action.ALREADY, (*plain, f"It is {one.reference}, which was corrected since"), one
            )
        if not one.is_taken_over:
            told = f"{one.reference} was entered here, and is not changed by a file. Leave the row out, or correct it on the register"
            return DecisionProposal(stated, Action.NEEDS_YOU, (*plain, *differs, told), one)
        return DecisionProposal(stated, Action.CHANGED, (*plain, *differs, *stated.notes), one)

    def _was(self, one: KnownDecision, stated: StatedDecision) -> bool:
        """Whether a row says what a decision said before it was corrected here, on the day of the register or later."""
        if one.changed_on is None or one.changed_on < self._as_at:
            return False
        return any(not any(differences(stated, replace(one, details=each))) for each in one.earlier)

    def _unless_it_stands(
        self, stated: StatedDecision, free: Sequence[KnownDecision], *, is_new: bool
    ) -> DecisionProposal:
        """A new decision; where one of the same title stands, what somebody said it is. Nothing is put there twice unasked."""
        twin = next((one for one in free if one.id not in self._spoken_for and _may_be(one, stated)), None)
        if twin is None:
            return DecisionProposal(stated, Action.NEW, stated.notes)
        if is_new:
            told = f"You said that it is another decision than {twin.reference}"
            return DecisionProposal(stated, Action.NEW, (told, *stated.notes), twin=twin)
        told = f"It has the title of {words_of(twin)}. Say whether it is the same"
        return DecisionProposal(stated, Action.NEEDS_YOU, (told, *stated.notes), twin=twin)


def _is(one: KnownDecision, stated: StatedDecision) -> bool:
    """Whether a row is a decision on the register, as it stands or as it once stood."""
    return any(_says(each, one.old_reference, stated) for each in (one.details, *one.earlier))


def _says(each: DecisionDetails, number: str, stated: StatedDecision) -> bool:
    is_numbered = bool(number and stated.reference)
    by_number = is_numbered and _number(number) == _number(stated.reference)
    if (is_numbered and not by_number) or not _is_day(each, stated):
        return False
    is_theirs, is_called = same_supplier(each.supplier, stated.supplier), folded(each.title) == folded(stated.title)
    return (is_called and (by_number or is_theirs)) or (by_number and is_theirs)


def _is_day(each: DecisionDetails, stated: StatedDecision) -> bool:
    """Whether both can have been decided on one day."""
    on, is_latest = stated.said.get("decided_on"), bool(stated.said.get("decided_on_or_before"))
    if on is None or (each.decided_on_or_before and on <= each.decided_on):
        return True
    return is_within(stated, each) if is_latest else bool(each.decided_on == on)


def _may_be(one: KnownDecision, stated: StatedDecision) -> bool:
    """Whether a row looks like a decision on the register: one of its title, whose number is no other."""
    is_other = one.old_reference and stated.reference and _number(one.old_reference) != _number(stated.reference)
    return not is_other and folded(one.details.title) == folded(stated.title)


def _number(reference: str) -> str:
    """A reference as it is compared; its mark keeps it apart from titles."""
    return f"#{folded(reference)}" if folded(reference) else ""
