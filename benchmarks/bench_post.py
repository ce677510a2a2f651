"""What the ledger adds to a POST: the whole request with session, token, key, command and commit, against the same request whose
command records nothing and whose session nobody watches. Target: at most 1.4 times, on both databases.

python -m benchmarks.bench_post
"""

import itertools
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa
from sqlalchemy.orm import Mapper

from benchmarks.pairs import ratio_of
from benchmarks.setting import Browser, Setting, each_setting
from coi.audit import log, unrecorded
from coi.committees.models import Committee
from coi.database import db
from coi.meetings.models import AgendaItem
from tests.factories.meetings import a_meeting

POSTS = 5
"""How many forms are sent in one measurement."""

MEETINGS = 12
"""An item is added to these in turn, so that no agenda grows long."""


def main() -> None:
    """Prints the figures of both databases."""
    with each_setting() as settings:
        for one in settings:
            browser = one.secretary()
            for name, send in (
                ("item_added", _item_added(one, browser)),
                ("item_changed", _item_changed(one, browser)),
                ("person_entered", _person_entered(one, browser)),
            ):
                ratio_of(f"post_{name}_{one.database}", send, send, rounds=21, around_denominator=without_ledger)


@contextmanager
def without_ledger() -> Iterator[None]:
    """Commands work as they are, but `record` only flushes, and the session is not watched."""
    guards = _guards()
    for guard in guards:
        sa.event.remove(*guard)
    try:
        with patch.object(log, "record", _only_flush):
            yield
    finally:
        for guard in guards:
            sa.event.listen(*guard)


def _guards() -> tuple[tuple[Any, str, Callable[..., Any]], ...]:
    """The listeners that `unrecorded.watch` adds."""
    return (
        (db.session, "before_commit", unrecorded._refuse_unrecorded),
        (db.session, "do_orm_execute", unrecorded._refuse_bulk),
        (db.session, "after_transaction_create", unrecorded._save),
        (db.session, "after_transaction_end", unrecorded._forget),
        (db.session, "after_soft_rollback", unrecorded._restore),
        (Mapper, "after_insert", unrecorded._note_insert),
        (Mapper, "after_update", unrecorded._note_update),
        (Mapper, "before_delete", unrecorded._refuse_delete),
    )


def _only_flush(_event: Any, **_about: Any) -> None:
    db.session.flush()


def _item_added(one: Setting, browser: Browser) -> Callable[[], None]:
    """A new item, for which the agenda is numbered again: several rows change."""
    with one.app.app_context():
        committee = db.session.scalars(sa.select(Committee)).one()
        pages = itertools.cycle(
            [one.agenda.replace(str(one.meeting_id), str(a_meeting(committee).id)) + "/add" for _ in range(MEETINGS)]
        )
        db.session.commit()

    numbers = itertools.count(1)

    def send() -> None:
        for _ in range(POSTS):
            form = {
                "title": f"Contract variation {next(numbers)}",  # the same words twice on one agenda are refused
                "purpose": "decide",
                "class_scope": "none",
                "part": "public",
                "function_code": "",
            }
            browser.post(next(pages), form)

    return send


def _item_changed(one: Setting, browser: Browser) -> Callable[[], None]:
    """The text of one item: one row changes."""
    with one.app.app_context():
        mine = sa.select(AgendaItem).where(AgendaItem.meeting_id == one.meeting_id, AgendaItem.standing.is_(None))
        item = db.session.scalars(mine.order_by(AgendaItem.position)).all()[0]
        page, versions = f"{one.people.removesuffix('/people')}/items/{item.id}/edit", itertools.count(item.version)

    def send() -> None:
        for _ in range(POSTS):
            version = next(versions)
            form = {
                "title": f"Contract variation, text {version}",
                "purpose": "decide",
                "class_scope": "none",
                "part": "public",
            }
            browser.post(page, {**form, "version": str(version), "function_code": ""})

    return send


def _person_entered(one: Setting, browser: Browser) -> Callable[[], None]:
    """A person: one row is new."""

    def send() -> None:
        for _ in range(POSTS):
            family = f"Newcomer {uuid.uuid4().hex[:12]}"
            browser.post(f"{one.people}/new", {"title": "Dr", "given_names": "Una", "family_name": family})

    return send


if __name__ == "__main__":
    main()
