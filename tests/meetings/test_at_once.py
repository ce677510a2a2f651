"""Two people write to one meeting at once: each waits for the other, and sees what the other did. On both databases."""

import threading
import uuid
from collections.abc import Callable

from flask import Flask

from coi.database import db
from coi.errors import EditConflict, RuleBroken
from coi.meetings import commands as planning
from coi.meetings.lifecycle import moved
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings.people_queries import presence_of
from coi.meetings.queries import agenda_of
from coi.meetings.recorded_vocabulary import MovementDetails
from coi.meetings.vocabulary import PresenceKind
from tests.factories.meetings import PLANNED, SYSTEM, a_scene, an_item, minutes, opened

Deed = Callable[[Meeting], object]


def at_once(app: Flask, meeting_id: uuid.UUID, *deeds: Deed) -> list[Exception]:
    """Does all of these, each in a session of its own that has read the agenda before any of them wrote. On SQLite, whose writers
    queue from the start, one after the other. Returns what was refused."""
    db.session.rollback()  # on SQLite, looking for the id took the lock
    refused: list[Exception] = []
    ready = threading.Barrier(len(deeds))
    waits = db.engine.dialect.name == "postgresql"

    def do(deed: Deed) -> None:
        with app.app_context():
            try:
                meeting = db.session.get_one(Meeting, meeting_id)
                agenda_of(meeting)
                if waits:
                    ready.wait(10)
                deed(meeting)
                db.session.commit()
            except Exception as error:
                refused.append(error)
                db.session.rollback()
            finally:
                db.session.remove()

    threads = [threading.Thread(target=do, args=(deed,)) for deed in deeds]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return refused


def test_two_items_added_at_once_get_two_places(app: Flask) -> None:
    scene = a_scene()
    assert scene.meeting is not None
    db.session.commit()
    assert not at_once(
        app, scene.meeting.id, lambda meeting: an_item(meeting, "A"), lambda meeting: an_item(meeting, "B")
    )
    db.session.expire_all()
    assert [item.position for item in agenda_of(scene.meeting)] == list(range(1, 11))
    assert scene.meeting.agenda_version == 3


def test_of_two_moves_from_the_same_page_one_is_told_of_the_other(app: Flask) -> None:
    scene = a_scene()
    first, second, third = (an_item(scene.meeting, title).id for title in "ABC")
    assert scene.meeting is not None
    db.session.commit()
    version = scene.meeting.agenda_version
    db.session.rollback()

    def move(item: uuid.UUID, places: int) -> Deed:
        def deed(meeting: Meeting) -> None:
            order = moved([each.id for each in agenda_of(meeting)], item, places)
            planning.reorder_agenda(meeting, order, version=version, actor=SYSTEM, at=PLANNED)

        return deed

    (told,) = at_once(app, scene.meeting.id, move(first, 1), move(third, -1))
    assert isinstance(told, EditConflict)
    db.session.expire_all()
    assert [item.id for item in agenda_of(scene.meeting)][6:9] in ([second, first, third], [first, third, second])


def test_two_people_who_leave_at_once_are_both_recorded_and_an_item_is_opened_once(app: Flask) -> None:
    scene = a_scene()
    item_id = an_item(scene.meeting).id
    meeting = opened(scene)
    secretary, leavers = scene.secretary, (scene.gp.id, scene.lay.id)
    db.session.commit()

    def leave(person: uuid.UUID) -> Deed:
        details = MovementDetails(person, PresenceKind.LEFT, minutes(8))
        return lambda meeting: proceedings.record_movement(meeting, details, actor=secretary, at=minutes(8))

    assert not at_once(app, meeting.id, *(leave(each) for each in leavers))
    assert {row.person_id for row in presence_of(meeting.id)[-2:]} == set(leavers)
    db.session.rollback()

    def open_it(_meeting: Meeting) -> None:
        proceedings.open_item(db.session.get_one(AgendaItem, item_id), actor=secretary, at=minutes(9))

    (told,) = at_once(app, meeting.id, open_it, open_it)
    assert isinstance(told, RuleBroken)
