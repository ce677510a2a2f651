"""Organisations in the rows of a register, found with the engine. Only jobs and the command line use it: the engine takes memory that
a web worker does not have."""

import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from coi.database import db, reading_only
from coi.organisations.exact_queries import Exactly, known_exactly
from coi.organisations.known import known_organisations
from coi.organisations.naming import folded
from coi.organisations.queries import ids_by_key
from coi.registers.importing.vocabulary import Matched, Matches
from coi.registers.interests.vocabulary import NamedOrganisation
from coi.screening.aliases import Alias, Taught
from coi.screening.declared import Finder, match_text
from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import Decision, MatchCandidate, MatchResult

Tell = Callable[[int, int], None]
_OWN_AREA = re.compile(
    r"in the area \w+"
)  # those that are looked in are the body's own, and the engine knows their codes alone


class Naming(Protocol):
    """A row that names an organisation: in its words, in further words that may say which, and perhaps by a code."""

    @property
    def key(self) -> str: ...
    @property
    def organisation(self) -> str: ...
    @property
    def nature(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def problems(self) -> tuple[str, ...]: ...


def matches_of(stated: Sequence[Naming], areas: Sequence[str], tell: Tell, taught: Sequence[Alias] = ()) -> Matches:
    """Returns the organisations of each row that states an interest, by its key: those that the engine is sure of, or whose code or very
    name the row gives; anything else in the words of the file, for a person to match. `areas` are the commissioners' codes of the body,
    `taught` the names that it taught; `tell` hears how far it is. Ends the transactions in which it reads: while the engine works, nobody
    waits, and progress can be written."""
    wanted = [each for each in stated if each.organisation and not each.problems]
    if not wanted:
        return {}
    with reading_only():
        db.session.rollback()
        matcher = Taught(Matcher(*known_organisations()), taught)
        db.session.rollback()
    area = areas[0] if len(areas) == 1 else ""
    known: dict[str, MatchResult] = {}
    found: dict[str, Sequence[MatchCandidate]] = {}
    for done, each in enumerate(wanted, 1):
        found[each.key] = _named(matcher, known, each, area, areas)
        if done % 100 == 0 or done == len(wanted):
            tell(done, len(wanted))
    with reading_only():
        ids = ids_by_key({one.code for named in found.values() for one in named if one.code})
        exact = known_exactly(_to_the_letter(wanted, found.values()), areas)
        db.session.rollback()
    return {each.key: _organisations(each, found[each.key], ids, exact) for each in wanted}


def _to_the_letter(wanted: Iterable[Naming], found: Iterable[Sequence[MatchCandidate]]) -> set[str]:
    """The texts that may be a name or a code and nothing more: those of the rows, and what the engine took out of them."""
    told = {each.organisation for each in wanted} | {each.code for each in wanted}
    return told | {one.name for named in found for one in named if not one.code}


def _named(
    matcher: Finder, known: dict[str, MatchResult], each: Naming, area: str, areas: Sequence[str]
) -> Sequence[MatchCandidate]:
    """The organisations of the first of the row's texts that the engine is sure of."""
    for text in dict.fromkeys((each.organisation, each.nature)):
        if text not in known:
            known[text] = match_text(matcher, text, area, areas)
        result = known[text]
        if result.decision is Decision.MATCHED:
            return result.organisations
        if result.decision is Decision.AMBIGUOUS:
            break
    return ()


def _organisations(
    each: Naming, named: Sequence[MatchCandidate], ids: Mapping[str, uuid.UUID], exact: Mapping[str, Exactly]
) -> tuple[NamedOrganisation, ...]:
    """The words of the file stand first, so that the same row is known again; further organisations follow by their names."""
    known = [_matched(one.name, one, ids, exact) for one in named]
    known.sort(key=lambda one: one.id is None)
    if (not known or known[0].id is None) and (one := exact.get(each.organisation) or _coded(each, exact)):
        return (Matched(each.organisation, one.id, one.name, one.why),)
    if not known:
        return (NamedOrganisation(each.organisation),)
    return (replace(known[0], text=each.organisation), *known[1:])


def _coded(each: Naming, exact: Mapping[str, Exactly]) -> Exactly | None:
    """Which of several the row names, by a column of codes: an organisation that its words do not name is where the person works."""
    one = exact.get(each.code)
    said = folded(f"{each.organisation} {each.nature}")
    return one if one is not None and folded(one.name).removeprefix("the ") in said else None


def _matched(text: str, one: MatchCandidate, ids: Mapping[str, uuid.UUID], exact: Mapping[str, Exactly]) -> Matched:
    """What the engine named: by its code, or, where it has none, by its very name."""
    if one.code:
        key = ids.get(one.code)
        return Matched(text, key, one.name, _OWN_AREA.sub("in your area", one.why)) if key else Matched(text)
    called = exact.get(one.name)
    return Matched(text, called.id, called.name, called.why) if called else Matched(text)
