"""Who fills which place: the largest matching between places and people, found by augmenting paths."""

from collections.abc import Sequence


def largest_matching(candidates: Sequence[Sequence[int]]) -> dict[int, int]:
    """Returns place → person with as many places filled as can be, nobody in two of them. `candidates` lists for each
    place the people who could fill it. A place that is filled stays filled when others are added, though perhaps by
    somebody else."""
    place_of: dict[int, int] = {}  # person → place
    for place in range(len(candidates)):
        _fill(place, candidates, place_of)
    return {place: person for person, place in place_of.items()}


def _fill(start: int, candidates: Sequence[Sequence[int]], place_of: dict[int, int]) -> None:
    """Looks, breadth first, for somebody who is free, or whose place somebody else can take over, and moves everybody
    along."""
    came_from: dict[int, int] = {}  # person → the place that asked for them
    waiting = [start]
    for place in waiting:
        for person in candidates[place]:
            if person in came_from:
                continue
            came_from[person] = place
            if person in place_of:
                waiting.append(place_of[person])
                continue
            _move_along(person, start, came_from, place_of)
            return


def _move_along(free: int, start: int, came_from: dict[int, int], place_of: dict[int, int]) -> None:
    person = free
    while True:
        place = came_from[person]
        before = next((held for held, at in place_of.items() if at == place), None)
        place_of[person] = place
        if place == start or before is None:
            return
        person = before
