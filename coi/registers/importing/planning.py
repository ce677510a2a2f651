"""What an import will do with each row, and why: rows and what is known in, proposals out. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from coi.guidance.rulesets import FIRST_DAY, effective
from coi.guidance.vocabulary import Rulebook
from coi.registers.importing.comparing import (
    as_dated,
    as_known,
    differences,
    disposed_twin,
    identity,
    is_alike,
    looks_like,
    reworded,
    seats_missing,
    twin_of,
)
from coi.registers.importing.correcting import BY_HAND
from coi.registers.importing.holders import AS, Holders, told_of_leaver
from coi.registers.importing.name_likeness import words_of_name
from coi.registers.importing.revealing import held_back
from coi.registers.importing.vocabulary import (
    NEW_PERSON,
    Action,
    Answers,
    Holder,
    Known,
    KnownInterest,
    Matches,
    Plan,
    Proposal,
    Stated,
)
from coi.registers.interests.rules import lateness
from coi.wording import and_list, day

MOST_ALIKE = 20
NOTHING_STANDS = (
    "It says that nothing changed, and nothing of theirs stood then. Leave the row out, or say what was declared"
)
_HEADING = "It looks like a heading between the rows"


def plan_of(
    stated: Sequence[Stated],
    known: Known,
    answers: Answers,
    rulebook: Rulebook,
    as_at: date | None = None,
    matches: Matches | None = None,
) -> Plan:
    """Returns what will happen with each row of a register that was right on `as_at` (None: now). A row is the interest on the register
    that has the same holder, organisation and nature, or that it words anew; with the same dates it changes nothing. A row that is not
    certain needs a person: so does one that looks like an interest which stands, by its organisation (`matches`) and role.
    Rules: DECL-01, DECL-04, DECL-06."""
    planner = _Planner(stated, known, answers, rulebook, as_at, matches or {})
    return Plan(tuple(planner.shown(each) for each in stated))


class _Planner:
    def __init__(
        self,
        stated: Sequence[Stated],
        known: Known,
        answers: Answers,
        rulebook: Rulebook,
        as_at: date | None,
        matches: Matches,
    ) -> None:
        self._known, self._answers, self._rulebook, self._as_at = known, answers, rulebook, as_at
        self._matches = matches
        self._holders = Holders(stated, known.people, answers)
        self._said: dict[tuple[str, ...], Stated] = {}  # what the rows above say
        self._used: set[str] = set()  # interests on the register that a row above is
        self._namesakes: dict[str, dict[str, int]] = defaultdict(dict)  # by names without title: first row of each key
        self._stating: dict[str, list[int]] = defaultdict(list)  # rows that state an interest, by holder
        of_person: dict[str, list[Stated]] = defaultdict(list)
        for each in stated:
            holder = self._holders.of(each)
            if holder.is_new and each.who.given_names and not each.is_heading and not each.problems:
                self._namesakes[_names(each)].setdefault(holder.key, each.line)
            if (
                not (each.is_nil or each.is_empty or each.is_heading or each.is_confirmation)
                and each.row not in answers.left_out
            ):
                self._stating[holder.key].append(each.line)
                of_person[holder.person_id].append(each)
        self._reworded = dict(
            pair for person, rows in of_person.items() for pair in reworded(rows, known.interests.get(person, ()))
        )
        self._spoken_for = set(self._reworded.values()) | {  # interests that a row is by its own words
            one.id for person, rows in of_person.items() for one in known.interests.get(person, ())
            if any(is_alike(one, each) for each in rows)
        }  # fmt: skip

    def shown(self, stated: Stated) -> Proposal:
        """What will happen with a row; where that is not plain, with what it may be."""
        found = self.proposal(stated)
        if found.holder.is_new and (other := self._namesake(stated, found.holder)):
            found = replace(found, reasons=(*found.reasons, other))
        if seats := self._seats(found):
            found = replace(found, reasons=(*found.reasons, seats))
        found = held_back(found, self._answers.reveals.get(stated.key))
        if found.action not in (Action.NEEDS_YOU, Action.NEW, Action.CHANGED):
            return found
        return replace(found, alike=self._known.interests.get(found.holder.person_id, ())[:MOST_ALIKE])

    def _seats(self, found: Proposal) -> str:
        """Once for each person, the committees on which the file says that they sit, and of which nothing is known."""
        holder, said = found.holder, found.stated.committees
        if not said or found.action is Action.LEFT_OUT or ("seats", holder.key, said) in self._said:
            return ""
        self._said["seats", holder.key, said] = found.stated
        known = next((each.posts for each in self._known.people if each.id == holder.person_id), ())
        missing = seats_missing(said, known)
        return (
            f"The file says that they sit on {and_list(missing)}. Seats are entered on the page of each committee"
            if missing
            else ""
        )

    def _namesake(self, stated: Stated, holder: Holder) -> str:
        """A word where somebody else new in the file has the same names, with another title: nobody is made one unasked."""
        others = [line for key, line in self._namesakes.get(_names(stated), {}).items() if key != holder.key]
        said = (
            f"{stated.name} may be the same person as in row {others[0]}. If so, correct the name in one of the rows"
            if others
            else ""
        )
        return "" if stated.row in self._answers.left_out else said

    def proposal(self, stated: Stated) -> Proposal:
        holder = self._holders.of(stated)
        if stated.row in self._answers.left_out:
            why = self._answers.why_out.get(str(stated.row), "")
            return Proposal(stated, holder, Action.LEFT_OUT, (f"You left it out: {why}" if why else "You left it out",))
        if stated.is_heading:
            return Proposal(stated, holder, Action.LEFT_OUT, stated.notes or (_HEADING,))
        if stated.problems:
            return Proposal(stated, holder, Action.NEEDS_YOU, stated.problems)
        if self._begins_later(stated) and BY_HAND not in stated.notes:
            reason = f"It starts on {day(stated.arose_on)}, after {day(self._as_at)}, the day of this register"
            return Proposal(
                stated, holder, Action.NEEDS_YOU, (f"{reason}. Correct the row or the day, or leave it out",)
            )
        if holder.choices:
            reason = f"{stated.name} may be somebody who is known. Say who it is"
            if all(value.startswith(AS) or value == NEW_PERSON for value, _ in holder.choices):
                reason = f"{stated.name} stands further up with another position or email address. Say whether it is the same person"
            return Proposal(stated, holder, Action.NEEDS_YOU, (reason, *stated.notes))
        if stated.is_nil:
            return self._nil(stated, holder)
        if stated.is_confirmation:
            return self._confirmation(stated, holder)
        if stated.is_empty:
            said = stated.notes or ("The row says neither an interest nor that there is none",)
            return Proposal(stated, holder, Action.PERSON_ONLY if holder.is_new else Action.ALREADY, said)
        return self._interest(stated, holder)

    def _begins_later(self, stated: Stated) -> bool:
        """Whether an interest starts after the day on which the register was right, so that one of the two is wrong."""
        if self._as_at is None or stated.arose_on is None or stated.is_pursuing:
            return False
        return stated.arose_on > self._as_at

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
        return Proposal(stated, holder, Action.NIL, stated.notes)

    def _confirmation(self, stated: Stated, holder: Holder) -> Proposal:
        """A row by which somebody says that what they declared before is still right."""
        on = stated.declared_on or self._as_at or date.max
        known = self._known.interests.get(holder.person_id, ())
        standing = tuple(one for one in known if one.ended_on is None and (one.declared_on or date.min) <= on)
        if not standing:
            return Proposal(stated, holder, Action.NEEDS_YOU, (NOTHING_STANDS,))
        confirmed = self._known.confirmed.get(holder.person_id)
        if confirmed and on <= confirmed:
            return Proposal(stated, holder, Action.ALREADY, (f"What stands was confirmed on {day(confirmed)}",))
        if ("confirmed", holder.key) in self._said:
            return self._repeated(stated, holder, ("confirmed", holder.key))
        self._said["confirmed", holder.key] = stated
        told = f"Still right: {and_list([one.reference for one in standing])}"
        return Proposal(stated, holder, Action.CONFIRMED, (told, *stated.notes), confirms=standing)

    def _repeated(self, stated: Stated, holder: Holder, said: tuple[str, ...]) -> Proposal:
        return Proposal(stated, holder, Action.ALREADY, (f"Row {self._said[said].line} says the same",))

    def _interest(self, stated: Stated, holder: Holder) -> Proposal:
        said = (
            holder.person_id or holder.key, *identity(stated.organisation, stated.nature), str(stated.arose_on),
            str(stated.ended_on), stated.type.value, stated.directness.value,
        )  # fmt: skip
        if said in self._said:
            return self._repeated(stated, holder, said)
        self._said[said] = stated
        reasons = (*stated.notes, *told_of_leaver(holder), *self._late(stated))
        return self._meets(stated, holder, reasons)

    def _meets(self, stated: Stated, holder: Holder, reasons: tuple[str, ...]) -> Proposal:
        """What a row does to what the register says: nothing, a change, or one more interest."""
        known = [one for one in self._known.interests.get(holder.person_id, ()) if one.id not in self._used]
        alike = [one for one in known if one.id == stated.same_as] or [one for one in known if is_alike(one, stated)]
        same = [one for one in alike if one.arose_on == stated.arose_on] or alike
        same = [one for one in same if one.type is stated.type] or same
        if stated.same_as == NEW_PERSON:
            same = []
        elif not same:
            if (was := next((one for one in known if self._was(one, stated)), None)) is not None:
                self._used.add(was.id)
                return Proposal(
                    stated, holder, Action.ALREADY, (f"It is {was.reference}, which was changed since",), was
                )
            same = [one for one in known if one.id == self._reworded.get(stated.key)]
        if not same:
            return self._unless_it_stands(stated, holder, known, reasons)
        one = next((each for each in same if each.ended_on == stated.ended_on), same[0])
        if len(same) > 1 and one.ended_on != stated.ended_on:
            shown = ", ".join(each.reference for each in same)
            return Proposal(stated, holder, Action.NEEDS_YOU, (f"It may be any of these on the register: {shown}",))
        self._used.add(one.id)
        return self._compared(stated, holder, one, reasons)

    def _unless_it_stands(
        self, stated: Stated, holder: Holder, known: Sequence[KnownInterest], reasons: tuple[str, ...]
    ) -> Proposal:
        """A new interest; where one that stands looks like it, what somebody said it is. Nothing is put there twice unasked."""
        free = [one for one in known if one.id not in self._spoken_for]
        twin = twin_of(stated, self._matches.get(stated.key, ()), free) or disposed_twin(stated, free)
        if twin is None or stated.same_as == NEW_PERSON:
            return Proposal(stated, holder, Action.NEW, reasons)
        said = self._answers.same.get(stated.key, "")
        if said == NEW_PERSON:
            added = (f"You said that it is another interest than {twin.reference}", *reasons)
            return Proposal(stated, holder, Action.NEW, added, twin=twin)
        if said == twin.id:
            self._used.add(twin.id)
            found = self._compared(as_known(stated, twin), holder, twin, reasons)
            taken = f"You said that it is {twin.reference}{'' if twin.disposed_on else ', which keeps its words'}"
            return replace(found, reasons=(taken, *found.reasons), twin=twin)
        return Proposal(stated, holder, Action.NEEDS_YOU, (looks_like(twin), *reasons), twin, twin=twin)

    def _compared(self, stated: Stated, holder: Holder, one: KnownInterest, reasons: tuple[str, ...]) -> Proposal:
        stated = as_dated(stated, one)
        if one.disposed_on or self._was(one, stated):
            since = "disposed of" if one.disposed_on else "changed since"
            return Proposal(stated, holder, Action.ALREADY, (f"It is {one.reference}, which was {since}",), one)
        if one.ended_on and stated.ended_on is None:
            if self._as_at is not None and self._as_at <= one.ended_on:
                ended = f"It is {one.reference}, which ended on {day(one.ended_on)}, after the day of this register"
                return Proposal(stated, holder, Action.ALREADY, (ended,), one)
            reason = f"The register says that {one.reference} ended on {day(one.ended_on)}; the row says that it stands"
            return Proposal(stated, holder, Action.NEEDS_YOU, (reason,), one)
        if stated.ended_on and one.arose_on and stated.arose_on is None and stated.ended_on < one.arose_on:
            reason = f"It ends on {day(stated.ended_on)}, but the register says that it started on {day(one.arose_on)}"
            return Proposal(stated, holder, Action.NEEDS_YOU, (reason,), one)
        differs = tuple(differences(one, stated))
        if differs:
            return Proposal(stated, holder, Action.CHANGED, (*differs, *reasons), one)
        return Proposal(stated, holder, Action.ALREADY, (f"It is {one.reference}",), one)

    def _was(self, one: KnownInterest, stated: Stated) -> bool:
        """Whether a row says what an interest said before it was changed here, on the day of the register or later."""
        if self._as_at is None or one.changed_on is None or one.changed_on < self._as_at:
            return False
        return any(is_alike(each, stated) and not any(differences(each, stated)) for each in one.earlier)

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


def _names(stated: Stated) -> str:
    """The names of somebody without the title, in whatever order they stand."""
    return " ".join(words_of_name(stated.who))
