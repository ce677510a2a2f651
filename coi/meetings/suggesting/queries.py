"""What the wording of an item suggests, read by the matcher from the organisations near the body."""

import hashlib
import re
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

import sqlalchemy as sa

from coi.database import db
from coi.meetings.models import AgendaItem
from coi.meetings.suggesting.models import DeclinedSuggestion
from coi.meetings.suggesting.rules import details_in
from coi.meetings.suggesting.vocabulary import (
    Crowd,
    SuggestedClass,
    SuggestedDetail,
    SuggestedOrganisation,
    Suggestion,
    Wording,
)
from coi.meetings.vocabulary import AffectedRelation, ClassScope
from coi.organisations.apart import told_by
from coi.organisations.models import Body, Organisation, OrganisationName
from coi.organisations.naming import folded
from coi.organisations.nearby import organisations_near
from coi.organisations.queries import entered_at
from coi.organisations.vocabulary import OrganisationKind
from coi.registers.aliases.queries import aliases_of
from coi.screening.agendas import AgendaReader, Doubt
from coi.screening.aliases import Alias, Taught
from coi.screening.class_wording import network_named
from coi.screening.items import merging, quieted, read_item, shared_types
from coi.screening.layouts import AgendaRow
from coi.screening.lexicon import Lexicon
from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import MatchCandidate, ReferenceOrganisation
from coi.screening.names import COMPANY_WORDS, company_key, name_words, spoken
from coi.screening.places import closings_of, places_of, towns_of
from coi.screening.segments import chunks, mentions
from coi.screening.vocabulary import Affected, AffectedOrganisation, AllPractices, ItemFact, PcnScope, SomePractices

_CODE = re.compile(r"\b[A-Z]\d{5}\b")
_RELATIONS = {Affected.NEIGHBOUR: AffectedRelation.COMPETITOR, Affected.ALL_OF_CLASS: AffectedRelation.SUBJECT}
_HAS_CODE = {"practice", "pcn", "trust", "commissioner", "prescribing"}
NOT_ON_FILE = "named in the wording as a company; none of this name is known here"
MOST_READ = 4000  # letters of a description
MOST_CHOICES = 6  # between which somebody chooses; of more, she finds the one that is meant herself


def wording_of(item: AgendaItem) -> str:
    """Returns the digest of an item's title and description: a suggestion that was declined comes back when they change."""
    return hashlib.sha256(f"{item.title}\n{item.description}".encode()).hexdigest()


def wording_read(item: AgendaItem, body: Body) -> Wording:
    """Returns what the wording of an item suggests, without what it names already and what was declined for this wording, and which words
    mean too many to choose from. Rule: MTG-02; RULEBOOK §24."""
    if item.standing is not None:
        return Wording()
    read = _read(item, body, item.meeting.held_on)
    details = details_in(item.title, item.description[:MOST_READ], item.function_code, item.stage)
    found = (*read.suggestions, *details)
    declined = _declined(item) if found else frozenset()
    return Wording(tuple(each for each in found if each.key not in declined), read.crowds)


def suggestions_for(item: AgendaItem, body: Body) -> tuple[Suggestion, ...]:
    """Returns whom the wording of an item suggests, without those that it names already and those that were declined for this wording."""
    return tuple(each for each in wording_read(item, body).suggestions if not isinstance(each, SuggestedDetail))


def suggested_by(item: AgendaItem, body: Body, on: date) -> tuple[Suggestion, ...]:
    """Returns whom the wording of an item, which may be a draft, suggests for a meeting on a day, besides those that it names."""
    return _read(item, body, on).suggestions


def _read(item: AgendaItem, body: Body, on: date) -> Wording:
    known = _near(item, body)
    aliases = aliases_of(body.id)
    reader, row = (
        _reader(body, known, aliases, on),
        AgendaRow(1, "", item.title, item.description[:MOST_READ], None, None, ""),
    )
    fact = reader.items([row])[0]
    named = {str(row.organisation_id or row.text) for row in item.affected}
    certain, between = _organisations(fact, known, {each.why for each in aliases})
    sure: list[Suggestion] = [*certain, *_class(item, fact, known)]
    doubts = (*reader.doubts(row), *between)
    found = [*sure, *_choices(doubts, named | {each.key for each in sure})]
    return Wording(tuple(each for each in found if each.key not in named), tuple(_crowds(doubts, item)))


def _near(item: AgendaItem, body: Body) -> tuple[ReferenceOrganisation, ...]:
    texts = [item.title, quieted(item.title), quieted(item.description[:MOST_READ])]
    names = [each.raw for text in texts for each in (*mentions(text), *chunks(text)) if each.raw[:1].isupper()]
    codes = _CODE.findall(f"{item.title} {item.description[:MOST_READ]}")
    return organisations_near(
        body.area_codes, body.name, [*names, *shared_types(item.title), *merging(item.title)], codes
    )


def _reader(body: Body, known: Sequence[ReferenceOrganisation], aliases: Sequence[Alias], on: date) -> AgendaReader:
    finder = Taught(Matcher(known), aliases)
    entered = {one.code: (one.name, *one.former_names) for one in known if one.kind not in _HAS_CODE}
    towns = towns_of(known)
    words = {word for town in towns for word in town.split()}
    words |= {word for one in known if one.kind == "commissioner" for word in name_words(one.name)}
    lexicon, by_key = Lexicon(entered, words, {}), {one.code: one for one in known}
    return AgendaReader(finder, lexicon, places_of(known), body.name, on, towns, closings_of(known), by_key)


def _organisations(
    fact: ItemFact, known: Iterable[ReferenceOrganisation], taught: Collection[str]
) -> tuple[list[SuggestedOrganisation], list[Doubt]]:
    """The organisations that are named for certain, and the names that several without an ODS code bear: nobody chooses between those, but
    who was taught so (`taught` are the reasons that say it)."""
    entered = _entered(known)
    keys = {each.key: next(iter(entered.get(each.key, ())), each.key) for each in fact.affected}
    ids = _ids(keys.values())
    inside = {each.key: _named_inside(each.name, known) for each in fact.affected if keys[each.key] not in ids}
    ids = {**ids, **_ids(code for code in inside.values() if code)}
    found: dict[str, SuggestedOrganisation] = {}
    doubts: dict[tuple[str, ...], Doubt] = {}
    for each in fact.affected:
        organisation = ids.get(inside.get(each.key, keys[each.key]) or "")
        if organisation is None:
            if COMPANY_WORDS & set(name_words(each.name)):  # a company need not be on file: it stands by its words
                found.setdefault(each.key, SuggestedOrganisation(each.name, _relation(each.relation), NOT_ON_FILE))
            continue
        twins = entered.get(company_key(organisation.name), ())
        if organisation.key in twins and len(twins) > 1 and each.why not in taught:
            doubts.setdefault(tuple(twins), _between(each, twins))
        else:
            why = f"“{organisation.name}” stands in the wording" if each.key in inside else each.why
            found.setdefault(organisation.key, _suggested(each, organisation, why))
    return list(found.values()), list(doubts.values())


def _entered(known: Iterable[ReferenceOrganisation]) -> Mapping[str, list[str]]:
    """The organisations of kinds that need no ODS code, by what two spellings of their names have in common."""
    entered: dict[str, list[str]] = defaultdict(list)
    for one in known:
        if one.kind not in _HAS_CODE:
            entered[company_key(one.name)].append(one.code)
    return entered


def _between(each: AffectedOrganisation, keys: Sequence[str]) -> Doubt:
    told = _ids(keys)
    added = entered_at(one.id for one in told.values())
    choices = (
        MatchCandidate(key, one.name, 1.0, f"one of {len(keys)} of this name: {told_by(one, added.get(one.id))}")
        for key, one in sorted(told.items(), key=lambda each: (str(added.get(each[1].id, "")), each[0]))
    )
    return Doubt(each.name, each.relation, tuple(choices))


def _choices(doubts: Sequence[Doubt], settled: Collection[str]) -> list[SuggestedOrganisation]:
    """The organisations that words of the title may mean, where it is not settled which, and they are few enough to choose from."""
    few = [each for each in doubts if len(each.organisations) <= MOST_CHOICES]
    ids = _ids(one.code for each in few for one in each.organisations if one.code)
    found: dict[str, SuggestedOrganisation] = {}
    for each in few:
        choices = [(ids[one.code], one.why) for one in each.organisations if one.code in ids]
        if not any(str(organisation.id) in settled for organisation, _ in choices):
            for organisation, why in choices:
                relation = _relation(each.relation)
                made = SuggestedOrganisation(
                    organisation.name, relation, why, organisation.id, organisation.code or "", doubt=each.words
                )
                found.setdefault(made.key, made)
    return list(found.values())


def _crowds(doubts: Iterable[Doubt], item: AgendaItem) -> Iterator[Crowd]:
    """The words of a title that too many are called by to choose from, until the item names one of them."""
    named = {row.organisation.key for row in item.affected if row.organisation}
    for words, same in groupby(doubts, lambda each: each.words):
        there = [one for each in same for one in each.organisations]
        codes = {one.code for one in there}
        if len(codes) > MOST_CHOICES and named.isdisjoint(codes):
            title = folded(words)
            name = next((spoken(one.name) for one in there if folded(one.name) in title), words)
            yield Crowd(name, max(len(codes), _bearers(name)))


def _bearers(name: str) -> int:
    """How many organisations bear or bore a name: those near the body were looked at, and of others not all."""
    borne = sa.select(sa.func.count(sa.distinct(OrganisationName.organisation_id)))
    return db.session.scalar(borne.where(OrganisationName.search_key == folded(name))) or 0


def _named_inside(text: str, known: Iterable[ReferenceOrganisation]) -> str | None:
    """The key of the one known organisation whose whole name stands in words that are the name of none; the longest such name. Of several
    that need no ODS code, the first: whoever asks looks for its twins."""
    words = f" {folded(text)} "
    names = [(folded(one.name), one) for one in known if one.status == "active"]
    there = [(name, one) for name, one in names if " " in name and f" {name} " in words]
    longest = max((len(name) for name, _ in there), default=0)
    borne = [(name, one) for name, one in there if len(name) == longest]
    are_twins = len({name for name, _ in borne}) == 1 and not any(one.kind in _HAS_CODE for _, one in borne)
    return borne[0][1].code if len(borne) == 1 or are_twins else None


def _suggested(each: AffectedOrganisation, organisation: Organisation, why: str) -> SuggestedOrganisation:
    return SuggestedOrganisation(
        organisation.name, _relation(each.relation), why, organisation.id, organisation.code or ""
    )


def _relation(relation: Affected) -> AffectedRelation:
    return _RELATIONS.get(relation) or AffectedRelation(relation.value)


def _class(item: AgendaItem, fact: ItemFact, known: Sequence[ReferenceOrganisation]) -> list[SuggestedClass]:
    scope = fact.class_scope
    if scope is None or item.class_scope is not ClassScope.NONE:
        return []
    subjects = any(each.relation is not Affected.NEIGHBOUR for each in fact.affected)
    said = read_item(item.title, item.description, names_someone=subjects).class_words
    why = f"the wording says “{said.strip()}”" if said else "the wording speaks of a class"
    if isinstance(scope, PcnScope) and not fact.left_out:
        networks = _ids(scope.pcns)
        if named := network_named(f"{item.title}. {item.description}"):
            why = f"the wording says “{named}”"
        return [SuggestedClass(why, spoken(each.name), network_id=each.id) for each in networks.values()]
    there = _there(scope, known, fact.on)
    everybody = {one.code for one in known if one.kind == "practice" and one.status == "active"}
    if there >= everybody and not fact.left_out:
        return [SuggestedClass(why)]
    place = _place(scope)
    there -= set(fact.left_out)
    found = sorted(_ids(there).values(), key=lambda each: each.id)
    practices = tuple(each.id for each in found if each.kind is not OrganisationKind.PCN)
    networks = tuple(each.id for each in found if each.kind is OrganisationKind.PCN)
    return [SuggestedClass(why, place, practices, networks=networks)] if practices else []


def _there(
    scope: AllPractices | SomePractices | PcnScope, known: Sequence[ReferenceOrganisation], on: date
) -> set[str]:
    """Whoever is of a class on a day, of those known: its practices, and their networks where these are concerned."""
    if isinstance(scope, SomePractices):
        return set(scope.practices)
    active = [one for one in known if one.status == "active"]
    if isinstance(scope, PcnScope):
        return {
            one.code
            for one in active
            for held in one.pcns
            if held.code in scope.pcns and (held.valid_from or on) <= on <= (held.valid_to or on)
        }
    asked = {one.code for one in known if one.kind == "commissioner"} & set(scope.areas)
    kinds = ("practice", "pcn") if scope.has_networks else ("practice",)
    return {
        one.code for one in active if one.kind in kinds and (not asked or any(held.code in asked for held in one.areas))
    }


def _place(scope: AllPractices | SomePractices | PcnScope) -> str:
    """What a class is called by, behind "all practices of"."""
    where, left_out, whom = scope.phrase.partition(" except ")
    _, said, place = where.partition(" of " if isinstance(scope, PcnScope) else " in ")
    return f"{place if said else 'the area'}{left_out}{whom}"


def _ids(keys: Iterable[str]) -> Mapping[str, Organisation]:
    """The organisations that screening calls by these keys."""
    wanted = set(keys)
    own = {uuid.UUID(key) for key in wanted if len(key) == 36}
    if not wanted:
        return {}
    rows = db.session.scalars(
        sa.select(Organisation).where(sa.or_(Organisation.code.in_(wanted), Organisation.id.in_(own)))
    )
    return {each.key: each for each in rows}


def _declined(item: AgendaItem) -> frozenset[str]:
    rows = sa.select(DeclinedSuggestion.key).where(
        DeclinedSuggestion.item_id == item.id, DeclinedSuggestion.wording == wording_of(item)
    )
    return frozenset(db.session.scalars(rows))
