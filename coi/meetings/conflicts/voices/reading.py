"""The roster as compared with items, as whoever asks for a page may read it."""

import uuid
from collections.abc import Mapping, Sequence

from flask import g

from coi import clock
from coi.meetings.conflicts.voices.blueprint import KEEP_ROSTER
from coi.meetings.conflicts.voices.roster_queries import candidates_for
from coi.meetings.conflicts.voices.roster_rules import for_reader
from coi.meetings.conflicts.voices.vocabulary import Candidate
from coi.meetings.models import AgendaItem, Meeting
from coi.permissions.vocabulary import Permission
from coi.web.access import may

RULE = Permission.MEETINGS_CONFLICT_RULE


def roster_for_reader(meeting: Meeting, items: Sequence[AgendaItem]) -> Mapping[uuid.UUID, Sequence[Candidate]]:
    """Returns for each item the roster compared with it: by which way an interest leads there, whoever keeps the roster or chairs reads."""
    chairs = any(may(RULE, each.committee_id) for each in meeting.committees)
    found = candidates_for(meeting, items, known_at=clock.now(), reader=g.actor)
    return for_reader(found, sees_paths=may(KEEP_ROSTER) or chairs)
