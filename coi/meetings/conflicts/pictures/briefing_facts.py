"""Gathers what the chair's briefing says, from what is known about the conflicts of a meeting; and who may open it."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from coi.committees.vocabulary import Office
from coi.meetings.conflicts.beginnings import after_name, whose
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.own import awaits_answer
from coi.meetings.conflicts.pictures.briefing_vocabulary import (
    BriefingFacts,
    Concerned,
    Dismissal,
    ItemBrief,
    Lost,
    Named,
)
from coi.meetings.conflicts.pictures.marks import mark_of, stays_unsaid
from coi.meetings.conflicts.pictures.names import short_names
from coi.meetings.conflicts.pictures.vocabulary import Shape
from coi.meetings.conflicts.vocabulary import GIFT, ItemFlag, PersonConflict
from coi.meetings.conflicts.voices.queries import circumstances_of, expectations_of, meanings_of
from coi.meetings.conflicts.voices.vocabulary import Expectation, ItemMeaning, StanceForecast
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.queries import Agenda
from coi.meetings.vocabulary import PresidingBasis

ITS_OWN = Named("the item", "the item")
"""Whose words those of an item are."""


def presides_at(person_id: uuid.UUID | None, conflicts: MeetingConflicts, items: Sequence[AgendaItem]) -> bool:
    """Whether somebody is chair or vice chair of a committee of the meeting, or presides over one of its items.

    Rule: MTG-07; source: USERS W21."""
    me = str(person_id)
    return me in conflicts.officers or any(
        conflicts.presiding(item.id, committee).person == me for item in items for committee in conflicts.seats
    )


def briefing_facts(meeting: Meeting, body: str, seen: Agenda, known: MeetingConflicts) -> BriefingFacts:
    """Returns the facts of the briefing on the items that its reader may read. Once the meeting is over, as it was expected before."""
    conflicts = known if known.in_the_meeting else replace(known, in_the_meeting=None)
    own = [item for item in seen.items if item.standing is None]
    circumstances = circumstances_of(meeting)
    expected = expectations_of(conflicts, circumstances)
    meanings = {
        (item_id, each.committee_id): each
        for item_id, each_committee in meanings_of(conflicts, own, circumstances).items()
        for each in each_committee
    }
    people = list(conflicts.people.items())
    named = {
        person: Named(name, short)
        for (person, name), short in zip(people, short_names(tuple(name for _, name in people)), strict=True)
    }
    several = len(conflicts.seats) > 1
    return BriefingFacts(
        body=body, meeting=meeting.title, reference=meeting.reference, held_on=meeting.held_on, starts_at=meeting.starts_at,
        venue=meeting.venue, chairs=tuple(_chairs(conflicts)),
        quorum_rules=tuple(f"{f'{each.name}: ' if several else ''}{each.rule_words}" for each in conflicts.seats.values()),
        expectations=tuple(f"{f'{conflicts.seats[each].name}: ' if several else ''}{said.sentence}" for each, said in expected.items()),
        items=tuple(_items(own, conflicts, meanings, named)), withheld=seen.withheld,
        unanswered_invitations=_silent(expected, named), searched=conflicts.searched.record,
    )  # fmt: skip


def _items(
    items: Sequence[AgendaItem],
    conflicts: MeetingConflicts,
    meanings: Mapping[tuple[uuid.UUID, uuid.UUID], ItemMeaning],
    named: Mapping[uuid.UUID, Named],
) -> Iterator[ItemBrief]:
    officers = conflicts.officers
    for item in items:
        for committee_id, committee in conflicts.seats.items():
            meaning, presiding = meanings.get((item.id, committee_id)), conflicts.presiding(item.id, committee_id)
            forecast = meaning.followed if meaning else None
            is_chair = presiding.basis is PresidingBasis.CHAIR
            yield ItemBrief(
                number=item.position, title=item.title, committee=committee.name if len(conflicts.seats) > 1 else "",
                people=tuple(
                    _concerned(each, named, officers)
                    for each in conflicts.conflicts(item.id, committee_id)
                    if each.person_id not in conflicts.away
                ),
                presides="" if is_chair else presiding.reason,
                presides_tersely="" if is_chair else f"{presiding.name or 'Whom the members agree on'} presides.",
                quorum=_quorum(forecast) if forecast else "", is_inquorate=bool(forecast and not forecast.quorum),
                voice=forecast.voice.sentence if forecast and forecast.voice.is_lost else "", is_unscreened=item.names_nobody,
                unmatched=tuple(each for each in item.unmatched if each not in conflicts.searched.meant),
                pause=_pause(meaning) if meaning else "",
                lost=_lost(item, committee_id, conflicts, named), to_settle=_to_settle(item, conflicts, named),
            )  # fmt: skip


def _lost(
    item: AgendaItem, committee_id: uuid.UUID, conflicts: MeetingConflicts, named: Mapping[uuid.UUID, Named]
) -> tuple[Lost, ...]:
    """Which flags an item reaches no more, for whoever presides to see."""
    return tuple(
        Lost(
            named.get(each.person_id, Named(each.name, each.name)),
            " → ".join(after_name(each.path, each.name)),
            each.because,
        )
        for each in conflicts.unreached_for(item.id, committee_id)
    )


def _to_settle(
    item: AgendaItem, conflicts: MeetingConflicts, named: Mapping[uuid.UUID, Named]
) -> tuple[tuple[Named, str], ...]:
    """Whose words may mean somebody whom an item concerns, or that they are its own, each once."""
    found = (
        (ITS_OWN if each.is_of_item else named.get(each.person_id, Named(each.name, each.name)), each.words)
        for each in conflicts.to_settle.get(item.id, ())
    )
    return tuple(dict.fromkeys(found))


def _concerned(each: PersonConflict, named: Mapping[uuid.UUID, Named], officers: frozenset[str]) -> Concerned:
    mark = mark_of(each, shows_weak=True)
    return Concerned(
        who=named.get(each.person_id, Named(each.name, each.name)), word=mark.word.rstrip("?"),
        state=mark.state, is_weak=stays_unsaid(each) and str(each.person_id) not in officers,
        is_dismissed=mark.shape is Shape.DISMISSED, awaits_ruling=each.awaits_ruling,
        awaits_confirmation=each.ruling is not None and not each.ruling.is_confirmed,
        is_unanswered=each.ruling is None and any(map(awaits_answer, each.flags)),
        dismissed=tuple(
            Dismissal(flag.level_words.lower(), flag.dismissal, flag.is_own_money)
            for flag in each.dismissed
            if each.ruling is None
        ),
        runs=_interest_of(each.lead) if each.lead else "", whose=whose(each.lead.path, each.name) if each.lead else "",
        rules=each.lead.rule_ids if each.lead else (),
    )  # fmt: skip


def _interest_of(lead: ItemFlag) -> str:
    """Since when the interest runs; of a gift or hospitality, which has one day, when it came and from whom."""
    return lead.own_part if GIFT in lead.rule_ids else lead.runs


def _pause(meaning: ItemMeaning) -> str:
    """That most members would withdraw, as the page of what it means says it."""
    if meaning.pause is None:
        return ""
    said = f"{meaning.pause.sentence.partition('. ')[0]}."
    return said if meaning.followed.pause else f"If everybody flagged leaves: {said}"


def _quorum(forecast: StanceForecast) -> str:
    assessed = forecast.quorum
    if assessed.quorate:
        return f"Quorate: {len(assessed.counted)} count."
    return f"Not quorate. Missing: {', '.join(assessed.missing)}."


def _chairs(conflicts: MeetingConflicts) -> Iterator[str]:
    for committee in conflicts.seats.values():
        chair = next((seat.name for seat in committee.seats if Office.CHAIR in seat.offices), "")
        if chair:
            yield f"{chair} ({committee.name})" if len(conflicts.seats) > 1 else chair


def _silent(expected: Mapping[uuid.UUID, Expectation], named: Mapping[uuid.UUID, Named]) -> tuple[Named, ...]:
    """Who has not said whether they come, once anybody has."""
    by_name = {each.full: each for each in named.values()}
    silent = (name for said in expected.values() if said.coming or said.apologies for name in said.silent)
    return tuple(by_name.get(name, Named(name, name)) for name in dict.fromkeys(silent))
