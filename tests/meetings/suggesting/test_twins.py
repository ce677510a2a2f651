"""Organisations of one name without an ODS code: nobody guesses which of them is meant, and both are screened."""

import pytest
from flask import Flask

from coi.meetings import commands as meetings
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.models import AgendaItem
from coi.meetings.suggesting import commands, queries
from coi.meetings.suggesting.vocabulary import SuggestedOrganisation
from coi.meetings.vocabulary import ItemDetails, Purpose
from coi.organisations.models import Organisation
from coi.organisations.vocabulary import OrganisationKind
from coi.registers.aliases.commands import teach
from coi.registers.aliases.vocabulary import AliasDetails
from coi.registers.interests.vocabulary import InterestRole
from tests.factories.meetings import SYSTEM, TEN, Scene, a_declared_interest, a_scene
from tests.factories.organisations import AT, an_organisation

TITLE = "Twin Health Ltd: award of a grant"


@pytest.fixture
def scene(app: Flask) -> Scene:
    return a_scene()


@pytest.fixture
def twins(scene: Scene) -> list[Organisation]:
    names = ("Twin Health Ltd", "Twin Health Limited")
    return [an_organisation(each, OrganisationKind.COMPANY, town="Larch", postcode="ZZ9 9ZZ") for each in names]


def an_item(scene: Scene) -> AgendaItem:
    details = ItemDetails(TITLE, Purpose.DECIDE)
    return meetings.add_item(scene.meeting, details, actor=SYSTEM, at=AT, area=scene.body.area_codes)


def offered(item: AgendaItem, scene: Scene) -> list[SuggestedOrganisation]:
    found = queries.suggestions_for(item, scene.body)
    return [each for each in found if isinstance(each, SuggestedOrganisation)]


def test_words_that_two_organisations_are_called_by_are_offered_as_a_choice_and_never_as_certain(
    scene: Scene, twins: list[Organisation]
) -> None:
    found = offered(an_item(scene), scene)
    assert {each.organisation_id for each in found} == {each.id for each in twins}
    assert {each.doubt for each in found} == {"Twin Health Ltd"}
    assert all(each.why.startswith("one of 2 of this name: company, Larch ZZ9 9ZZ, added on ") for each in found)


def test_once_one_of_two_of_the_same_name_is_on_the_item_the_other_is_not_asked_about(
    scene: Scene, twins: list[Organisation]
) -> None:
    item = an_item(scene)
    chosen = [each for each in offered(item, scene) if each.organisation_id == twins[0].id]
    commands.accept(item, chosen, version=1, area=scene.body.area_codes, actor=SYSTEM, at=AT)
    assert [row.organisation_id for row in item.affected] == [twins[0].id]
    assert offered(item, scene) == []


def test_words_that_were_taught_mean_one_of_two_of_the_same_name_for_certain(
    scene: Scene, twins: list[Organisation]
) -> None:
    teach(scene.body.id, AliasDetails("Twin Health Ltd", twins[1].id, "She told us"), actor=SYSTEM, at=AT)
    assert [(each.organisation_id, each.doubt) for each in offered(an_item(scene), scene)] == [(twins[1].id, "")]


def test_an_interest_in_one_of_two_of_the_same_name_is_weakly_flagged_where_the_item_names_the_other(
    scene: Scene, twins: list[Organisation]
) -> None:
    a_declared_interest(scene.people["vice"], twins[0], InterestRole.DIRECTOR)
    item = an_item(scene)
    chosen = [each for each in offered(item, scene) if each.organisation_id == twins[1].id]
    commands.accept(item, chosen, version=1, area=scene.body.area_codes, actor=SYSTEM, at=AT)
    (flag,) = conflicts_at(scene.meeting, known_at=TEN, items=[item]).flags[item.id]
    assert (flag.name, flag.level) == (scene.people["vice"].name, "F4")
    assert flag.path[2] == "perhaps the same as Twin Health Limited"
