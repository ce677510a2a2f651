"""How one more release changes what is known: names seen from a release to a release, relations from a date to a date. Pure.
The same releases give the same result in whatever order they are read."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
HINTS = "practice_map"  # the kind of file whose relations carry no dates


@dataclass(slots=True)
class NameRun:
    """A name between the first and the last release that shows it. Without dates, a name that a
    person entered."""

    id: uuid.UUID
    name: str
    key: str
    seen_from: date | None
    seen_to: date | None


@dataclass(slots=True)
class Link:
    """A relation of one kind from one organisation, as the newest release that states it has it."""

    id: uuid.UUID
    to_id: uuid.UUID
    valid_from: date | None
    valid_to: date | None
    source: str
    released_on: date

    @property
    def is_hint(self) -> bool:
        """Whether its file says only that it was so on the day of the release."""
        return self.valid_from is None and self.source == HINTS


def sight_name(runs: list[NameRun], name: str, key: str, on: date, released: Sequence[date] = ()) -> None:
    """Notes in `runs` (in order of time) that the release of `on` shows `name`. The last run is the present name. `released` are the days
    of the releases of this kind that were read: a run that is parted ends and begins with one of them."""
    place = next((index for index, run in enumerate(runs) if (run.seen_from or date.min) > on), len(runs))
    before = runs[place - 1] if place else None
    after = runs[place] if place < len(runs) else None
    if before is not None and (before.seen_to or date.min) >= on:
        _sight_within(runs, place, NameRun(uuid.uuid4(), name, key, on, on), released)
    elif before is not None and before.key == key:
        _extend(before, name, on)
        if after is not None and after.key == key:
            before.seen_to, before.name = after.seen_to, after.name
            runs.remove(after)
    elif after is not None and after.key == key:
        after.seen_from = on
    else:
        runs.insert(place, NameRun(uuid.uuid4(), name, key, on, on))


def _sight_within(runs: list[NameRun], place: int, sight: NameRun, released: Sequence[date]) -> None:
    """A release that falls into a run: it agrees, or it shows that the name was another between two releases, and parts the run."""
    run, on = runs[place - 1], sight.seen_from
    assert on is not None
    if run.key == sight.key:
        if run.seen_to == on and run.name != sight.name:
            _extend(run, sight.name, on)
        return
    parts = [sight]
    if run.seen_to is not None and run.seen_to > on:
        following = min((day for day in released if on < day <= run.seen_to), default=on + DAY)
        parts.append(NameRun(uuid.uuid4(), run.name, run.key, following, run.seen_to))
    runs[place:place] = parts
    if run.seen_from is not None and run.seen_from == on:
        runs.remove(run)
    else:
        run.seen_to = max((day for day in released if (run.seen_from or date.min) <= day < on), default=on - DAY)
    _join_neighbours(runs)


def _join_neighbours(runs: list[NameRun]) -> None:
    """Makes one run of two that stand side by side with the same name."""
    for index in range(len(runs) - 1, 0, -1):
        before, after = runs[index - 1], runs[index]
        if before.key == after.key:
            before.name, before.seen_to = after.name, after.seen_to
            del runs[index]


def _extend(run: NameRun, name: str, on: date) -> None:
    run.seen_from = run.seen_from or on
    run.seen_to, run.name = on, name


def state_relation(links: list[Link], stated: Link, *, one_at_a_time: bool) -> None:
    """Notes in `links`, all of one organisation and kind, what a release states. `one_at_a_time`: a later one ends the earlier, on
    the day before it began. A statement without dates (`is_hint`) only adds what no dated one answers."""
    same = next((x for x in links if (x.to_id, x.valid_from) == (stated.to_id, stated.valid_from)), None)
    if same is None:
        links.append(stated)
    elif stated.released_on >= same.released_on:
        same.valid_to, same.released_on, same.source = stated.valid_to, stated.released_on, stated.source
    links[:] = [link for link in links if not (link.is_hint and any(_answers(other, link) for other in links))]
    if one_at_a_time:
        _end_each_before_the_next(links)
    for link in links:
        if link.is_hint:
            _end_before(link, [x.valid_from for x in links if x.valid_from and x.valid_from > link.released_on])


def _answers(link: Link, hint: Link) -> bool:
    """Whether a dated relation already says whom the organisation belonged to on the day of a file without dates."""
    on = hint.released_on
    if link.valid_from is None or link.valid_from > on or (link.valid_to is not None and link.valid_to < on):
        return False
    return link.released_on >= on or link.to_id == hint.to_id


def _end_each_before_the_next(links: list[Link]) -> None:
    """Orders by the release that last states each; a relation that began no earlier than the next one was a mistake that the
    newer release corrects."""
    links.sort(key=lambda link: (link.released_on, link.valid_from or date.min))
    for index in range(len(links) - 2, -1, -1):
        link, following = links[index], links[index + 1]
        begins = following.valid_from or following.released_on
        if link.valid_from is not None and link.valid_from >= begins:
            del links[index]
        else:
            _end_before(link, [begins])


def _end_before(link: Link, starts: list[date]) -> None:
    if starts and (link.valid_to is None or link.valid_to >= min(starts)):
        link.valid_to = min(starts) - DAY
