"""More labelled texts, in the manners of real registers: names without a type word, two organisations in a breath, companies,
networks, trusts by their initials, commissioners, payment lists, long entries, and practices that nobody has heard of."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from matching_cases import AMBIGUOUS, NONE, Case, Maker, area_of, titled

from coi.screening.matching_vocabulary import ReferenceOrganisation
from coi.screening.names import TYPE_WORDS, core, name_words

_INVENTED = (
    "Quillbrook",
    "Osterleigh",
    "Tarnwickham",
    "Hexlow Vale",
    "Pentreglas Hill",
    "Wystanbury",
    "Corvedale Moor",
)
_LEGAL = (
    "Ltd",
    "Limited",
    "CIC",
    "LLP",
    "Federation Ltd",
    "Consulting Ltd",
    "Properties Ltd",
    "Hospice",
    "Pharmacy Ltd",
)
_COMPANY_TEXTS = ("Director, {}", "Director of {}", "Shareholder in {}", "Husband is a director of {}", "Trustee of {}")
_NETWORK_TEXTS = ("Clinical director, {}", "CD of {}", "{} - clinical director", "Practice is a member of {}", "{}")
_TRUST_TEXTS = (
    "Employed by {}",
    "Sister works as a nurse for {}",
    "Consultant, {}",
    "{} - governor",
    "Son is a porter at {}",
)
_TWO = ("{} and {}", "Partner at {}; salaried GP at {}", "Partner at {}, wife is practice manager at {}", "{} / {}")
_LONG = (
    "1 March {year}, received £{pounds} from {name}, {street}, {town} {postcode}, for sessional work. Hours: {hours} hrs.",
    "Name of employer: {name}, {town}. Nature of the post: practice manager. Unpaid: no. (Registered 4 May {year})",
    "Since {year} I have been a partner in {name}, which holds a PMS contract, and I draw a share of its profits.",
)
_NOBODY = (
    "Wife is a teacher in {town}", "Lives in {town}", "Registered patient of a practice in {town}", "Born in {town}",
    "Councillor for {town}", "Owns a house in {town}", "Locum work at various practices in {town}", "See last year",
    "Partner in a local practice", "Shares in several companies", "As declared previously", "My GP practice", "Retired",
    "Partner works in the NHS", "Daughter is a student nurse", "Member of the LMC", "Fellow of the Royal College",
    "May benefit from enhanced services as a local GP", "Medico-legal reports", "Owns shares through a pension fund",
)  # fmt: skip
Taken = Counter[str]


def register_cases(
    organisations: Sequence[ReferenceOrganisation], mine: Callable[[ReferenceOrganisation], bool], each: int, seed: int
) -> list[Case]:
    """Returns about `each` cases of every kind about the organisations that are `mine`, the same for the same seed."""
    chance = random.Random(seed)
    here = defaultdict(list)
    for one in organisations:
        if one.kind == "practice" and one.areas:
            for held in one.areas:
                here[held.code].append(one)
    told = {area: telling_words(known) for area, known in here.items()}
    open_ones = [one for one in organisations if one.kind == "practice" and one.areas and one.status == "active"]
    plain = [one for one in open_ones if mine(one) and is_plain(one, told[area_of(one)])]
    closed = [
        one
        for one in organisations
        if one.kind == "practice" and one.areas and one.status == "closed" and mine(one)
        and is_plain(one, told[area_of(one)])
    ]  # fmt: skip
    found: list[Case] = []
    for kind, makers in _practice_makers(chance).items():
        pool = closed if kind == "closed" else plain
        made = (makers(one) for one in chance.sample(pool, min(len(pool), each * 4)))
        found.extend([Case(kind, text, area_of(one), right) for one, text, right in filter(None, made)][:each])
    found.extend(_two_at_once(plain, each, chance))
    found.extend(
        _networks([one for one in organisations if one.kind == "pcn" and mine(one)], organisations, each, chance)
    )
    found.extend(
        _trusts([one for one in organisations if one.kind == "trust" and mine(one)], here, organisations, each, chance)
    )
    found.extend(_nobody(plain, each, chance))
    return found


def telling_words(known: Iterable[ReferenceOrganisation]) -> Taken:
    """How many organisations of an area have each word anywhere in their names and addresses."""
    counted: Taken = Counter()
    for one in known:
        names = " ".join((one.name, *one.former_names, *one.address))
        counted.update(set(name_words(names)))
    return counted


def is_plain(one: ReferenceOrganisation, taken: Taken) -> bool:
    """Whether its name has two telling words or a long one that no neighbour has, and a type word: a label must be certain."""
    listed = name_words(one.name)
    telling = core(listed)
    rare = [word for word in telling if taken[word] == 1 and len(word) > 4 and word.isalpha()]
    return bool(rare) and one.name.isascii() and bool({"surgery", "medical", "practice", "centre"} & set(listed))


def _practice_makers(chance: random.Random) -> dict[str, Maker]:
    def case(one: ReferenceOrganisation, text: str) -> tuple[ReferenceOrganisation, str, frozenset[str]]:
        return one, text, frozenset({one.code})

    def untyped(one: ReferenceOrganisation) -> tuple[ReferenceOrganisation, str, frozenset[str]] | None:
        listed = [word for word in titled(one.name).split() if word.lower() != "the"]
        kept = [word for word in listed if not TYPE_WORDS.intersection(name_words(word)) and word != "&"]
        whole = len(kept) > 1 and listed[: len(kept)] == kept and all(word.isalpha() for word in kept)
        text = chance.choice(("GP partner, {}", "Partner at {}", "Salaried GP - {}", "Wife is practice manager at {}"))
        return case(one, text.format(" ".join(kept))) if whole else None

    def payment(one: ReferenceOrganisation) -> tuple[ReferenceOrganisation, str, frozenset[str]]:
        name, the = one.name.removeprefix("THE "), " (THE)" if one.name.startswith("THE ") else ""
        street = next((line for line in one.address if line != one.name and line[:1].isalpha()), "")
        return case(one, f"{name}{the}" if chance.random() < 0.5 else f"{name} {street} {one.town}".replace(",", ""))

    def long(one: ReferenceOrganisation) -> tuple[ReferenceOrganisation, str, frozenset[str]]:
        street = next((titled(line) for line in one.address if line[:1].isdigit()), "1 High Street")
        said = chance.choice(_LONG).format(
            name=titled(one.name), street=street, town=titled(one.town), postcode=one.postcode, hours=chance.randint(2, 40),
            year=chance.randint(2013, 2024), pounds=chance.randint(1, 40) * 50,
        )  # fmt: skip
        return case(one, said)

    def company(_: ReferenceOrganisation) -> tuple[ReferenceOrganisation, str, frozenset[str]]:
        name = f"{chance.choice(_INVENTED)} {chance.choice(_LEGAL)}"
        return _, chance.choice(_COMPANY_TEXTS).format(name), frozenset({f"ORG:{name.replace('Limited', 'Ltd')}"})

    def beside(one: ReferenceOrganisation) -> tuple[ReferenceOrganisation, str, frozenset[str]]:
        name = f"{chance.choice(_INVENTED)} {chance.choice(_LEGAL)}"
        text = chance.choice(("Partner at {}; director of {}", "{} (director of {})", "GP at {} and shareholder in {}"))
        right = frozenset({one.code, f"ORG:{name.replace('Limited', 'Ltd')}"})
        return one, text.format(titled(one.name), name), right

    return {
        "closed": lambda one: case(one, f"Formerly partner at {titled(one.name)} (until {chance.randint(2010, 2024)})"),
        "name without type": untyped,
        "payment list": payment,
        "long entry": long,
        "wrong code": lambda one: case(one, f"{titled(one.name)} (Z{chance.randint(10000, 99999)})"),
        "small letters": lambda one: case(one, f"gp partner at {one.name.lower()}"),
        "company": company,
        "practice and company": beside,
        "unknown practice": lambda one: (one, f"Partner at {chance.choice(_INVENTED)} Surgery", frozenset({NONE})),
    }


def _two_at_once(plain: Sequence[ReferenceOrganisation], each: int, chance: random.Random) -> list[Case]:
    by_area = defaultdict(list)
    for one in plain:
        by_area[area_of(one)].append(one)
    pairs = [chance.sample(known, 2) for known in by_area.values() if len(known) > 1 for _ in range(4)]
    found = []
    for first, second in chance.sample(pairs, min(len(pairs), each)):
        names, right = (titled(first.name), titled(second.name)), frozenset({first.code, second.code})
        found.append(Case("two practices", chance.choice(_TWO).format(*names), area_of(first), right))
        ends = [name.removesuffix(" Surgery") for name in names]
        if all(end != name and len(core(name_words(end))) < 3 for end, name in zip(ends, names, strict=True)):
            text = f"Locum at {ends[0].removeprefix('The ')} and {ends[1].removeprefix('The ')} surgeries"
            found.append(Case("two share a type", text, area_of(first), right))
        wrong = f"{names[0]} ({second.code})"
        found.append(Case("code of another", wrong, area_of(first), frozenset({AMBIGUOUS})))
    return found


def _networks(
    mine: Sequence[ReferenceOrganisation],
    organisations: Sequence[ReferenceOrganisation],
    each: int,
    chance: random.Random,
) -> list[Case]:
    borne = Counter(
        (area_of(one), name_words(one.name.split("(")[0])) for one in organisations if one.kind == "pcn" and one.areas
    )
    found = []
    for one in chance.sample(list(mine), len(mine)):
        if not one.areas or one.status != "active":
            continue
        alone = borne[area_of(one), name_words(one.name.split("(")[0])] == 1
        said = titled(one.name.split(" (")[0] + (" PCN" if "(" in one.name else "")).replace("Pcn", "PCN")
        said = said.replace("PCN", chance.choice(("PCN", "Primary Care Network")))
        right = frozenset({one.code} if alone else {AMBIGUOUS})
        found.append(
            Case(
                "network" if alone else "network, one of several",
                chance.choice(_NETWORK_TEXTS).format(said),
                area_of(one),
                right,
            )
        )
    first = [case for case in found if case.kind == "network"][:each]
    return first + [case for case in found if case.kind != "network"][:each]


def _trusts(
    mine: Sequence[ReferenceOrganisation],
    here: dict[str, list[ReferenceOrganisation]],
    organisations: Sequence[ReferenceOrganisation],
    each: int,
    chance: random.Random,
) -> list[Case]:
    areas = defaultdict(list)
    for one in organisations:
        if one.kind == "commissioner" and one.geography and here.get(one.code):
            areas[one.geography].append(one.code)
    initials = Counter(_initials(one.name) for one in organisations if one.kind == "trust")
    found = []
    for one in chance.sample(list(mine), len(mine)):
        if not areas[one.geography]:
            continue
        area, right = chance.choice(areas[one.geography]), frozenset({one.code})
        said = titled(one.name).replace("Nhs", "NHS")
        said = chance.choice((said, said.replace("NHS Foundation Trust", "NHS FT"), said.replace(" And ", " & ")))
        found.append(Case("trust", chance.choice(_TRUST_TEXTS).format(said), area, right))
        short = _initials(one.name)
        if len(short) > 3 and initials[short] == 1 and one.status == "active":
            found.append(Case("trust by initials", chance.choice(_TRUST_TEXTS).format(short), area, right))
    kinds = ("trust", "trust by initials")
    return [case for kind in kinds for case in [one for one in found if one.kind == kind][:each]]


def _initials(name: str) -> str:
    listed = [
        word for word in name.replace("&", "AND").replace(",", "").split() if word not in ("NHS", "AND", "OF", "THE")
    ]
    return "".join(word[0] for word in listed)


def _nobody(plain: Sequence[ReferenceOrganisation], each: int, chance: random.Random) -> list[Case]:
    towns = [(one, titled(one.town)) for one in plain if one.town.isalpha()]
    found = []
    for _ in range(each):
        one, town = chance.choice(towns)
        found.append(
            Case("nobody, at length", chance.choice(_NOBODY).format(town=town), area_of(one), frozenset({NONE}))
        )
    return found
