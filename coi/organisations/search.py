"""Finding organisations by what people type: a name, a former name, an ODS code, a postcode."""

import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher

import sqlalchemy as sa

from coi.database import db
from coi.organisations.models import Organisation, OrganisationName, OrganisationRelation
from coi.organisations.naming import folded, postcode_prefix
from coi.organisations.queries import by_code, entered_at, holds_on, open_on, organisation, organisations
from coi.organisations.vocabulary import OrganisationHit, OrganisationKind, OrganisationStatus, RelationKind

MOST_WORDS = 8
LIKE_ENOUGH = 0.6
"""How like a name what was typed has to be (0 to 1), so that the name is offered for it."""
_IN_MANY_NAMES = {
    "and",
    "centre",
    "clinic",
    "group",
    "health",
    "limited",
    "ltd",
    "medical",
    "partnership",
    "practice",
    "surgery",
    "the",
}
_TOWN = sa.func.lower(Organisation.town)


def search(
    text: str, *, kinds: Collection[OrganisationKind] = (), area: Collection[str] = (), on: date, limit: int = 20
) -> list[OrganisationHit]:
    """Returns the organisations that `text` finds, the likeliest first: the very code or name, then the start of a name, then words
    in any order, in present or former names or the town; a whole or half postcode too. Those of `area` (commissioners' codes) come
    first among equals, those closed on `on` last, marked."""
    key = folded(text)
    if not key:
        return []
    matched, rank = _conditions(text, key)
    area_ids = sa.select(Organisation.id).where(Organisation.code.in_(list(area)))
    own = sa.exists().where(
        OrganisationRelation.from_id == Organisation.id, OrganisationRelation.kind == RelationKind.COMMISSIONED_BY,
        OrganisationRelation.to_id.in_(area_ids), holds_on(on),
    )  # fmt: skip
    best = (
        sa.select(Organisation.id, sa.func.min(rank).label("rank"))
        .outerjoin(OrganisationName, OrganisationName.organisation_id == Organisation.id)
        .where(matched)
        .group_by(Organisation.id)
        .subquery()
    )
    is_open = open_on(on)
    last = sa.case((is_open, 0), else_=1)
    first = sa.case((own, 0), else_=1) if area else sa.literal(0)
    exact = sa.case((best.c.rank <= 1, best.c.rank), else_=9)
    found = (
        sa.select(Organisation, is_open.label("is_open"))
        .join(best, best.c.id == Organisation.id)
        .order_by(exact, last, first, best.c.rank, Organisation.sort_key, Organisation.id)
        .limit(limit)
    )
    if kinds:
        found = found.where(Organisation.kind.in_(list(kinds)))
    rows = db.session.execute(found).all()
    ids = [row.Organisation.id for row in rows]
    names, areas = _names(ids), _areas(ids, on)
    return _told_apart([_hit(row.Organisation, bool(row.is_open), key, names, areas) for row in rows])


def near(text: str, *, kinds: Collection[OrganisationKind] = (), limit: int = 5) -> list[OrganisationHit]:
    """Returns the organisations whose names are most like `text`, the likest first, for words that find nothing as they are: somebody
    mistyped them. Looks at the names that begin a word like one of the longest typed. What only words share that stand in many names
    is like nothing: “Pellow Surg” is not like every surgery."""
    key = folded(text)
    words = sorted(
        {word for word in key.split() if len(word) > 2 and not any(each.startswith(word) for each in _IN_MANY_NAMES)},
        key=lambda each: (-len(each), each),
    )
    if not words:
        return []
    name = OrganisationName.search_key
    starts = sa.or_(*(name.contains(word[:3], autoescape=True) for word in words[:MOST_WORDS]))
    rows = db.session.execute(sa.select(OrganisationName.organisation_id, name).where(starts))
    likeness: dict[uuid.UUID, float] = {}
    for organisation_id, found in rows:
        matcher = SequenceMatcher(None, key, found)
        if matcher.real_quick_ratio() >= LIKE_ENOUGH and matcher.quick_ratio() >= LIKE_ENOUGH and _tells(words, found):
            likeness[organisation_id] = max(likeness.get(organisation_id, 0), matcher.ratio())
    like = sorted((each for each in likeness if likeness[each] >= LIKE_ENOUGH), key=lambda each: -likeness[each])
    known = organisations(like[: 4 * limit])
    return [
        as_hit(row)
        for row in (known[each] for each in like[: 4 * limit] if each in known)
        if not kinds or row.kind in kinds
    ][:limit]


def _told_apart(hits: list[OrganisationHit]) -> list[OrganisationHit]:
    """Those of which nothing else tells one from the other say when they were added."""
    times = Counter(_as_read(hit) for hit in hits)
    twins = [hit.id for hit in hits if times[_as_read(hit)] > 1]
    added = entered_at(twins) if twins else {}
    return [replace(hit, added_at=added.get(hit.id)) for hit in hits]


def _as_read(hit: OrganisationHit) -> tuple[str, ...]:
    return (hit.name, hit.kind.value, hit.town, hit.postcode, hit.code or "")


def _tells(typed: Sequence[str], name: str) -> bool:
    """Whether a word that tells organisations apart is like one in a name."""
    return any(
        SequenceMatcher(None, word, each).ratio() >= LIKE_ENOUGH for word in typed[:MOST_WORDS] for each in name.split()
    )


def hit_of(key: str) -> OrganisationHit:
    """Returns the organisation that screening calls by a key (an ODS code, or the id where there is none), as a search would find it.
    Raises NotFound."""
    return as_hit(by_code(key) or organisation(uuid.UUID(key)))


def as_hit(found: Organisation, taught: str = "") -> OrganisationHit:
    """Returns an organisation as a search would find it; `taught` says who taught that the words mean it."""
    return OrganisationHit(
        found.id, found.code, found.name, found.kind, found.town, found.postcode,
        is_closed=found.status is OrganisationStatus.CLOSED, closed_on=found.closed_on, taught=taught,
    )  # fmt: skip


def _conditions(text: str, key: str) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[int]]:
    """What finds an organisation, and how well: 0 code or present name, 1 former name, 2 start, 3 postcode, 4 words, 5 town."""
    words = key.split()[:MOST_WORDS]
    name = OrganisationName.search_key
    code = Organisation.code == key.upper()  # folded, so that no byte reaches the database that it cannot hold
    all_in_name = sa.and_(*(name.contains(word, autoescape=True) for word in words))
    everywhere = sa.and_(
        *(sa.or_(name.contains(word, autoescape=True), _TOWN.contains(word, autoescape=True)) for word in words)
    )
    postcode = postcode_prefix(text)
    at_postcode = (
        sa.func.replace(Organisation.postcode, " ", "").startswith(postcode, autoescape=True)
        if postcode
        else sa.false()
    )
    rank = sa.case(
        (code, 0), (sa.and_(name == key, OrganisationName.is_current), 0), (name == key, 1),
        (name.startswith(key, autoescape=True), 2), (at_postcode, 3), (all_in_name, 4), else_=5,
    )  # fmt: skip
    return sa.or_(code, everywhere, at_postcode), rank


def _names(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[tuple[bool, str, str]]]:
    """The names of these organisations: whether current, the name, its key."""
    names: dict[uuid.UUID, list[tuple[bool, str, str]]] = {}
    columns = (
        OrganisationName.organisation_id,
        OrganisationName.is_current,
        OrganisationName.name,
        OrganisationName.search_key,
    )
    for row in db.session.execute(sa.select(*columns).where(OrganisationName.organisation_id.in_(list(ids)))):
        names.setdefault(row.organisation_id, []).append((row.is_current, row.name, row.search_key))
    return names


def _areas(ids: Collection[uuid.UUID], on: date) -> dict[uuid.UUID, str]:
    of = OrganisationRelation
    rows = sa.select(of.from_id, Organisation.name).join(Organisation, Organisation.id == of.to_id)
    rows = rows.where(of.from_id.in_(list(ids)), of.kind == RelationKind.COMMISSIONED_BY, holds_on(on))
    return {row.from_id: row.name for row in db.session.execute(rows)}


def _hit(
    found: Organisation,
    is_open: bool,
    key: str,
    names: dict[uuid.UUID, list[tuple[bool, str, str]]],
    areas: dict[uuid.UUID, str],
) -> OrganisationHit:
    words = key.split()
    fits = [
        (current, name)
        for current, name, folded_name in names.get(found.id, ())
        if all(w in folded_name for w in words)
    ]
    former = "" if any(current for current, _ in fits) or not fits else fits[0][1]
    return OrganisationHit(
        id=found.id, code=found.code, name=found.name, kind=found.kind, town=found.town, postcode=found.postcode,
        is_closed=not is_open, closed_on=found.closed_on, matched_name=former, area=areas.get(found.id, ""),
    )  # fmt: skip
