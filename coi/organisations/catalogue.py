"""ODS files → what the screening engine knows of organisations: names by release, areas and networks by date. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from coi.organisations.ods import OdsFile, OdsRecord, OdsRelation
from coi.screening.matching_vocabulary import Dated, ReferenceOrganisation
from coi.screening.vocabulary import Edge, EdgeKind

_UNDATED = date.min


def reference_organisations(files: Sequence[tuple[date | None, OdsFile]]) -> tuple[ReferenceOrganisation, ...]:
    """Returns one organisation per code from files with their release dates. The newest release says what holds; names
    that only older ones carry are former names. Files without a date are taken in the order given, first."""
    history: dict[str, list[OdsRecord]] = {}
    relations: dict[str, list[OdsRelation]] = {}
    for _, file in sorted(files, key=lambda pair: pair[0] or _UNDATED):
        for record in file.records:
            history.setdefault(record.code, []).append(record)
        for relation in file.relations:
            relations.setdefault(relation.from_code, []).append(relation)
    return tuple(_organisation(records, relations.get(code, ())) for code, records in history.items())


def reference_edges(organisations: Iterable[ReferenceOrganisation]) -> tuple[Edge, ...]:
    """Returns the edges of the reference data: practice or network → commissioner, practice → network, predecessor → successor. Where
    the commissioner itself was closed, the practice or network never left it: such an edge has no end but that of a closed network."""
    organisations = tuple(organisations)
    closed = {one.code: one.closed_on for one in organisations if one.kind == "commissioner" and one.closed_on}
    edges: list[Edge] = []
    for organisation in organisations:
        left = [replace(a, valid_to=None) if a.valid_to == closed.get(a.code) else a for a in organisation.areas]
        if organisation.kind == "practice":
            edges.extend(_edges(organisation.code, left, EdgeKind.COMMISSIONED_BY))
        if organisation.kind == "pcn":
            areas = (replace(each, valid_to=each.valid_to or organisation.closed_on) for each in left)
            edges.extend(_edges(organisation.code, areas, EdgeKind.NETWORK_OF))
        edges.extend(_edges(organisation.code, organisation.pcns, EdgeKind.MEMBER_OF_PCN))
        edges.extend(Edge(organisation.code, code, EdgeKind.SUCCEEDED_BY) for code in organisation.successors)
    return tuple(edges)


def _edges(code: str, memberships: Iterable[Dated], kind: EdgeKind) -> Iterable[Edge]:
    return (Edge(code, held.code, kind, held.valid_from, held.valid_to) for held in memberships)


def _organisation(records: Sequence[OdsRecord], relations: Iterable[OdsRelation]) -> ReferenceOrganisation:
    detailed = [record for record in records if record.address] or records
    latest = detailed[-1]
    former = dict.fromkeys(record.name for record in records if record.name != latest.name)
    kinds = {record.kind for record in records}
    addresses = dict.fromkeys(line for record in reversed(detailed) for line in record.address)
    return ReferenceOrganisation(
        code=latest.code,
        name=latest.name,
        kind="practice" if "practice" in kinds else latest.kind,
        former_names=tuple(former),
        status=latest.status,
        opened_on=latest.opened_on,
        closed_on=latest.closed_on,
        town=latest.town,
        postcode=latest.postcode,
        address=tuple(addresses),
        areas=_areas(detailed, [relation for relation in relations if relation.kind == "commissioned_by"]),
        pcns=_networks([relation for relation in relations if relation.kind == "member_of_pcn"]),
        geography=next((record.geography for record in reversed(records) if record.geography), ""),
    )


def _areas(records: Sequence[OdsRecord], relations: Sequence[OdsRelation]) -> tuple[Dated, ...]:
    """Each commissioner from when the records say; one that a later record replaces ends the day before."""
    held: dict[str, Dated] = {}
    for record in records:
        if record.commissioner:
            held[record.commissioner] = Dated(record.commissioner, record.commissioner_from, record.commissioner_to)
    for relation in relations:
        held.setdefault(relation.to_code, Dated(relation.to_code))
    dated = sorted(held.values(), key=lambda area: area.valid_from or _UNDATED)
    for number, area in enumerate(dated[:-1]):
        follower = dated[number + 1].valid_from
        if area.valid_to is None and follower and area.valid_from and area.valid_from < follower:
            dated[number] = replace(area, valid_to=follower - timedelta(days=1))
    return tuple(dated)


def _networks(relations: Sequence[OdsRelation]) -> tuple[Dated, ...]:
    """The dated list of members leads; the mapping of practices, which has no dates, fills what it leaves out."""
    dated = [relation for relation in relations if relation.valid_from]
    known = {relation.to_code for relation in dated}
    undated = dict.fromkeys(relation.to_code for relation in relations if relation.to_code not in known)
    if dated:
        undated = {}
    return tuple(Dated(r.to_code, r.valid_from, r.valid_to) for r in dated) + tuple(Dated(code) for code in undated)
