"""Interests and items that name an organisation in words of which nobody has settled whom they mean."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coi.database import db
from coi.handlers import job_handlers
from coi.jobs.models import Job
from coi.jobs.vocabulary import JobContext
from coi.meetings.conflicts.flag_commands import dismiss_flag
from coi.meetings.conflicts.queries import conflicts_at, flags_of_item, frozen_flags
from coi.meetings.models import AgendaItem
from coi.meetings.proceedings.decision_commands import take_decision
from coi.meetings.recorded_vocabulary import DecisionDetails
from coi.meetings.vocabulary import AffectedRelation, FlagAnswer, FlagState, Outcome, PresenceKind
from coi.organisations.models import Organisation
from coi.organisations.vocabulary import OrganisationKind, RelationKind
from coi.permissions.vocabulary import Role
from coi.registers.aliases.commands import keep_words, teach
from coi.registers.aliases.vocabulary import AliasDetails
from coi.registers.interests.models import Interest
from coi.registers.interests.review_commands import match_organisation
from coi.registers.interests.versions import LOSSES
from coi.registers.interests.vocabulary import InterestRole
from tests.factories.meetings import (
    PLANNED,
    SYSTEM,
    Scene,
    a_declared_interest,
    a_scene,
    an_item,
    minutes,
    moved,
    opened,
    ruled,
)
from tests.factories.organisations import a_relation, an_organisation

LATER = PLANNED + timedelta(hours=2)
WORDS = "Wherry Surgery"


@pytest.fixture
def scene(app: Flask) -> Scene:
    return a_scene()


@pytest.fixture
def wherries(scene: Scene) -> list[Organisation]:
    """Two practices of one name in the area of the body."""
    commissioner = an_organisation("NHS Mid Marsh ICB - 99Z", OrganisationKind.COMMISSIONER, code="99Z")
    found = [an_organisation(WORDS, code=code, town=town) for code, town in (("Z51001", "Larch"), ("Z51002", "Fenby"))]
    for each in found:
        a_relation(each, RelationKind.COMMISSIONED_BY, commissioner)
    return found


def told(item: AgendaItem) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(flag.name, flag.level, flag.path[1:]) for flag in flags_of_item(item, known_at=LATER)]


def asked(item: AgendaItem) -> list[str]:
    return [each.said for each in conflicts_at(item.meeting, known_at=LATER, items=[item]).to_settle.get(item.id, ())]


def settled(interest: Interest, organisation: Organisation, app: Flask) -> None:
    """Somebody says whom the words mean, and the job looks at what was lost."""
    (named,) = interest.versions[-1].organisations
    match_organisation(named, organisation.id, actor=SYSTEM, at=LATER)
    db.session.flush()
    for job in db.session.scalars(sa.select(Job).where(Job.kind == LOSSES)).all():
        context = JobContext(job.id, None, 1, 5, LATER, lambda *_: None, lambda: None)
        job_handlers(app.config["COI"])[LOSSES](job.payload, context)


def test_an_interest_in_one_of_several_is_flagged_where_the_item_concerns_each_of_them(scene, wherries):
    a_declared_interest(scene.gp, WORDS)
    item = an_item(scene.meeting, affected=wherries)
    ((name, level, path),) = told(item)
    assert (name, level) == ("Dr Fay Fenn", "F1")
    assert path == (
        f"partner at one of {WORDS} (Z51001) and {WORDS} (Z51002) (not settled which)", f"each is contract holder in item {item.position}",
    )  # fmt: skip
    assert asked(item) == []


def test_where_the_item_concerns_only_one_of_them_it_asks_by_name_to_settle_which_is_meant(scene, wherries):
    a_declared_interest(scene.other_gp, WORDS)
    item = an_item(scene.meeting, affected=wherries[:1])
    which = f"{WORDS} (Z51001), which this item concerns, or {WORDS} (Z51002), which it does not"
    assert asked(item) == [f"Dr Guy Gorse declared “{WORDS}”, which may be {which}."]
    assert all(level not in ("F1", "F2") for _, level, _ in told(item))


def test_what_words_mean_for_certain_is_flagged_as_its_own_contract_before_anybody_settles_it(scene, wherries):
    teach(scene.body.id, AliasDetails("Old Wherry", wherries[0].id, "its website"), actor=SYSTEM, at=PLANNED)
    a_declared_interest(scene.gp, "Old Wherry")
    item = an_item(scene.meeting, affected=wherries[:1])
    ((_, level, path),) = told(item)
    assert (level, path[0]) == ("F1", f"partner at {WORDS}, if that is meant (not settled)")


def test_words_that_were_said_to_mean_nobody_lead_nowhere(scene, wherries):
    a_declared_interest(scene.gp, "Old Wherry")
    teach(scene.body.id, AliasDetails("Old Wherry", wherries[0].id, "its website"), actor=SYSTEM, at=PLANNED)
    item = an_item(scene.meeting, affected=wherries[:1])
    assert [level for _, level, _ in told(item)] == ["F1"]
    keep_words(scene.body.id, "Old Wherry", "a boat", actor=SYSTEM, at=LATER)
    assert all(level != "F1" for _, level, _ in told(item))
    (lost,) = conflicts_at(item.meeting, known_at=LATER, items=[item]).unreached[item.id]
    assert "it was said that “Old Wherry” means none of the organisations in the lists, by " in lost.because


def test_an_item_whose_organisation_is_not_settled_flags_whoever_is_in_the_one_that_it_means(scene, wherries):
    teach(scene.body.id, AliasDetails("Old Wherry", wherries[0].id, "its website"), actor=SYSTEM, at=PLANNED)
    a_declared_interest(scene.gp, wherries[0])
    item = an_item(scene.meeting, affected=["Old Wherry"])
    ((_, level, path),) = told(item)
    assert level == "F1"
    assert path[-1] == f"contract holder in item {item.position}, if “Old Wherry” means {WORDS} there (not settled)"


def test_an_item_whose_words_may_mean_several_asks_about_whoever_is_in_one_of_them(scene, wherries):
    a_declared_interest(scene.gp, wherries[0])
    item = an_item(scene.meeting, affected=[WORDS])
    assert asked(item) == [
        f"“{WORDS}” on this item may be {WORDS} (Z51001), which concerns Dr Fay Fenn, or {WORDS} (Z51002), which does not."
    ]


def test_the_same_words_on_the_register_and_on_the_item_mean_the_same(scene, wherries):
    a_declared_interest(scene.gp, WORDS)
    item = an_item(scene.meeting, affected=[WORDS])
    assert [(name, level) for name, level, _ in told(item)] == [("Dr Fay Fenn", "F1")]
    assert asked(item) == []


def test_a_flag_that_rested_on_what_was_not_settled_comes_back_and_goes_with_the_answer(scene, wherries, app):
    interest = a_declared_interest(scene.gp, WORDS)
    item = an_item(scene.meeting, affected=wherries)
    other = an_organisation("Quay Practice", code="Z51003")
    (flag,) = flags_of_item(item, known_at=PLANNED)
    dismiss_flag(
        item, flag, "not hers", actor=scene.actor("chair", Role.CHAIR), at=PLANNED, ground=FlagAnswer.NOT_ME,
        guardian_consulted=True, committee_id=None,
    )  # fmt: skip
    (dismissed,) = flags_of_item(item, known_at=PLANNED)
    assert dismissed.state is FlagState.DISMISSED
    settled(interest, wherries[1], app)
    (back,) = flags_of_item(item, known_at=LATER)
    assert back.is_live and back.changed
    assert back.path[1] == f"partner at {WORDS}"
    settled_again = interest.versions[-1].organisations[0]
    match_organisation(settled_again, other.id, actor=SYSTEM, at=LATER + timedelta(hours=1))
    assert flags_of_item(item, known_at=LATER + timedelta(hours=2)) == ()


def test_a_flag_that_goes_when_words_are_settled_is_told_until_it_was_seen(scene, wherries, app):
    interest = a_declared_interest(scene.gp, WORDS)
    item = an_item(scene.meeting, affected=wherries)
    other = an_organisation("Quay Practice", code="Z51003")
    assert [level for _, level, _ in told(item)] == ["F1"]
    settled(interest, other, app)
    assert told(item) == []
    (lost,) = conflicts_at(item.meeting, known_at=LATER, items=[item]).unreached[item.id]
    assert lost.path[1].startswith(f"partner at one of {WORDS}")


def test_a_decision_keeps_the_flag_as_it_stood_whatever_is_settled_later(scene, wherries, app):
    interest = a_declared_interest(scene.gp, WORDS)
    item = an_item(scene.meeting, affected=wherries)
    ruled(scene, item, "gp", "A4")
    opened(scene)
    moved(scene, "gp", PresenceKind.LEFT, minutes(10), item)
    details = DecisionDetails(Outcome.APPROVED, "The variation was approved.")
    take_decision(item, details, actor=scene.secretary, at=minutes(30))
    (named,) = interest.versions[-1].organisations
    match_organisation(named, wherries[0].id, actor=SYSTEM, at=minutes(60))
    (kept,) = frozen_flags(item.id)
    assert kept.path[1] == f"partner at one of {WORDS} (Z51001) and {WORDS} (Z51002) (not settled which)"


def test_what_was_searched_says_how_many_interests_are_not_settled(scene, wherries):
    a_declared_interest(scene.gp, WORDS)
    a_declared_interest(scene.other_gp, "Something that nobody knows", InterestRole.OTHER)
    item = an_item(scene.meeting, affected=wherries, relation=AffectedRelation.BIDDER)
    searched = conflicts_at(item.meeting, known_at=LATER, items=[item]).searched
    assert (searched.not_settled, searched.not_matched) == (1, 1)
    assert "One of the interests names an organisation in words that are not settled" in searched.record
    assert searched.waits
