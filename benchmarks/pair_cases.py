"""Labelled pairs of interest and item, made from the published files by what they say of practices, areas and networks."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from matching_cases import area_of, titled
from matching_registers import is_plain, telling_words

from coi.screening.layouts import AgendaRow, RegisterRow
from coi.screening.matching_vocabulary import ReferenceOrganisation

ON = date(2025, 9, 17)
DIRECT, INDIRECT, NON_FINANCIAL, CLASS, NO = "direct_financial", "indirect", "non_financial", "class_wide", "none"
_INVENTED = ("Quillbrook Care", "Osterleigh Health", "Tarnwickham Community", "Hexlow Vale", "Wystanbury")
_INTERESTS = (  # text, relation where the practice is named, whether the text is about a practice's own money
    (DIRECT, ("GP partner, {}", "Partner at {}", "{} - partner since 2014", "{}", "Senior partner in {} and trainer")),
    (DIRECT, ("Salaried GP at {}", "{}: salaried doctor", "Locum GP, {}", "Practice manager, {}")),
    (DIRECT, ("Owns a share of the premises of {}", "Landlord of {} (retired partner, receives rent)")),
    (INDIRECT, ("Wife is practice manager at {}", "Husband is a partner at {}", "Sister works as a nurse at {}")),
    (INDIRECT, ("Daughter is a receptionist at {}", "Civil partner is a salaried GP at {}")),
    (NON_FINANCIAL, ("Chair of the patient participation group, {}", "Volunteer at {}")),
    ("ended", ("Formerly partner at {} (retired January 2025)", "Salaried GP at {} until 31 December 2024")),
)
_HELD_INTERESTS = (
    (
        DIRECT,
        ("Equity partner: {}", "General practitioner and principal, {}", "Partnership in {} (GMS)", "Joint owner, {}"),
    ),
    (DIRECT, ("Nurse practitioner employed at {}", "Works one day a week as a GP for {}", "Assistant GP, {}")),
    (DIRECT, ("Shareholding in the freehold of {}", "Lets rooms to {}")),
    (INDIRECT, ("Married to a GP at {}", "Parent works in reception at {}", "Cousin is a partner of {}")),
    (INDIRECT, ("Close family member employed by {}", "My brother is the business manager of {}")),
    (NON_FINANCIAL, ("Secretary of the Friends of {} (unpaid)", "Patient representative for {}")),
    ("ended", ("GP at {}, ended 5 January 2025", "Previously a partner at {}; resigned in November 2024")),
)
_ITEMS = (
    "Boundary change: {}", "Premises improvement grant, {}", "{}: remedial notice after inspection",
    "Section 96 discretionary payment: {}", "Relocation of {}", "Notional rent review: {}", "{} - contract variation",
)  # fmt: skip
_HELD_ITEMS = (
    "Proposal by {} to stop seeing patients on Saturdays", "Resilience bid, {}", "Occupational rent of {}",
    "Performance concerns at {}", "{}: request to vary opening hours", "Approval of new lease ({})", "Caretaker for {}",
)  # fmt: skip
_PAIRED = ("Application to merge {} and {}", "Proposed merger of {} with {}")
_SCHEMES = (
    "Local enhanced service 2025/26: diabetes, offered to all {} practices", "Winter payments to every practice in {}",
    "Locally commissioned services, all {} practices", "PMS review: reinvestment of the premium",
)  # fmt: skip
_SCHEMES_HERE = (
    "PMS review: reinvestment of the premium", "Local improvement scheme, all practices", "DES and LES update",
    "Prescribing incentive scheme 2025/26", "Equalisation payments to every practice",
)  # fmt: skip
_NOTHING = (
    "Minutes of the last meeting",
    "Finance report, month 5",
    "Pharmacy services update",
    "Risk register",
    "Winter plan",
)


@dataclass(frozen=True)
class Said:
    """A declared text and the truth about it."""

    text: str
    code: str
    relation: str


@dataclass(frozen=True)
class Business:
    """An item and the truth about it: codes that it names, whether it is for all practices of the area, a network's code."""

    title: str
    codes: frozenset[str] = frozenset()
    is_class: bool = False
    network: str = ""


@dataclass(frozen=True)
class Sitting:
    """The register and the agenda of one area, and the truth about each pair, by row numbers; a pair left out is open to opinion."""

    area: str
    register: tuple[RegisterRow, ...]
    agenda: tuple[AgendaRow, ...]
    expected: dict[tuple[int, int], str]


def sittings(
    organisations: Sequence[ReferenceOrganisation],
    mine: Callable[[ReferenceOrganisation], bool],
    number: int,
    *,
    held_out: bool,
) -> list[Sitting]:
    """Returns `number` registers with agendas, about the organisations that are `mine`, the same for the same half."""
    chance = random.Random(23 + held_out)
    here = defaultdict(list)
    for one in organisations:
        if one.kind == "practice" and one.areas:
            here[area_of(one)].append(one)
    called = {one.code: _place(one.name) for one in organisations if one.kind == "commissioner"}
    networks = {one.code: one for one in organisations if one.kind == "pcn"}
    found = []
    for area in sorted(here):
        taken = telling_words(here[area])
        plain = [one for one in here[area] if one.status == "active" and mine(one) and is_plain(one, taken)]
        if len(plain) > 13:
            found.extend(
                _sitting(area, called.get(area, ""), plain, networks, chance, held_out=held_out) for _ in range(2)
            )
    return chance.sample(found, min(number, len(found)))


def _place(name: str) -> str:
    """What a commissioner is called by where its name is one place: "NHS STOCKPORT CCG" → "Stockport"."""
    inside = name.removeprefix("NHS ").split(" ICB")[0].split(" CCG")[0]
    return titled(inside) if inside.isalpha() else ""


def _sitting(
    area: str, place: str, plain: Sequence[ReferenceOrganisation], networks: dict[str, ReferenceOrganisation],
    chance: random.Random, *, held_out: bool,
) -> Sitting:  # fmt: skip
    chosen = chance.sample(list(plain), 14)
    said = _register(chosen, chance, held_out=held_out)
    items = _agenda(chosen, place, networks, chance, held_out=held_out)
    members = {one.code: {held.code for held in one.pcns if held.valid_to is None} for one in chosen}
    areas = {one.code: one.areas[-1].code for one in chosen}
    register = tuple(
        RegisterRow(n, f"Member {n}", "", one.text, None, None, None, None, area) for n, one in enumerate(said, 1)
    )
    agenda = tuple(AgendaRow(n, str(n), one.title, "", ON, None, area) for n, one in enumerate(items, 1))
    expected = {}
    for row, one in enumerate(said, 1):
        for item, business in enumerate(items, 1):
            truth = _truth(one, business, members.get(one.code, set()), is_here=areas.get(one.code) == area)
            if truth:
                expected[row, item] = truth
    return Sitting(area, register, agenda, expected)


def _register(chosen: Sequence[ReferenceOrganisation], chance: random.Random, *, held_out: bool) -> list[Said]:
    said = []
    for place, one in enumerate(chosen):
        forms = _HELD_INTERESTS if held_out else _INTERESTS
        relation, texts = forms[place % len(forms)]
        said.append(Said(chance.choice(texts).format(titled(one.name)), one.code, relation))
    company = chance.choice(_INVENTED)
    said.append(Said(f"Director, {company} CIC", f"ORG:{company}", DIRECT))
    said.append(Said(f"Trustee of {company.split()[0]} Hospice", f"ORG:{company.split()[0]} Hospice", NON_FINANCIAL))
    said.append(Said(chance.choice(("Nil", "None", "N/A")), "", NO))
    said.append(Said("Member of the BMA", "", NO))
    return said


def _agenda(
    chosen: Sequence[ReferenceOrganisation], place: str, networks: dict[str, ReferenceOrganisation], chance: random.Random, *,
    held_out: bool,
) -> list[Business]:  # fmt: skip
    forms = _HELD_ITEMS if held_out else _ITEMS
    items = [Business(chance.choice(forms).format(titled(one.name)), frozenset({one.code})) for one in chosen[:8]]
    first, second = chosen[8], chosen[9]
    title = chance.choice(_PAIRED).format(titled(first.name), titled(second.name))
    items.append(Business(title, frozenset({first.code, second.code})))
    scheme = chance.choice(_SCHEMES if place else _SCHEMES_HERE)
    items.append(Business(scheme.format(place), is_class=True))
    items.extend(Business(title) for title in chance.sample(_NOTHING, 2))
    company = chance.choice(_INVENTED)
    items.append(Business(f"Contract award: {company} CIC", frozenset({f"ORG:{company}"})))
    items.append(Business(f"Grant to {company.split()[0]} Hospice", frozenset({f"ORG:{company.split()[0]} Hospice"})))
    known = [
        networks[held.code] for one in chosen for held in one.pcns if held.code in networks and held.valid_to is None
    ]
    alone = [one for one in known if "(" not in one.name]
    if alone:
        network = chance.choice(alone)
        items.append(Business(f"{titled(network.name).replace('Pcn', 'PCN')}: hub funding", network=network.code))
    return items


def _truth(said: Said, business: Business, members: Iterable[str], *, is_here: bool) -> str:
    """What a careful reader would say of a pair; empty where careful readers differ: a relative at one of all practices."""
    if said.relation in (NO, "ended"):
        return NO
    if said.code in business.codes:
        return said.relation
    if business.network and business.network in members:
        return DIRECT if said.relation == DIRECT else ""
    if business.is_class and is_here and not said.code.startswith("ORG:"):
        return CLASS if said.relation == DIRECT else ""
    return NO
