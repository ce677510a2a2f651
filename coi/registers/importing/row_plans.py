"""What an import will do with the rows of a register of what happened once, such as decisions and offers: what is known of an entry, what
is proposed for a row, and how a row meets what stands. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from coi.errors import RuleBroken
from coi.registers.importing.vocabulary import NEW_PERSON, TAKEN, Action, Answers, Holder, Plan, Proposal
from coi.wording import day

NEW_ENTRY = NEW_PERSON
D = TypeVar("D")


@dataclass(frozen=True)
class StatedRow:
    """What a row of any of these registers says. `said`: by the field of the register, what the row says and nothing else; `cells`: its
    texts by meaning; `notes` are what was taken for what, `problems` what has to be corrected or left out; `is_heading`: it divides the
    table; `earliest`: the first day on which it can have happened, where the file gives a month or a year; `code`: that of an
    organisation."""

    row: int
    line: int
    _: KW_ONLY
    said: Mapping[str, Any] = field(default_factory=dict, hash=False)
    cells: Mapping[str, str] = field(default_factory=dict, hash=False)
    is_heading: bool = False
    earliest: date | None = None
    code: str = ""
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return str(self.row)


@dataclass(frozen=True)
class KnownRow(Generic[D]):
    """An entry as it stands on the register. `changed_on`: when this version was recorded; `earlier`: what it said before;
    `old_reference`: its number in the register that it was taken over from; `disposed_on`: what it said is gone, but its days and kind;
    `is_withdrawn`: it was entered by mistake, and stays so."""

    id: str
    reference: str
    details: D
    is_taken_over: bool = False
    old_reference: str = ""
    changed_on: date | None = None
    earlier: tuple[D, ...] = ()
    version: int = 1  # the number of the one that stands
    disposed_on: date | None = None
    is_withdrawn: bool = False


S = TypeVar("S", bound=StatedRow)
K = TypeVar("K", bound=KnownRow[Any])


@dataclass(frozen=True)
class RowProposal(Generic[S, K]):
    """What will happen with a row, and why, in words. `entry` is the one on the register that it is, or changes; `twin` is one that it
    looks like; `holder`: whom it is about, where it is about somebody; `asks`: the Guardian is asked not to publish it."""

    stated: S
    action: Action
    reasons: tuple[str, ...] = ()
    entry: K | None = None
    twin: K | None = None
    holder: Holder | None = None
    asks: bool = False


@dataclass(frozen=True)
class RowPlan(Generic[S, K]):
    """What an import of such a register will do, row by row."""

    proposals: tuple[RowProposal[S, K], ...] = ()

    @property
    def counts(self) -> Counter[Action]:
        return Counter(each.action for each in self.proposals)

    @property
    def needs_you(self) -> int:
        return self.counts[Action.NEEDS_YOU]

    @property
    def new_people(self) -> int:
        held = (each.holder for each in self.proposals if each.action in TAKEN)
        return len({holder.key for holder in held if holder is not None and holder.is_new})

    @property
    def remembered(self) -> int:
        """How many people are who somebody said at an earlier import."""
        held = (each.holder for each in self.proposals)
        return len({holder.asked for holder in held if holder is not None and holder.is_remembered})

    @property
    def changes_anything(self) -> bool:
        return any(self.counts[each] for each in (Action.NEW, Action.CHANGED, Action.ASKED))


class Seen(Protocol):
    """An entry as the plan saw it."""

    @property
    def id(self) -> str: ...
    @property
    def reference(self) -> str: ...
    @property
    def version(self) -> int: ...


def check_stands(plan: RowPlan[Any, Any], newest: Mapping[str, int]) -> None:
    """Raises RuleBroken where an entry that the plan changes was changed since its rows were looked at: `newest` is the number of the
    version that stands, by entry, for as long as others are locked out. Nobody's correction is written over unseen."""
    touched = (each.entry for each in plan.proposals if each.action in (Action.CHANGED, Action.ASKED))
    check_same((each for each in touched if each), newest)


def check_same(seen: Iterable[Seen], newest: Mapping[str, int]) -> None:
    """Raises RuleBroken where one of these was changed since it was looked at."""
    for each in seen:
        if newest.get(each.id) != each.version:
            raise RuleBroken(f"{each.reference} was changed meanwhile, so nothing was imported")


def told_of_disposed(one: KnownRow[Any]) -> str:
    """What is known of an entry whose words are gone: "G/2019/0003, which was disposed of on 4 May 2026"."""
    return f"{one.reference}, which was disposed of on {day(one.disposed_on)}"


AnyPlan = Plan | RowPlan[Any, Any]
AnyProposal = Proposal | RowProposal[Any, Any]


class RowPlanner(Generic[S, K]):
    """How the rows of one register meet what stands there; a register says what differs. What was entered here is never changed by a
    spreadsheet, and nothing is put there twice unasked."""

    NOUN = "entry"
    LEFT = "an entry of these days and this kind"

    def __init__(self, stated: Sequence[S], known: Sequence[K], answers: Answers, today: date, as_at: date) -> None:
        self._answers, self._today, self._as_at = answers, today, as_at
        self._said: dict[tuple[object, ...], S] = {}  # what the rows above say
        self._used: set[str] = set()  # entries on the register that a row above is
        self._by_place: dict[str, list[K]] = defaultdict(list)
        self._disposed = [one for one in known if one.disposed_on]
        for one in (each for each in known if not each.disposed_on):
            for place in set(self.places_of(one)) - {""}:
                self._by_place[place].append(one)
        self._spoken_for = {  # entries on the register that a row is by its own words
            one.id for each in stated if each.row not in answers.left_out for one in self._near(each) if self._is(one, each)
        }  # fmt: skip
        self._repeated: dict[str, str] = {}  # of those, which row says one to the letter
        for each in stated:
            for one in self._near(each):
                if self._is(one, each) and not any(self.differences(each, one)):
                    self._repeated.setdefault(one.id, each.key)

    def places_of(self, one: K) -> Iterable[str]:
        """By what an entry on the register is looked for."""
        raise NotImplementedError

    def places(self, stated: S) -> Iterable[str]:
        """By what a row looks for what it may be."""
        raise NotImplementedError

    def identity(self, stated: S) -> tuple[object, ...]:
        """Two rows with the same are one."""
        raise NotImplementedError

    def says(self, details: Any, one: K, stated: S) -> bool:
        """Whether a row is an entry that said these `details`."""
        raise NotImplementedError

    def may_be(self, one: K, stated: S) -> bool:
        """Whether a row looks like an entry on the register."""
        raise NotImplementedError

    def may_have_been(self, one: K, stated: S) -> bool:
        """Whether a row may be an entry of which only its days and kind are known, since what it said was disposed of."""
        raise NotImplementedError

    def differences(self, stated: S, one: K) -> Iterable[str]:
        """Yields, in words, what a row says differently of an entry."""
        raise NotImplementedError

    def stops(self, stated: S) -> RowProposal[S, K] | None:
        """What keeps a row from being looked at any further."""
        raise NotImplementedError

    def looks_like(self, one: K) -> str:
        """How a row looks like an entry, in words."""
        raise NotImplementedError

    def proposal(self, stated: S) -> RowProposal[S, K]:
        if stated.row in self._answers.left_out:
            why = self._answers.why_out.get(str(stated.row), "")
            return RowProposal(stated, Action.LEFT_OUT, (f"You left it out: {why}" if why else "You left it out",))
        if stated.is_heading:
            return RowProposal(stated, Action.LEFT_OUT, stated.notes)
        if stated.problems:
            return RowProposal(stated, Action.NEEDS_YOU, stated.problems)
        if (stopped := self.stops(stated)) is not None:
            return stopped
        key = self.identity(stated)
        if key in self._said:
            return RowProposal(stated, Action.ALREADY, (f"Row {self._said[key].line} says the same",))
        self._said[key] = stated
        return self._meets(stated)

    def _near(self, stated: S) -> list[K]:
        found = (one for place in self.places(stated) for one in self._by_place.get(place, ()))
        return list({one.id: one for one in found}.values())

    def _is(self, one: K, stated: S) -> bool:
        """Whether a row is an entry on the register, as it stands or as it once stood."""
        return any(self.says(each, one, stated) for each in (one.details, *one.earlier))

    def _meets(self, stated: S) -> RowProposal[S, K]:
        """What a row does to what the register says: nothing, a change, or one more entry."""
        said = self._answers.same.get(stated.key, "")
        free = [one for one in self._near(stated) if one.id not in self._used]
        chosen = next((one for one in free if one.id == said), None)
        if chosen is not None:
            found = self._compared(stated, chosen, f"You said that it is {chosen.reference}")
            return replace(found, twin=chosen)
        mine = [one for one in free if self._repeated.get(one.id, stated.key) == stated.key]
        alike = [one for one in mine if self._is(one, stated)]
        alike = [one for one in alike if not one.is_withdrawn] or alike
        same = [one for one in alike if not any(self.differences(stated, one))]
        if said == NEW_ENTRY:  # it is none of those that differ; what came in when it was said is there since
            same, alike = same or [one for one in alike if self._was(one, stated)], []
        if not same and len(alike) > 1:
            reason = f"It may be any of these on the register: {', '.join(one.reference for one in alike)}"
            return RowProposal(stated, Action.NEEDS_YOU, (reason,), twin=alike[0])
        if found_here := (same or alike):
            return self._compared(stated, found_here[0])
        return self._unless_it_stands(stated, free, is_new=said == NEW_ENTRY)

    def _compared(self, stated: S, one: K, told: str = "") -> RowProposal[S, K]:
        self._used.add(one.id)
        differs = tuple(self.differences(stated, one))
        plain = (told,) if told else ()
        if one.is_withdrawn:
            return RowProposal(stated, Action.ALREADY, (*plain, f"It is {one.reference}, which was withdrawn"), one)
        if not differs:
            return RowProposal(stated, Action.ALREADY, plain or (f"It is {one.reference}",), one)
        if self._was(one, stated):
            since = f"It is {one.reference}, which was corrected since"
            return RowProposal(stated, Action.ALREADY, (*plain, since), one)
        if not one.is_taken_over:
            told = f"{one.reference} was entered here, and is not changed by a file. Leave the row out, or correct it on the register"
            return RowProposal(stated, Action.NEEDS_YOU, (*plain, *differs, told), one)
        return RowProposal(stated, Action.CHANGED, (*plain, *differs, *stated.notes), one)

    def _was(self, one: K, stated: S) -> bool:
        """Whether a row says what an entry said before it was corrected here, on the day of the register or later."""
        if one.changed_on is None or one.changed_on < self._as_at:
            return False
        return any(not any(self.differences(stated, replace(one, details=each))) for each in one.earlier)

    def _unless_it_stands(self, stated: S, free: Sequence[K], *, is_new: bool) -> RowProposal[S, K]:
        """A new entry; where one that looks like it stands, what somebody said it is."""
        twin = next((one for one in free if one.id not in self._spoken_for and self.may_be(one, stated)), None)
        if twin is None:
            return self._unless_it_was(stated, is_new=is_new)
        if is_new:
            told = f"You said that it is another {self.NOUN} than {twin.reference}"
            return RowProposal(stated, Action.NEW, (told, *stated.notes), twin=twin)
        return RowProposal(stated, Action.NEEDS_YOU, (self.looks_like(twin), *stated.notes), twin=twin)

    def _unless_it_was(self, stated: S, *, is_new: bool) -> RowProposal[S, K]:
        """A new entry; where it may be one that was disposed of, what somebody said. Rule: REG-04."""
        said = self._answers.same.get(stated.key, "")
        gone = [one for one in self._disposed if one.id == said or self.may_have_been(one, stated)]
        one = next((each for each in gone if each.id == said), None)
        if one is not None:
            told = f"You said that it is {one.reference}, which was disposed of"
            return RowProposal(stated, Action.ALREADY, (told,), one, twin=one)
        if not gone:
            return RowProposal(stated, Action.NEW, stated.notes)
        if is_new:
            told = f"You said that it is another {self.NOUN} than {gone[0].reference}"
            return RowProposal(stated, Action.NEW, (told, *stated.notes), twin=gone[0])
        known = f"{gone[0].reference}, {self.LEFT}, which was disposed of on {day(gone[0].disposed_on)}"
        told = f"It may be {known}. Leave the row out, or say that it is another"
        return RowProposal(stated, Action.NEEDS_YOU, (told, *stated.notes), twin=gone[0])
