"""What an edition of a day would hold, and what it would change, before anybody publishes it. Writes nothing."""

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime

from coi.publication import looking, queries, storing
from coi.publication.catalogue import Register
from coi.publication.commands import entries_to_publish
from coi.publication.content import shown
from coi.publication.models import Edition
from coi.publication.vocabulary import Change, Difference, Differences, Entry

SAID = "what the last edition says"
"""Stands for what was published of a field and is withheld by now."""


@dataclass(frozen=True)
class Preview:
    """How many records would be public, what that changes, and the edition that it is compared with."""

    rows: int
    compared: Differences
    last: Edition | None


def preview(body_id: uuid.UUID, register: Register, *, on: date, at: datetime) -> Preview:
    """Returns what would be public on a day, as far as it is known at an instant, against the last edition. Rules: REG-02, REG-03."""
    entries = entries_to_publish(body_id, register, on=on, at=at)
    found = storing.moved(body_id, register.kind, entries)
    last = queries.newest_editions(body_id).get(register.kind)
    wanted = {each.key for each in (*found.changed[: looking.MOST_LISTED], *found.removed[: looking.MOST_LISTED])}
    hidden = register.withheld(body_id, at=at)
    before = {row.key: row.content for row in queries.contents([found.standing[key].id for key in wanted])}
    nothing: frozenset[str] = frozenset()
    listed = (
        *(_added(each, register) for each in found.added[: looking.MOST_LISTED]),
        *(_changed(each, before[each.key], register, hidden.get(each.key, nothing)) for each in found.changed[: looking.MOST_LISTED]),
        *(looking.removal_of(row.key, before[row.key], register.shape, hidden.get(row.key, nothing))
          for row in found.removed[: looking.MOST_LISTED]),
    )  # fmt: skip
    shown_first = listed[: looking.MOST_LISTED]
    remarks = register.remarks(body_id, {each.key for each in shown_first if each.change is not Change.ADDED}, at=at)
    remarked = tuple(replace(each, remark=remarks.get(each.key, "")) for each in shown_first)
    counted = Differences(len(found.added), len(found.changed), len(found.removed), remarked)
    return Preview(len(entries), counted, last)


def _added(entry: Entry, register: Register) -> Difference:
    texts = looking.texts_of(shown(entry.key, entry.content, register.shape), register.shape)
    return Difference(entry.key, Change.ADDED, tuple((heading, "", text) for heading, text in texts.items() if text))


def _changed(entry: Entry, before: str, register: Register, hidden: frozenset[str]) -> Difference:
    """What changed of a record; what the last edition said of a field that is withheld by now is not repeated. Rule: REG-06."""
    shape = register.shape
    after, then = (looking.texts_of(shown(entry.key, text, shape), shape) for text in (entry.content, before))
    secret = {column.heading for column in shape.columns if column.name in hidden}
    lines = tuple(
        (heading, SAID if heading in secret else then[heading], text)
        for heading, text in after.items() if then[heading] != text
    )  # fmt: skip
    return Difference(entry.key, Change.CHANGED, lines)
