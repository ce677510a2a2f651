"""What an import will do with each row, and why: rows and what is known in, proposals out. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from coi.guidance.rulesets import FIRST_DAY, effective
from coi.guidance.vocabulary import Rulebook
from coi.organisations.naming import folded
from coi.registers.importing.holders import AS, Holders
from coi.registers.importing.vocabulary import (
    NEW_PERSON,
    Action,
    Answers,
    Holder,
    Known,
    KnownInterest,
    Plan,
    Proposal,
    Stated,
)
from coi.registers.interests.rules import lateness
from coi.registers.interests.vocabulary import DIRECTNESS_WORDS, TYPE_WORDS


def plan_of(stated: Sequence[Stated], known: Known, answers: Answers, rulebook: Rulebook) -> Plan:
    """Returns what will happen with each row. A row is the interest on the register that has the same holder, organisation and nature;
    with the same dates it changes nothing. A row that is not certain needs a person. Rules: DECL-01, DECL-04, DECL-06."""
    planner = _Planner(stated, known, answers, rulebook)
    return Plan(tuple(planner.proposal(each) for each in stated))


class _Planner:
    def __init__(self, stated: Sequence[Stated], known: Known, answers: Answers, rulebook: Rulebook) -> None:
        self._known, self._left_out, self._rulebook = known, answers.left_out, rulebook
        self._holders = Holders(stated, known.people, answers)
        self._said: dict[tuple[str, ...], Stated] = {}  # what the rows above say
        self._used: set[str] = set()  # interests on the register that a row above is
        self._stating: dict[str, list[int]] = defaultdict(list)  # rows that state an interest, by holder
        for each in stated:
            holder = self._holders.of(each)
            if not (each.is_nil or each.is_empty or each.is_heading) and each.row not in self._left_out:
                self._stating[holder.key].append(each.line)

    def proposal(self, stated: Stated) -> Proposal:
        holder = self._holders.of(stated)
        if stated.row in self._left_out:
            return Proposal(stated, holder, Action.LEFT_OUT, ("You left it out",))
        if stated.is_heading:
            return Proposal(stated, holder, Action.LEFT_OUT, ("It looks like a heading between the rows",))
        if stated.problems:
            return Proposal(stated, holder, Action.NEEDS_YOU, stated.problems)
        if holder.choices:
            reason = f"{stated.name} may be somebody who is known. Say who it is"
            if all(value.startswith(AS) or value == NEW_PERSON for value, _ in holder.choices):
                reason = f"{stated.name} stands further up with another position. Say whether it is the same person"
            return Proposal(stated, holder, Action.NEEDS_YOU, (reason, *stated.notes))
        if stated.is_nil:
            return self._nil(stated, holder)
        if stated.is_empty:
            said = "The row says neither an interest nor that there is none"
            return Proposal(stated, holder, Action.PERSON_ONLY if holder.is_new else Action.ALREADY, (said,))
        return self._interest(stated, holder)

    def _nil(self, stated: Stated, holder: Holder) -> Proposal:
        if self._stating[holder.key]:
            reason = f"The row says that there is nothing to declare, but row {self._stating[holder.key][0]} declares something"
            return Proposal(stated, holder, Action.NEEDS_YOU, (reason,))
        standing = [one.reference for one in self._known.interests.get(holder.person_id, ()) if one.ended_on is None]
        if standing:
            reason = f"The row says that there is nothing to declare, but the register shows {', '.join(standing)}"
            return Proposal(stated, holder, Action.NEEDS_YOU, (reason,))
        on_file = self._known.nils.get(holder.person_id) if holder.person_id else None
        if on_file and (stated.declared_on is None or stated.declared_on <= on_file):
            return Proposal(stated, holder, Action.ALREADY, ("The register says that there is nothing to declare",))
        if ("nil", holder.key) in self._said:
            return self._repeated(stated, holder, ("nil", holder.key))
        self._said["nil", holder.key] = stated
        return Proposal(stated, holder, Action.NIL)

    def _repeated(self, stated: Stated, holder: Holder, said: tuple[str, ...]) -> Proposal:
        return Proposal(stated, holder, Action.ALREADY, (f"Row {self._said[said].line} says the same",))

    def _interest(self, stated: Stated, holder: Holder) -> Proposal:
        said = (
            holder.person_id or holder.key, *_identity(stated.organisation, stated.nature, stated.arose_on),
            str(stated.ended_on), stated.type.value, stated.directness.value,
        )  # fmt: skip
        if said in self._said:
            return self._repeated(stated, holder, said)
        self._said[said] = stated
        reasons = (*stated.notes, *self._late(stated))
        alike = [one for one in self._known.interests.get(holder.person_id, ()) if _is_alike(one, stated)]
        alike = [one for one in alike if one.id not in self._used]
        same = [one for one in alike if one.arose_on == stated.arose_on] or alike
        if not same:
            return Proposal(stated, holder, Action.NEW, reasons)
        one = next((each for each in same if each.ended_on == stated.ended_on), same[0])
        if len(same) > 1 and one.ended_on != stated.ended_on:
            shown = ", ".join(each.reference for each in same)
            return Proposal(stated, holder, Action.NEEDS_YOU, (f"It may be any of these on the register: {shown}",))
        self._used.add(one.id)
        if one.ended_on and stated.ended_on is None:
            reason = (
                f"The register says that {one.reference} ended on {_day(one.ended_on)}; the row says that it stands"
            )
            return Proposal(stated, holder, Action.NEEDS_YOU, (reason,), one)
        if stated.ended_on and one.arose_on and stated.arose_on is None and stated.ended_on < one.arose_on:
            reason = (
                f"It ends on {_day(stated.ended_on)}, but the register says that it started on {_day(one.arose_on)}"
            )
            return Proposal(stated, holder, Action.NEEDS_YOU, (reason,), one)
        differs = tuple(_differences(one, stated))
        if differs:
            return Proposal(stated, holder, Action.CHANGED, (*differs, *reasons), one)
        return Proposal(stated, holder, Action.ALREADY, (f"It is {one.reference}",), one)

    def _late(self, stated: Stated) -> Iterator[str]:
        """Whether it was declared late, by the rules in force on the day on which it was. Rules: DECL-01, DECL-02."""
        on = stated.declared_on
        if on is None or on < FIRST_DAY:
            return
        rules = effective(self._rulebook, on)
        late = lateness(
            arose_on=stated.arose_on, aware_on=None, declared_on=on, limit_days=rules.declare_days,
            arising_days=rules.number("declare_days_from_arising"),
        )  # fmt: skip
        if late:
            yield late.sentence


def _identity(organisation: str, nature: str, arose_on: date | None) -> tuple[str, ...]:
    return folded(organisation), folded(nature), str(arose_on)


def _is_alike(one: KnownInterest, stated: Stated) -> bool:
    named = one.organisations[0] if one.organisations else ""
    return _identity(named, one.nature, None) == _identity(stated.organisation, stated.nature, None)


def _differences(one: KnownInterest, stated: Stated) -> Iterator[str]:
    """What a row says differently; what it leaves out changes nothing."""
    if stated.arose_on and stated.arose_on != one.arose_on:
        yield f"{one.reference} started on {_day(stated.arose_on)}, not on {_day(one.arose_on)}"
    if stated.ended_on and stated.ended_on != one.ended_on:
        yield f"{one.reference} ended on {_day(stated.ended_on)}" + (
            f", not on {_day(one.ended_on)}" if one.ended_on else ""
        )
    if stated.says_type and stated.type is not one.type:
        yield f"{one.reference} is a {TYPE_WORDS[stated.type].lower()}, not a {TYPE_WORDS[one.type].lower()}"
    if stated.directness is not one.directness:
        yield f"{one.reference} is {DIRECTNESS_WORDS[stated.directness].lower()}, not {DIRECTNESS_WORDS[one.directness].lower()}"


def _day(on: date | None) -> str:
    return f"{on.day} {on:%B %Y}" if on else "an unknown day"
