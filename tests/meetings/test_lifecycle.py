"""Pure rules of planning: financial years, the order of an agenda, what an item must say, the task list."""

import uuid
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.errors import RuleBroken
from coi.meetings import lifecycle
from coi.meetings.models import AgendaItem
from coi.meetings.tasks import MeetingProgress, TaskState, tasks_of
from coi.meetings.vocabulary import (
    ClassScope,
    ItemDetails,
    ItemState,
    MeetingState,
    MinutesState,
    Part,
    Purpose,
    Standing,
)

IDS = st.lists(st.uuids(), min_size=1, max_size=12, unique=True)


@pytest.mark.parametrize(
    ("on", "year"),
    [
        (date(2026, 3, 31), "2025-26"),
        (date(2026, 4, 1), "2026-27"),
        (date(1999, 12, 31), "1999-00"),
    ],
)
def test_the_financial_year_starts_on_1_april(on: date, year: str) -> None:
    assert lifecycle.financial_year(on) == year


@given(IDS, st.data(), st.integers(-20, 20))
def test_moving_an_item_keeps_every_other_in_its_order(
    order: list[uuid.UUID], data: st.DataObject, places: int
) -> None:
    item = data.draw(st.sampled_from(order))
    moved = lifecycle.moved(order, item, places)
    assert [each for each in moved if each != item] == [each for each in order if each != item]
    assert moved.index(item) == min(max(order.index(item) + places, 0), len(order) - 1)


def test_a_private_item_states_its_reason() -> None:
    details = ItemDetails("Tender", Purpose.DECIDE, Part.PRIVATE)
    with pytest.raises(RuleBroken) as broken:
        lifecycle.check_item(details)
    assert broken.value.field == "private_reason"
    assert broken.value.rule == "MTG-12"


def test_an_item_for_the_practices_of_a_network_says_which_network() -> None:
    with pytest.raises(RuleBroken, match="Select the primary care network"):
        lifecycle.check_item(ItemDetails("Winter hubs", Purpose.DECIDE, class_scope=ClassScope.PCN))


def test_a_new_item_goes_before_the_closing_items() -> None:
    agenda = [Standing.WELCOME, Standing.DECLARATIONS, None, Standing.OTHER_BUSINESS, Standing.NEXT_MEETING]
    assert lifecycle.place_for_new_item(agenda) == 3
    assert lifecycle.place_for_new_item([Standing.WELCOME]) == 1


@pytest.mark.parametrize("state", [each for each in ItemState if each is not ItemState.PLANNED])
def test_an_item_that_was_taken_stays_as_it_was_put_to_the_committee(state: ItemState) -> None:
    with pytest.raises(RuleBroken):
        lifecycle.check_item_may_change(state)


def test_declarations_and_quoracy_stand_on_every_agenda() -> None:
    standing = {item.standing for item in lifecycle.OPENING_ITEMS}
    assert {Standing.DECLARATIONS, Standing.QUORACY} <= standing, "MTG-01, MTG-04"


def progress(**changes: object) -> MeetingProgress:
    facts: dict[str, object] = {
        "state": MeetingState.PLANNED, "items": 3, "nameless": 0, "waiting": 0, "people_waiting": 0, "inquorate": (),
        "unsettled": 3, "minutes": None,
    }  # fmt: skip
    return MeetingProgress(**{**facts, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "title", "state"),
    [
        ({"items": 0}, "Agenda", TaskState.NOT_STARTED),
        ({"nameless": 1}, "Agenda", TaskState.INCOMPLETE),
        ({}, "Agenda", TaskState.COMPLETED),
        ({"waiting": 2, "people_waiting": 1}, "Conflicts", TaskState.WAITING),
        ({}, "Conflicts", TaskState.COMPLETED),
        ({"items": 0}, "Conflicts", TaskState.NOT_STARTED),
        ({"members": 7, "unanswered": 7}, "Who is expected", TaskState.NOT_STARTED),
        ({"members": 7, "unanswered": 1}, "Who is expected", TaskState.INCOMPLETE),
        ({"members": 7}, "Who is expected", TaskState.COMPLETED),
        ({"items": 0}, "Quorum", TaskState.NOT_STARTED),
        ({"nameless": 1, "unscreened": 1}, "Conflicts", TaskState.INCOMPLETE),
        ({"nameless": 1, "unscreened": 1}, "Quorum", TaskState.INCOMPLETE),
        ({"state": MeetingState.CLOSED, "unruled": 1}, "Conflicts", TaskState.INCOMPLETE),
        ({"state": MeetingState.CLOSED, "waiting": 1, "people_waiting": 1}, "Conflicts", TaskState.INCOMPLETE),
        (
            {"state": MeetingState.CLOSED, "unruled": 1, "minutes": MinutesState.CONFIRMED},
            "Conflicts",
            TaskState.COMPLETED,
        ),
        ({"state": MeetingState.CLOSED, "inquorate": ("The scheme",)}, "Quorum", TaskState.COMPLETED),
        ({"inquorate": ("The scheme",)}, "Quorum", TaskState.NOT_QUORATE),
        ({}, "Minutes", TaskState.CANNOT_START),
        ({"state": MeetingState.OPEN}, "Hold the meeting", TaskState.INCOMPLETE),
        ({"state": MeetingState.CLOSED}, "Hold the meeting", TaskState.COMPLETED),
        ({"state": MeetingState.CLOSED}, "Minutes", TaskState.NOT_STARTED),
        ({"state": MeetingState.CLOSED, "minutes": MinutesState.DRAFT}, "Minutes", TaskState.INCOMPLETE),
        ({"state": MeetingState.CLOSED, "minutes": MinutesState.CONFIRMED}, "Minutes", TaskState.COMPLETED),
    ],
)
def test_the_task_list_says_how_far_each_task_is(changes: dict[str, object], title: str, state: TaskState) -> None:
    tasks = {task.title: task for task in tasks_of(progress(**changes))}
    assert tasks[title].state is state


def test_items_to_discuss_that_name_nobody_are_called_unscreened_too() -> None:
    tasks = {task.title: task for task in tasks_of(progress(aside=2))}
    for title in ("Agenda", "Conflicts"):
        assert "2 items to discuss or to note name no organisation, so they were not screened" in tasks[title].hint
    assert (
        "1 item to discuss or to note names"
        in {each.title: each for each in tasks_of(progress(nameless=1, aside=1))}["Agenda"].hint
    )


def test_the_task_list_names_the_items_that_would_lose_their_quorum() -> None:
    tasks = {task.title: task for task in tasks_of(progress(inquorate=("The scheme", "The merger")))}
    assert "The scheme; The merger" in tasks["Quorum"].hint


def test_a_meeting_that_is_over_has_no_task_that_prepares_it() -> None:
    over = progress(state=MeetingState.CLOSED, items=0, asked=3, inquorate=("The scheme",), unscreened=1)
    assert {task.endpoint for task in tasks_of(over)}.isdisjoint(
        {"voices.meaning", "voices.expected", "beforehand.index"}
    )


def test_an_item_that_lost_its_quorum_stays_named_after_the_meeting() -> None:
    tasks = {task.title: task for task in tasks_of(progress(state=MeetingState.CLOSED, lost=("The scheme",)))}
    assert tasks["Quorum"].state is TaskState.NOT_QUORATE
    assert tasks["Quorum"].hint == "Not quorate when settled: The scheme"
    tasks = {task.title: task for task in tasks_of(progress(state=MeetingState.CLOSED))}
    assert tasks["Quorum"].hint == "Every item was quorate when it was settled"


def test_an_item_in_public_stands_behind_one_in_private_unless_it_closes_the_agenda() -> None:
    def on_agenda(part: Part, standing: Standing | None = None) -> AgendaItem:
        return AgendaItem(id=uuid.uuid4(), part=part, standing=standing)

    first, private, behind = on_agenda(Part.PUBLIC), on_agenda(Part.PRIVATE), on_agenda(Part.PUBLIC)
    last = on_agenda(Part.PUBLIC, Standing.OTHER_BUSINESS)
    assert lifecycle.behind_private([first, private, behind, last]) == {behind.id}
    assert lifecycle.behind_private([first, behind, private, last]) == frozenset()
