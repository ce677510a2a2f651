"""Two records that are one person, entered twice: what one holds goes to the other, counts there, and can be taken back."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from coi import clock
from coi.accounts.belonging import belongs_to
from coi.audit.queries import entries_about
from coi.database import db
from coi.errors import RuleBroken
from coi.meetings.conflicts.queries import flags_of_item
from coi.people import queries as people
from coi.people.models import Appointment, Person
from coi.people.vocabulary import PersonDetails
from coi.permissions.vocabulary import Role
from coi.registers.gifts.models import Gift
from coi.registers.importing import queries as importing
from coi.registers.interests.models import DeclarationDraft
from coi.registers.interests.public_queries import public_rows
from coi.registers.same_person import queries
from coi.registers.same_person.commands import join_records, part_records
from coi.registers.same_person.rules import MOVES, STAYS
from coi.registers.training.commands import enter_training
from coi.registers.training.models import TrainingRecord
from coi.registers.training.vocabulary import Module, TrainingDetails
from tests.factories.accounts import account_with
from tests.factories.committees import a_committee, a_member
from tests.factories.gifts import a_gift
from tests.factories.interests import AT, SYSTEM, an_interest, details_of
from tests.factories.meetings import PLANNED, a_declared_interest, a_scene, an_item
from tests.factories.organisations import a_body, an_organisation
from tests.factories.people import a_person, an_appointment

TODAY, LATER = date(2026, 6, 20), AT + timedelta(days=10)
APART = {
    "account", "action", "attendance", "beforehand_answer", "beforehand_request", "chair_handover", "clinical_input", "conflict_flag",
    "decision", "declaration_drafter", "guardian_substitute", "matter_part", "meeting", "meeting_declaration", "membership",
    "mitigation_agreer", "possible_breach", "presence", "record_keeper", "role_grant", "ruling", "ruling_dispute", "unreached_flag",
    "urgent_decision", "vote",
}  # fmt: skip


@pytest.fixture
def twins(body):
    """Somebody on the register, and the same person as they were entered again with an old spreadsheet."""
    kept, again = a_person("Dr Ama Boateng", email="ama@example.org"), a_person("Ama Boateng")
    for each in (kept, again):
        an_appointment(each, body)
    return kept, again


def joined(kept, again, body, at=LATER):
    return join_records(kept, again, body_id=body.id, actor=SYSTEM, at=at)


def named_on(body, at=LATER):
    return [(row.key, row.values["name"], row.values["positions"]) for row in public_rows(body.id, on=TODAY, at=at)]


def test_for_every_column_that_names_a_person_it_is_said_what_happens_with_it():
    """A new one has to be placed: what is forgotten keeps two records apart, and never loses anything."""
    every = set(queries.places())
    assert every >= MOVES | STAYS
    assert {table for table, column in every - MOVES - STAYS} == APART


def test_what_stood_under_one_record_is_the_other_ones_everywhere_and_goes_back_when_that_is_taken_back(body, twins):
    """Rules: REG-01, REG-07."""
    kept, again = twins
    interest, gift = an_interest(again), a_gift(body, again)
    enter_training(
        [TrainingDetails(again.id, Module.MODULE_1, date(2026, 5, 1), 90)], actor=SYSTEM, at=AT, body_id=body.id
    )
    before = named_on(body)
    assert [name for _, name, _ in before] == ["Ama Boateng"]
    merge = joined(kept, again, body)
    assert named_on(body) == [(interest.reference, "Dr Ama Boateng", ("GP partner member",))]
    assert {row.person_id for model in (Gift, TrainingRecord) for row in db.session.scalars(sa.select(model))} == {
        kept.id
    }
    assert [each.id for each in people.people(body.id)] == [kept.id]
    (entry,) = entries_about("person_merge", merge.id)
    assert entry.event == "people:records:joined"
    part_records(merge, actor=SYSTEM, at=LATER + timedelta(days=1))
    assert named_on(body) == before
    assert db.session.get_one(Gift, gift.id).person_id == again.id
    assert {each.id for each in people.people(body.id)} == {kept.id, again.id}
    db.session.commit()


def test_what_was_declared_since_stays_with_the_record_that_was_kept(body, twins):
    kept, again = twins
    old = an_interest(again)
    merge = joined(kept, again, body)
    new = an_interest(kept, details_of("Elm Ltd"), at=LATER)
    part_records(merge, actor=SYSTEM, at=LATER)
    assert (old.person_id, new.person_id) == (again.id, kept.id)


def test_an_interest_of_the_other_record_counts_for_the_member_from_then_on(app):
    scene, elm = a_scene(), an_organisation("Elm Surgery")
    again = a_person("Fay Fenn")
    an_appointment(again, scene.body)
    a_declared_interest(again, elm)
    item = an_item(scene.meeting, "Rent review", affected=[elm])
    assert flags_of_item(item, known_at=PLANNED) == ()
    joined(scene.gp, again, scene.body, PLANNED)
    assert {flag.name for flag in flags_of_item(item, known_at=PLANNED)} == {"Dr Fay Fenn"}


def test_a_post_that_both_records_hold_stands_once_and_comes_back(body, twins):
    kept, again = twins
    other = an_appointment(again, body, "Clinical lead")
    merge = joined(kept, again, body)
    assert sorted(each.post for each in kept.appointments) == ["Clinical lead", "GP partner member"]
    part_records(merge, actor=SYSTEM, at=LATER)
    assert [each.post for each in kept.appointments] == ["GP partner member"]
    assert sorted(each.post for each in again.appointments) == ["Clinical lead", "GP partner member"]
    assert db.session.get_one(Appointment, other.id).person_id == again.id


def seated(body, again):
    a_member(a_committee(body, "Audit Committee", "AC"), again)


def with_an_account(body, again):
    account_with(again.id, "again@example.nhs.uk", [Role.DECLARANT], body.id)


def known_elsewhere(body, again):
    an_appointment(again, a_body("NHS High Fen ICB", "high-fen"))


def begun(body, again):
    db.session.add(DeclarationDraft(person_id=again.id, kind="sitting", data={}, saved_at=AT))
    db.session.flush()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (seated, "a seat or a part in meetings"), (with_an_account, "an account"), (known_elsewhere, "another organisation as well"),
        (begun, "has begun a declaration"),
    ],
    ids=["a seat", "an account", "another body", "a declaration that was begun"],
)  # fmt: skip
def test_a_record_with_what_cannot_be_moved_is_not_taken_out(body, twins, given, said):
    kept, again = twins
    given(body, again)
    with pytest.raises(RuleBroken, match=said):
        joined(kept, again, body)
    assert db.session.scalars(sa.select(Person).where(belongs_to(body.id))).all() != [kept]


def test_no_list_or_file_finds_a_record_that_was_taken_out(body, twins):
    kept, again = twins
    who = PersonDetails("Ama", "Boateng")
    assert len(importing.known_people(body.id, [who], LATER)) == 2
    joined(kept, again, body)
    assert [each.id for each in importing.known_people(body.id, [who], LATER)] == [str(kept.id)]
    assert importing.persons([again.id]) == {again.id: kept}, "an earlier file remembers who was meant"
    assert people.namesakes(kept.sort_key) == [kept]


def test_a_secretary_says_that_somebody_was_entered_twice_sees_what_moves_and_takes_it_back(secretary, body, twins):
    kept, again = twins
    interest = an_interest(again, at=clock.now())
    db.session.commit()
    secretary.get(f"/mid-marsh/people/{kept.id}")
    page = secretary.click("They were entered twice")
    assert "Ama Boateng" in page.text
    page = secretary.post(page.path, {"other": str(again.id)})
    assert page.heading == "Are these the same person?"
    assert "1 declaration 1 interest 1 post" in page.text
    page = secretary.post(page.path, page.form_fields())
    assert page.notices == ["The records are one. What stood under the other is Dr Ama Boateng’s now"]
    assert secretary.get(f"/mid-marsh/people/{again.id}").status_code == 404
    register = secretary.get("/mid-marsh/registers/interests/?find=boateng")
    assert [row["Name"] for row in register.table(register.soup.caption.get_text())] == ["Dr Ama Boateng"]
    assert interest.reference in register.text
    page = secretary.get(f"/mid-marsh/people/{kept.id}/same")
    assert "Ama Boateng: since" in page.text
    page = secretary.post(page.soup.find("form", action=lambda to: to and to.endswith("/back"))["action"], {})
    assert "Ama Boateng has a record of their own again" in page.notices[0]
    assert secretary.get(f"/mid-marsh/people/{again.id}").status_code == 200
