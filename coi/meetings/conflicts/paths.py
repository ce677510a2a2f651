"""Pure: how many paths a screening follows from interests to organisations, so that "no flags" says what was looked at."""

from collections.abc import Collection, Iterable

from coi.screening.vocabulary import Edge


def paths_followed(interests: Iterable[Collection[str]], edges: Iterable[Edge]) -> int:
    """Returns how many organisations the interests lead to, each counted once for each interest: those that it names, and whatever the
    relations between organisations lead on to. `interests` are the organisations that each names. Rule: RULEBOOK §24 rule 2."""
    onward: dict[str, set[str]] = {}
    for edge in edges:
        onward.setdefault(edge.source, set()).add(edge.target)
    reached: dict[str, frozenset[str]] = {}
    found = 0
    for named in interests:
        ends: set[str] = set()
        for each in named:
            if each not in reached:
                reached[each] = _reached(each, onward)
            ends |= reached[each]
        found += len(ends)
    return found


def _reached(start: str, onward: dict[str, set[str]]) -> frozenset[str]:
    found, waiting = {start}, [start]
    while waiting:
        for each in onward.get(waiting.pop(), ()):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return frozenset(found)
