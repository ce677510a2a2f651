"""What is entered about people, on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coi.audit.models import LedgerLeaf
from coi.database import db
from coi.errors import EditConflict, NotFound, RuleBroken
from coi.people import commands, queries
from coi.people.models import Person
from coi.people.vocabulary import AppointmentDetails, PersonDetails
from coi.permissions.vocabulary import system_actor
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment

SYSTEM = system_actor("cli")


def _entries() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(LedgerLeaf)) or 0


def test_entering_a_person_is_one_entry(app: Flask, at: datetime) -> None:
    person = commands.enter_person(PersonDetails("Siân", "Ŵyn-Jones", "Dr"), actor=SYSTEM, at=at)
    db.session.commit()
    assert (person.name, person.sort_key, person.initials) == ("Dr Siân Ŵyn-Jones", "wyn jones  sian", "SŴJ")
    assert _entries() == 1


def test_a_namesake_is_refused_until_confirmed_accents_or_not(app: Flask, at: datetime) -> None:
    a_person("Dr Siân Ŵyn-Jones")
    with pytest.raises(RuleBroken) as caught:
        commands.enter_person(PersonDetails("Sian", "Wyn Jones"), actor=SYSTEM, at=at)
    assert caught.value.field == "namesake_confirmed"
    commands.enter_person(PersonDetails("Sian", "Wyn Jones", namesake_confirmed=True), actor=SYSTEM, at=at)
    assert len(queries.namesakes("wyn jones  sian")) == 2


def test_a_change_makes_an_entry_and_a_new_version(app: Flask, at: datetime) -> None:
    person = a_person("Dr Jane Smith")
    commands.change_person(person, PersonDetails("Jane", "Smythe", "Dr"), seen_version=1, actor=SYSTEM, at=at)
    db.session.commit()
    assert (person.name, person.version) == ("Dr Jane Smythe", 2)
    assert _entries() == 2


def test_a_change_of_what_somebody_else_changed_shows_both_versions(app: Flask, at: datetime) -> None:
    person = a_person("Dr Jane Smith")
    commands.change_person(person, PersonDetails("Jane", "Smythe", "Dr"), seen_version=1, actor=SYSTEM, at=at)
    with pytest.raises(EditConflict) as caught:
        commands.change_person(person, PersonDetails("Jane", "Smithson"), seen_version=1, actor=SYSTEM, at=at)
    assert (caught.value.theirs["Family name"], caught.value.yours["Family name"]) == ("Smythe", "Smithson")


def test_nobody_is_entered_again_with_the_name_and_the_address_of_somebody(app: Flask, at: datetime) -> None:
    known = PersonDetails("Jane", "Smith", email="jane@example.nhs.uk", namesake_confirmed=True)
    commands.enter_person(known, actor=SYSTEM, at=at)
    with pytest.raises(RuleBroken, match="Somebody of this name has this address"):
        commands.enter_person(known, actor=SYSTEM, at=at)


def test_keeping_ones_own_name_asks_nothing_about_namesakes(app: Flask, at: datetime) -> None:
    person, _ = a_person("Dr Jane Smith"), a_person("Mrs Jane Smith")
    commands.change_person(person, PersonDetails("Jane", "Smith", "Prof"), actor=SYSTEM, at=at)
    assert person.name == "Prof Jane Smith"


def test_a_post_cannot_be_held_twice_on_one_day_but_again_later(app: Flask, at: datetime) -> None:
    person, body = a_person(), a_body()
    held = an_appointment(person, body, "Chair", valid_from=date(2020, 4, 1))
    with pytest.raises(RuleBroken) as caught:
        commands.appoint(person, body, AppointmentDetails("chair", date(2024, 4, 1)), actor=SYSTEM, at=at)
    assert caught.value.field == "valid_from"
    commands.end_appointment(held, date(2024, 3, 31), actor=SYSTEM, at=at)
    commands.appoint(person, body, AppointmentDetails("Chair", date(2024, 4, 1)), actor=SYSTEM, at=at)
    assert queries.posts_on([person.id], body.id, date(2024, 3, 31)) == {person.id: ["Chair"]}


def test_the_end_of_a_post_overwrites_nothing_and_is_known_from_its_recording_on(app: Flask, at: datetime) -> None:
    person, body = a_person(), a_body()
    held = an_appointment(person, body, "Chair", valid_from=date(2020, 4, 1))
    ended = commands.end_appointment(held, date(2024, 3, 31), actor=SYSTEM, at=at)
    assert (held.valid_to, ended.valid_to, ended.replaces_id) == (None, date(2024, 3, 31), held.id)
    assert person.appointments == [ended]
    before, day_after = at - timedelta(seconds=1), date(2024, 4, 1)
    assert queries.posts_on([person.id], body.id, day_after, before) == {person.id: ["Chair"]}
    assert (
        queries.posts_on([person.id], body.id, day_after, at) == queries.posts_on([person.id], body.id, day_after) == {}
    )
    with pytest.raises(EditConflict) as caught:
        commands.end_appointment(held, date(2024, 6, 30), actor=SYSTEM, at=at)
    assert caught.value.theirs == {"Last day": "2024-03-31"}


def test_a_post_ends_no_earlier_than_it_began(app: Flask, at: datetime) -> None:
    held = an_appointment(a_person(), a_body(), valid_from=date(2023, 4, 1))
    with pytest.raises(RuleBroken):
        commands.end_appointment(held, date(2023, 3, 31), actor=SYSTEM, at=at)
    assert held.valid_to is None


def test_somebody_without_a_post_is_of_the_body_that_entered_them(app: Flask) -> None:
    here, there = a_body(), a_body("NHS Far Fen ICB", "far-fen")
    entered = commands.enter_person(
        PersonDetails("Ros", "Ter"), body_id=there.id, actor=SYSTEM, at=datetime(2026, 4, 1, tzinfo=UTC)
    )
    assert queries.people(here.id) == [] and queries.people(there.id) == [entered]
    assert queries.people_of_body(here.id, date(2026, 5, 1)) == []
    with pytest.raises(NotFound):
        queries.person(entered.id, here.id)
    an_appointment(entered, here)
    assert queries.people(here.id) == [entered] and queries.people(there.id) == []


def test_the_people_of_a_body_hold_a_post_there_or_none_anywhere(app: Flask) -> None:
    here, there = a_body(), a_body("NHS Far Fen ICB", "far-fen")
    mine, theirs, new = a_person("Dr A Mine"), a_person("Dr B Theirs"), a_person("Dr C New")
    an_appointment(mine, here, valid_to=date(2023, 5, 1))
    an_appointment(theirs, there)
    assert [each.name for each in queries.people(here.id)] == [mine.name, new.name]
    assert queries.people(here.id, "MINE a") == [mine]
    assert queries.people_of_body(here.id, date(2023, 5, 1)) == [mine, new]
    assert queries.people_of_body(here.id, date(2023, 5, 2)) == [new]
    with pytest.raises(NotFound):
        queries.person(theirs.id, here.id)


def test_a_refused_person_leaves_nothing_behind(app: Flask, at: datetime) -> None:
    with pytest.raises(RuleBroken):
        commands.enter_person(PersonDetails("", ""), actor=SYSTEM, at=at)
    db.session.commit()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 0


def test_people_of_one_name_are_told_apart_by_their_posts_and_else_by_their_addresses(app: Flask) -> None:
    body = a_body()
    gp, nurse, other, alone = (
        a_person(name, email=f"{number}@fen.example")
        for number, name in enumerate(("Dr Anna Quill", "Dr Anna Quill", "Dr Anna Quill", "Ms Jo Jay"))
    )
    an_appointment(gp, body, "GP member")
    an_appointment(nurse, body, "Nurse lead")
    found = queries.called([gp, nurse, other, alone], body.id, date(2026, 4, 1))
    assert list(found.values()) == [
        "Dr Anna Quill, GP member", "Dr Anna Quill, Nurse lead", "Dr Anna Quill, 2@fen.example", "Ms Jo Jay",
    ]  # fmt: skip
