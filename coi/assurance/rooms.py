"""Works out, from rows that were read, who has an interest in an item, where they were when it was settled, and what the committee
is without them. No query of its own."""

import uuid
from collections.abc import Collection, Iterable, Mapping

from coi.assurance.facts import FlagFact
from coi.assurance.item_rows import ItemRows
from coi.assurance.room_facts import AtDecision, ConcernedPerson, RoomFacts
from coi.committees.quorum import forecast
from coi.committees.quorum_lint import clinical_voice
from coi.committees.quorum_words import CLASS_WORDS
from coi.committees.room import WOULD_STAND_DOWN
from coi.committees.vocabulary import ClinicalMember, QuorumAssessment
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.rules import NO_DECLARATION
from coi.meetings.conflicts.seats import CommitteeSeats, predicate_of
from coi.meetings.conflicts.spoken import standing
from coi.meetings.minutes.conflict_gathering import counted_in, took_part
from coi.meetings.minutes.queries import Recorded
from coi.meetings.models import Decision, QuorumSnapshot
from coi.meetings.vocabulary import Capacity, Part, PresenceKind
from coi.wording import and_list


def concerned_people(flags: Iterable[FlagFact], rows: ItemRows, recorded: Recorded) -> tuple[ConcernedPerson, ...]:
    """Returns everybody with an interest in the item, by name: whoever has a flag that stands, declared at the item, or was ruled on.
    A declaration that is missing is no interest."""
    why: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for flag in flags:
        if not flag.is_dismissed and flag.level != NO_DECLARATION:
            names[flag.person] = flag.name
            why.setdefault(flag.person, []).append(flag.why)
    for row in standing(rows.declarations):
        if not row.has_nothing:
            names[str(row.person_id)] = row.person.name
            why.setdefault(str(row.person_id), [row.text])
    for ruling in rows.rulings:
        names[str(ruling.person_id)] = ruling.person.name
        why.setdefault(str(ruling.person_id), [f"Ruled on by {ruling.decider.name}"])
    snapshot = rows.snapshots[-1] if rows.snapshots else None
    voted = {str(vote.person_id) for decision in rows.decisions for vote in decision.votes}
    away, several = _away(recorded), len(rows.item.meeting.committees) > 1
    members = {str(row.person_id) for row in recorded.attendance if row.capacity is not Capacity.IN_ATTENDANCE}
    return tuple(
        ConcernedPerson(
            person, names[person], tuple(why[person]),
            in_room=person in snapshot.present if snapshot and person not in away else None,
            voted=person in voted, took_part=any(_decided(person, row, rows) for row in rows.decisions),
            counted=snapshot is not None and person in counted_in(snapshot), was_away=person in away, is_member=person in members,
            at=_at_each(person, rows, recorded) if several and person not in away else (),
            sits_for=_sits_for(person, rows, recorded) if several else (),
        )
        for person in sorted(names, key=lambda one: names[one])
    )  # fmt: skip


def _at_each(person: str, rows: ItemRows, recorded: Recorded) -> tuple[AtDecision, ...]:
    votes = {(row.committee_id, str(vote.person_id)) for row in rows.decisions for vote in row.votes}
    own = set(_sits_for(person, rows, recorded))
    return tuple(
        AtDecision(
            rows.committee(row.committee_id), person in row.present, (row.committee_id, person) in votes,
            rows.committee(row.committee_id) in own,
            any(_decided(person, each, rows) for each in rows.decisions if each.committee_id == row.committee_id),
            person in counted_in(row),
        )
        for row in rows.snapshots
    )  # fmt: skip


def _decided(person: str, decision: Decision, rows: ItemRows) -> bool:
    """Whether somebody took part in a decision, as the minutes count it."""
    who = uuid.UUID(person)
    rulings = [row for row in rows.rulings if row.person_id == who and row.committee_id == decision.committee_id]
    return took_part(who, decision, rulings)


def _sits_for(person: str, rows: ItemRows, recorded: Recorded) -> tuple[str, ...]:
    """The committees of the meeting of which somebody is a member or a deputy, by name."""
    found = {
        row.committee_id
        for row in recorded.attendance
        if str(row.person_id) == person and row.capacity is not Capacity.IN_ATTENDANCE
    }
    return tuple(row.committee.name for row in rows.item.meeting.committees if row.committee_id in found)


def rooms(
    flags: Iterable[FlagFact],
    rows: ItemRows,
    recorded: Recorded,
    seats: Mapping[uuid.UUID, CommitteeSeats],
    conflicts: MeetingConflicts | None,
) -> tuple[RoomFacts, ...]:
    """Returns the item's room for each committee of the meeting. `conflicts` is there while the item is not settled: it says who is
    in the meeting now, and who would stand down."""
    people = {each.person for each in concerned_people(flags, rows, recorded)}
    snapshots = {row.committee_id: row for row in rows.snapshots}
    return tuple(
        _room(committee, snapshots.get(committee.committee_id), people, rows, recorded, conflicts)
        for committee in seats.values()
    )


def _room(
    committee: CommitteeSeats,
    snapshot: QuorumSnapshot | None,
    people: Collection[str],
    rows: ItemRows,
    recorded: Recorded,
    conflicts: MeetingConflicts | None,
) -> RoomFacts:
    now = conflicts.in_the_meeting if conflicts else None
    begun = rows.item.meeting.opened_at is not None
    here = frozenset(snapshot.present) if snapshot else now if now is not None else committee.expected
    took_part = _took_part(recorded) & set(people) if begun else frozenset()
    seats = committee.in_room(here | took_part)
    without = forecast(
        committee.rule,
        committee.settings,
        seats,
        set(people),
        established=committee.established,
        item=predicate_of(rows.item),
    )
    down = conflicts.out_of_the_room(rows.item.id, committee.committee_id) if conflicts else frozenset()
    voice = clinical_voice(seats, took_part - here if snapshot else down)
    decision = next((row for row in rows.decisions if row.committee_id == committee.committee_id), None)
    return RoomFacts(
        committee=committee.name, present=_names(here, rows, recorded, committee, conflicts),
        taken_at=snapshot.taken_at if snapshot else None, is_final=snapshot is not None, has_begun=begun,
        without_quorate=without.quorate, without_reasons=_sum_without(without), rule=committee.rule_words,
        lost_voices=_voices(voice.lost), remaining_voices=_voices(voice.remaining),
        presiding=decision.presiding.name if decision and decision.presiding else "",
    )  # fmt: skip


def _sum_without(quorum: QuorumAssessment) -> tuple[str, ...]:
    """Returns the sum of the quorum without everybody with an interest. It is a question, not what happened: nobody is said to have
    stood down."""
    left_out = [each.name for each in quorum.not_counted if each.why == WOULD_STAND_DOWN]
    found = [quorum.reasons[0]]
    if quorum.missing:
        found.append(f"Missing: {and_list(list(quorum.missing))}.")
    if left_out:
        found.append(f"Left out of this count: {and_list(left_out)}.")
    return tuple(found)


def _names(
    here: Collection[str],
    rows: ItemRows,
    recorded: Recorded,
    committee: CommitteeSeats,
    conflicts: MeetingConflicts | None,
) -> tuple[str, ...]:
    """Everybody in the room, members and others, in the order of names; whoever sat in the public gallery is added as that."""
    known = {seat.person: seat.name for seat in committee.seats}
    known |= {str(person): name for person, name in conflicts.people.items()} if conflicts else {}
    order = {str(row.person_id): row.person.sort_key for row in recorded.attendance}
    known |= {str(row.person_id): row.person.name for row in recorded.attendance}
    found = [
        known.get(each, "Somebody") for each in sorted(here, key=lambda one: (order.get(one, known.get(one, "")), one))
    ]
    if rows.item.part is Part.PUBLIC:
        last = {row.person_id: row for row in rows.moves if row.kind is not PresenceKind.RETURNED}
        found += [
            f"{row.person.name} (in the public gallery)"
            for row in last.values()
            if row.kind is PresenceKind.GALLERY and str(row.person_id) not in here
        ]
    return tuple(found)


def _took_part(recorded: Recorded) -> frozenset[str]:
    return frozenset(str(row.person_id) for row in recorded.presence)


def _away(recorded: Recorded) -> set[str]:
    apologies: dict[uuid.UUID, bool] = {}
    for row in recorded.attendance:
        apologies[row.person_id] = apologies.get(row.person_id, True) and row.apologies
    return {str(person) for person, sent in apologies.items() if sent}


def _voices(members: Iterable[ClinicalMember]) -> tuple[str, ...]:
    return tuple(f"{each.name} ({CLASS_WORDS[each.member_class][0]})" for each in members)
