"""What an import will do with each row of a register of gifts and hospitality, and why. Pure."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from coi.guidance.vocabulary import Rulebook
from coi.organisations.naming import folded
from coi.registers.importing.consenting import ASKS, ASKS_WITHOUT, NO_REASON
from coi.registers.importing.gifts.entries import (
    STAYS,
    against,
    changed_entry,
    differences,
    fault,
    is_day,
    is_theirs,
    new_entry,
    said,
)
from coi.registers.importing.gifts.reading import BY_HAND
from coi.registers.importing.gifts.vocabulary import GiftPlan, GiftProposal, KnownGift, StatedGift
from coi.registers.importing.holders import Holders, told_of_leaver
from coi.registers.importing.row_plans import RowPlanner, RowProposal, told_of_disposed
from coi.registers.importing.vocabulary import Action, Answers, KnownPerson
from coi.wording import day

THE_BODY = "the body"
SUSPECTED = "A suspected breach is opened"
"""Said to whoever imports, and to nobody whom it is about."""
_OURS = {
    "the organisation", "organisation", "the organization", "organization", "corporate", "the ccg", "ccg", "the icb", "icb",
    "the organisation itself", "the body",
}  # fmt: skip
_TEAM = re.compile(
    r"\b(?:team|staff|directorate|department|committee|board|group|practices|members|employees|all|various|office|colleagues)\b",
    re.I,
)


def plan_of(
    stated: Sequence[StatedGift],
    people: Sequence[KnownPerson],
    known: Sequence[KnownGift],
    answers: Answers,
    today: date,
    as_at: date | None = None,
    *,
    rulebook: Rulebook,
    ours: Collection[str] = (),
) -> GiftPlan:
    """Returns what will happen with each row of a register that was right on `as_at` (None: today); `ours` are the names of the body
    itself. A row is the offer on the register with the same recipient, offeror, words and day; where it says the same, it changes
    nothing. What was entered here is never changed by a spreadsheet. Rules: GIFT-01, HOSP-01; RULEBOOK §8, §17.4."""
    as_at = as_at or today
    stated = [_by_then(each, as_at) for each in stated]
    planner = _Planner(stated, people, known, answers, today, as_at, rulebook, ours)
    return GiftPlan(tuple(planner.shown(each) for each in stated))


def _by_then(stated: StatedGift, as_at: date) -> StatedGift:
    """A row that gives a month or a year which was not over on the day of the register: it was offered, or declared, by that day. Not by
    that of the import, which is another one each time."""
    open_days = {
        name: stated.said.get(name) for name in ("offered_on", "declared_on") if stated.said.get(f"{name}_or_before")
    }
    later = {name: as_at for name, on in open_days.items() if on and on > as_at}
    if stated.earliest and stated.earliest > as_at:
        later.pop("offered_on", None)
    return replace(stated, said={**stated.said, **later}) if later else stated


class _Planner(RowPlanner[StatedGift, KnownGift]):
    NOUN = "offer"
    LEFT = "an offer to the same recipient, of this kind and on this day"

    def __init__(
        self,
        stated: Sequence[StatedGift],
        people: Sequence[KnownPerson],
        known: Sequence[KnownGift],
        answers: Answers,
        today: date,
        as_at: date,
        rulebook: Rulebook,
        ours: Collection[str],
    ) -> None:
        self._rulebook = rulebook
        self._ours = _OURS | {folded(each) for each in ours if each}
        rows = [each for each in stated if not each.is_heading]
        held = [each for each in rows if not self.is_ours(each)]
        self._holders = Holders(held, people, answers)
        for each in held:  # in their order: a namesake further down may be who stands further up
            self._holders.of(each)
        super().__init__(rows, known, answers, today, as_at)

    def is_ours(self, stated: StatedGift) -> bool:
        """Whether a row is of an offer to the body itself."""
        return folded(stated.name) in self._ours

    def shown(self, stated: StatedGift) -> GiftProposal:
        """What will happen with a row, with whom it is about, and with what is asked for by its form."""
        found = self.proposal(stated)
        if not stated.is_heading and not self.is_ours(stated):
            found = replace(found, holder=self._holders.of(stated))
        if found.action is Action.NEW and found.holder is not None:
            found = replace(found, reasons=(*found.reasons, *told_of_leaver(found.holder)))
        return self._asking(self._against(found))

    def _against(self, found: GiftProposal) -> GiftProposal:
        """Where a row goes against the rules of its own day, what will come of it. Rule: BRE-01."""
        if found.action is Action.NEW:
            made = new_entry(found.stated, self._as_at, is_for_body=found.holder is None)
        elif found.action is Action.CHANGED and found.entry is not None:
            made = changed_entry(found.stated, found.entry)
        else:
            return found
        told = against(made, self._rulebook)
        words = f"{told.words}. {SUSPECTED}" if told.is_possible_breach else told.words
        return replace(found, reasons=(*found.reasons, words)) if told else found

    def _asking(self, found: GiftProposal) -> GiftProposal:
        """Where the form does not consent to publication, the Guardian is asked, once. Rule: REG-06."""
        why, entry = found.stated.keep_private_because, found.entry
        if not why or self.is_ours(found.stated):
            return found
        if entry is not None and (entry.is_asked_about or entry.is_withdrawn):
            return found
        if found.action not in (Action.NEW, Action.CHANGED, Action.ALREADY) or (
            found.action is Action.ALREADY and entry is None
        ):
            return found
        action = Action.ASKED if found.action is Action.ALREADY else found.action
        told = ASKS_WITHOUT if why == NO_REASON else ASKS
        return replace(found, action=action, reasons=(*found.reasons, told), asks=True)

    def _place(self, stated: StatedGift) -> str:
        if self.is_ours(stated):
            return THE_BODY
        holder = self._holders.of(stated)
        return holder.person_id or holder.key

    def places_of(self, one: KnownGift) -> Iterable[str]:
        return (one.person_id or THE_BODY,)

    def places(self, stated: StatedGift) -> Iterable[str]:
        return (self._place(stated),)

    def identity(self, stated: StatedGift) -> tuple[object, ...]:
        return (self._place(stated), *sorted((name, str(value)) for name, value in stated.said.items()))

    def stops(self, stated: StatedGift) -> GiftProposal | None:
        reason = self._wrong(stated)
        return RowProposal(stated, Action.NEEDS_YOU, (reason, *stated.notes)) if reason else None

    def _wrong(self, stated: StatedGift) -> str:
        is_ours = self.is_ours(stated)
        if not is_ours and _TEAM.search(stated.name) and BY_HAND not in stated.notes:
            return f"“{stated.name[:60]}” is nobody’s name. Correct the row to one person, or to “The organisation”"
        if not is_ours and self._holders.of(stated).choices:
            return f"{stated.name} may be somebody who is known. Say who it is"
        on = stated.said.get("offered_on")
        if on and on > self._as_at and BY_HAND not in stated.notes:
            told = f"in {stated.cells.get('offered', '')}" if stated.earliest else f"on {day(on)}"
            after = f"It was offered {told}, after {day(self._as_at)}, the day of this register"
            return f"{after}. Correct the row or the day, or leave it out"
        reason = fault(new_entry(stated, self._as_at, is_for_body=is_ours), self._today, is_for_body=is_ours)
        return f"{reason}. Correct the row, or leave it out" if reason else ""

    def differences(self, stated: StatedGift, one: KnownGift) -> Iterable[str]:
        return differences(stated, one)

    def says(self, details: object, one: KnownGift, stated: StatedGift) -> bool:
        made = details if isinstance(details, dict) else dict(one.details)
        is_same = folded(made["description"]) == folded(stated.said.get("description", ""))
        return is_same and is_theirs(made, stated) and is_day(made, stated)

    def may_be(self, one: KnownGift, stated: StatedGift) -> bool:
        """Whether a row looks like an offer on the register: to the same recipient, on the same day, by the same or of the same."""
        made = one.details
        is_same = folded(made["description"]) == folded(stated.said.get("description", ""))
        return is_day(made, stated) and (is_same or is_theirs(made, stated))

    def may_have_been(self, one: KnownGift, stated: StatedGift) -> bool:
        """Whether a row is of the same recipient, day, kind and answer as an offer that was disposed of."""
        made = new_entry(stated, self._as_at, is_for_body=self.is_ours(stated))
        if (one.person_id or THE_BODY) != self._place(stated):
            return False
        return any(
            is_day(each, stated) and all(each[name] == made[name] for name in STAYS)
            for each in (one.details, *one.earlier)
        )

    def looks_like(self, one: KnownGift) -> str:
        return f"It looks like {words_of(one)}. Say whether it is the same"


def words_of(one: KnownGift) -> str:
    """What an offer on the register says, in short: "G/2026/0003: dinner, offered on 4 May 2019"."""
    if one.disposed_on:
        return told_of_disposed(one)
    made = one.details
    return (
        f"{one.reference}: {said('description', made)}, by {said('offeror', made)}, offered {said('offered_on', made)}"
    )
