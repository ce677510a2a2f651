"""Which rows of a file make one ask whether somebody takes part in decisions. Pure."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from coi.registers.deciders.bands import decides_because
from coi.registers.starters.vocabulary import DECIDES_WORDS, Change, Kind

_STAYS = frozenset({Kind.NEW, Kind.STARTS, Kind.MOVES, Kind.NAMESAKE})


def with_questions(
    changes: Iterable[Change],
    bands: Mapping[int, str],
    lowest: str | None,
    here: Collection[str],
    is_settled: Callable[[str, str], bool],
) -> Iterator[Change]:
    """Returns the changes of a file with what its pay bands (`bands`, by row) ask: beside another change of somebody, or as one of its own
    for whoever is `here` already. `lowest` is the band from which staff take part in decisions; `is_settled` says of somebody whether
    nothing is left to ask for a reason. Rule: REG-02; RULEBOOK §4."""
    for each in changes:
        because = decides_because(bands.get(each.number, ""), lowest)
        if not because or (each.person_id and is_settled(each.person_id, because)):
            yield each
        elif each.kind in _STAYS:
            yield replace(each, decides=because)
        else:
            yield each
            if each.kind is Kind.SAME and each.person_id in here:
                words = f"{because}. {DECIDES_WORDS}"
                yield Change(
                    Kind.DECIDES, each.number, each.name, person_id=each.person_id, words=words, decides=because
                )
