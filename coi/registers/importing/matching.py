"""Organisations in the rows of a register, found with the engine. Only jobs and the command line use it: the engine takes memory that
a web worker does not have."""

import uuid
from collections.abc import Callable, Mapping, Sequence

from coi.database import db, reading_only
from coi.organisations.known import known_organisations
from coi.organisations.queries import ids_by_key
from coi.registers.importing.vocabulary import Matches, Stated
from coi.registers.interests.vocabulary import NamedOrganisation
from coi.screening.aliases import Alias, Taught
from coi.screening.declared import Finder, match_text
from coi.screening.matcher import Matcher
from coi.screening.vocabulary import Decision, MatchResult

Tell = Callable[[int, int], None]


def matches_of(stated: Sequence[Stated], areas: Sequence[str], tell: Tell, taught: Sequence[Alias] = ()) -> Matches:
    """Returns the organisations of each row that states an interest, by its key: those that the engine is sure of; anything else in the
    words of the file, for a person to match. `areas` are the commissioners' codes of the body, `taught` the names that it taught; `tell`
    hears how far it is. Ends the transactions in which it reads: while the engine works, nobody waits, and progress can be written."""
    wanted = [each for each in stated if each.organisation and not each.problems]
    if not wanted:
        return {}
    with reading_only():
        db.session.rollback()
        matcher = Taught(Matcher(*known_organisations()), taught)
        db.session.rollback()
    area = areas[0] if len(areas) == 1 else ""
    known: dict[str, MatchResult] = {}
    found: dict[str, list[tuple[str | None, str]]] = {}
    for done, each in enumerate(wanted, 1):
        found[each.key] = _named(matcher, known, each, area, areas)
        if done % 100 == 0 or done == len(wanted):
            tell(done, len(wanted))
    with reading_only():
        ids = ids_by_key({key for named in found.values() for key, _ in named if key})
        db.session.rollback()
    return {each.key: _organisations(each, found[each.key], ids) for each in wanted}


def _named(
    matcher: Finder, known: dict[str, MatchResult], each: Stated, area: str, areas: Sequence[str]
) -> list[tuple[str | None, str]]:
    """The organisations of the first of the row's texts that the engine is sure of."""
    for text in dict.fromkeys((each.organisation, each.nature)):
        if text not in known:
            known[text] = match_text(matcher, text, area, areas)
        result = known[text]
        if result.decision is Decision.MATCHED:
            return [(one.code, one.name) for one in result.organisations]
        if result.decision is Decision.AMBIGUOUS:
            break
    return []


def _organisations(
    each: Stated, named: Sequence[tuple[str | None, str]], ids: Mapping[str, uuid.UUID]
) -> tuple[NamedOrganisation, ...]:
    """The words of the file stand first, so that the same row is known again; further organisations follow by their names."""
    if not named:
        return (NamedOrganisation(each.organisation),)
    (code, _), *others = sorted(named, key=lambda one: one[0] is None)
    first = NamedOrganisation(each.organisation, ids.get(code) if code else None)
    return (first, *(NamedOrganisation(name, ids.get(key) if key else None) for key, name in others))
