"""Pure: what there is to do for a meeting, and how far each task is. Facts in, a task list out."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from coi.meetings.vocabulary import MeetingState, MinutesState


class TaskState(StrEnum):
    """The words of the task list. What is completed reads as plain text, the rest as tags."""

    COMPLETED = "Completed"
    INCOMPLETE = "Incomplete"
    NOT_STARTED = "Not started"
    CANNOT_START = "Cannot start yet"
    WAITING = "Needs a ruling"
    NOT_QUORATE = "Not quorate"


@dataclass(frozen=True)
class Task:
    """One line of the task list: its title, where it leads (an endpoint of the meeting's pages), its state, and a hint in words."""

    title: str
    endpoint: str
    state: TaskState
    hint: str = ""


@dataclass(frozen=True)
class MeetingProgress:
    """What is known about a meeting's preparation. `nameless` counts items for decision that name no organisation and no class;
    `inquorate` names the items that would lose their quorum if the suggestions are followed, `lost` those that had lost it when
    they were settled; `unscreened` counts items for decision that nothing could be compared with, settled or not; `unruled` items that
    were put off, noted or referred with a conflict on which nobody ruled; `unanswered` of the `members` have not said whether they come;
    `aside` counts items for discussion or to note that name no organisation either, `asked` and `answered` the people who were asked
    about their interests beforehand; `officers` are the chairs and vice chairs."""

    state: MeetingState
    items: int
    nameless: int
    waiting: int
    people_waiting: int
    inquorate: tuple[str, ...]
    unsettled: int
    minutes: MinutesState | None
    gaps: int = 0
    lost: tuple[str, ...] = ()
    unscreened: int = 0
    unruled: int = 0
    members: int = 0
    unanswered: int = 0
    asked: int = 0
    answered: int = 0
    officers: frozenset[str] = frozenset()
    aside: int = 0


def tasks_of(progress: MeetingProgress) -> tuple[Task, ...]:
    """Returns the tasks of a meeting in the order in which a secretary does them. Rules: MTG-01, MTG-02, MTG-06, QUO-01, MIN-01."""
    return (*_before(progress), *_at_and_after(progress))


def _before(progress: MeetingProgress) -> Iterator[Task]:
    yield Task("Day, time and place", "meetings.edit", TaskState.COMPLETED)
    if not progress.items:
        yield Task("Agenda", "meetings.agenda", TaskState.NOT_STARTED, "Only the standing items are on it so far")
    elif progress.nameless and progress.state is not MeetingState.CLOSED:
        hint = (
            f"{_items(progress.nameless)} for decision {'names' if progress.nameless == 1 else 'name'} no organisation"
        )
        if progress.aside:
            hint = f"{hint}. {_aside(progress)}"
        yield Task("Agenda", "meetings.agenda", TaskState.INCOMPLETE, hint)
    else:
        said = f"{_items(progress.items)} besides the standing ones"
        if progress.aside and progress.state is not MeetingState.CLOSED:
            said = f"{said}. {_aside(progress)}"
        yield Task("Agenda", "meetings.agenda", TaskState.COMPLETED, said)
    yield _conflicts(progress)
    if progress.state is MeetingState.PLANNED:
        yield _expected(progress)
    if (progress.state is MeetingState.PLANNED and progress.items) or (
        progress.asked and progress.state is MeetingState.OPEN
    ):
        yield _asked(progress)
    yield _quorum(progress)


def _conflicts(progress: MeetingProgress) -> Task:
    """What waits for a ruling, as long as somebody can rule; then what was left without one."""
    title, endpoint = "Conflicts", "conflicts.review"
    is_over = progress.state is MeetingState.CLOSED
    left = progress.unruled + (progress.waiting if is_over else 0)
    if progress.minutes is MinutesState.CONFIRMED and left:
        hint = f"Nobody ruled on a conflict at {_items(left)}. The minutes say so"
        return Task(title, endpoint, TaskState.COMPLETED, hint)
    if progress.waiting and not is_over:
        hint = f"{_people(progress.people_waiting)} on {_items(progress.waiting)}"
        return Task(title, endpoint, TaskState.WAITING, hint)
    if not progress.items:
        return Task(title, endpoint, TaskState.NOT_STARTED, "There is nothing on the agenda to compare")
    if progress.unscreened:
        return Task(title, endpoint, TaskState.INCOMPLETE, _unscreened(progress))
    if progress.unruled:
        hint = f"{_items(progress.unruled)} settled with a conflict on which nobody ruled"
        return Task(title, endpoint, TaskState.INCOMPLETE, hint)
    if progress.waiting:
        hint = f"{_items(progress.waiting)} left open with a conflict on which nobody ruled"
        return Task(title, endpoint, TaskState.INCOMPLETE, hint)
    said = "Every flag has a ruling" if is_over else "No flag waits for a ruling"
    if progress.aside and not is_over:
        said = f"{said}. {_aside(progress)}"
    return Task(title, endpoint, TaskState.COMPLETED, said)


def _asked(progress: MeetingProgress) -> Task:
    """Who does not answer before the meeting is asked again at it, so that nothing waits for them then."""
    title, endpoint = "Ask everybody about their interests", "beforehand.index"
    if not progress.asked:
        hint = "Nobody is asked yet to confirm the register and to declare against the items"
        return Task(title, endpoint, TaskState.NOT_STARTED, hint)
    hint = f"{progress.answered} of {progress.asked} answered"
    is_done = progress.answered >= progress.asked or progress.state is not MeetingState.PLANNED
    return Task(title, endpoint, TaskState.COMPLETED if is_done else TaskState.INCOMPLETE, hint)


def _expected(progress: MeetingProgress) -> Task:
    """Who said that they come: the forecast counts them."""
    if progress.unanswered:
        state = TaskState.NOT_STARTED if progress.unanswered == progress.members else TaskState.INCOMPLETE
        hint = f"{progress.unanswered} of {progress.members} members have not said whether they come"
        return Task("Who is expected", "voices.expected", state, hint)
    return Task("Who is expected", "voices.expected", TaskState.COMPLETED, "Every member has answered")


def _quorum(progress: MeetingProgress) -> Task:
    """What is to come counts first; then what was lost at the meeting stays said. Nothing is forecast for a meeting that is over."""
    is_over = progress.state is MeetingState.CLOSED
    if progress.inquorate and not is_over:
        hint = f"If the suggestions are followed, not quorate for: {'; '.join(progress.inquorate)}"
        return Task("Quorum", "voices.meaning", TaskState.NOT_QUORATE, hint)
    if progress.lost:
        hint = f"Not quorate when settled: {'; '.join(progress.lost)}"
        return Task("Quorum", "proceedings.show", TaskState.NOT_QUORATE, hint)
    if is_over:
        said = (
            "Every item was quorate when it was settled"
            if progress.items
            else "There was nothing on the agenda to decide"
        )
        return Task("Quorum", "proceedings.show", TaskState.COMPLETED, said)
    if not progress.items:
        return Task("Quorum", "voices.meaning", TaskState.NOT_STARTED, "There is nothing on the agenda to decide")
    if progress.unscreened:
        return Task("Quorum", "voices.meaning", TaskState.INCOMPLETE, _unscreened(progress))
    return Task(
        "Quorum",
        "voices.meaning",
        TaskState.COMPLETED,
        "Every item for decision keeps its quorum if the suggestions are followed",
    )


def _at_and_after(progress: MeetingProgress) -> Iterator[Task]:
    match progress.state:
        case MeetingState.PLANNED:
            yield Task(
                "Hold the meeting",
                "proceedings.show",
                TaskState.NOT_STARTED,
                "Attendance, presence, decisions and votes",
            )
            yield Task(
                "Minutes", "minutes.show", TaskState.CANNOT_START, "Composed from what is recorded at the meeting"
            )
            return
        case MeetingState.OPEN:
            state = TaskState.INCOMPLETE
            yield Task("Hold the meeting", "proceedings.show", state, f"{_items(progress.unsettled)} not settled yet")
        case MeetingState.CLOSED:
            left = (
                f". {_items(progress.unsettled)} without an outcome: the minutes say so" if progress.unsettled else ""
            )
            yield Task("Hold the meeting", "proceedings.show", TaskState.COMPLETED, f"The meeting is closed{left}")
    yield _minutes(progress)


def _minutes(progress: MeetingProgress) -> Task:
    if progress.minutes is MinutesState.CONFIRMED:
        return Task("Minutes", "minutes.show", TaskState.COMPLETED, "Confirmed")
    if progress.minutes is None:
        return Task("Minutes", "minutes.show", TaskState.NOT_STARTED)
    if progress.gaps:
        return Task(
            "Minutes",
            "minutes.show",
            TaskState.INCOMPLETE,
            f"{progress.gaps} things are missing before they can be final",
        )
    return Task("Minutes", "minutes.show", TaskState.INCOMPLETE, "A draft, until the next meeting confirms it")


def _items(number: int) -> str:
    return f"{number} item{'' if number == 1 else 's'}"


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def _aside(progress: MeetingProgress) -> str:
    """Of items that ask for no decision: they may concern somebody all the same, so they are not called free of flags."""
    names = "names no organisation, so it was" if progress.aside == 1 else "name no organisation, so they were"
    return f"{_items(progress.aside)} to discuss or to note {names} not screened"


def _unscreened(progress: MeetingProgress) -> str:
    were = "was" if progress.unscreened == 1 else "were"
    return f"{_items(progress.unscreened)} {were} not screened: no organisation is named"
