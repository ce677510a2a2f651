"""What speaks for an organisation, or against it, by where it is: numbers with reasons. Pure arithmetic."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from coi.screening.counties import post_area
from coi.screening.hints import Hints
from coi.screening.index import NameIndex, line_words
from coi.screening.matching_vocabulary import ReferenceOrganisation
from coi.screening.names import WAYS
from coi.screening.noise import SURE_TYPES
from coi.screening.other_bodies import is_parochial
from coi.screening.segments import Mention

VAGUE = {
    "north",
    "south",
    "east",
    "west",
    "upper",
    "lower",
    "great",
    "little",
    "new",
    "old",
    "saint",
    "midlands",
    "mid",
}


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around a phrase: the register's area, the text as a whole, words near the phrase, towns named."""

    area: str
    hints: Hints
    mention: Mention
    near: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()
    rest_is_place: bool = False  # whatever else the text says is towns and areas
    beside: frozenset[str] = frozenset()  # towns that stand right beside the phrase
    town_beside: bool = False  # a town that is not in the area stands right behind the phrase
    posts_beside: frozenset[str] = frozenset()  # the postcode areas of the towns right behind it
    long_towns: tuple[tuple[str, ...], ...] = ()  # towns of several words, which count as a whole
    county: tuple[str, ...] = ()  # that stands right behind the phrase, by its words

    @property
    def names_no_place(self) -> bool:
        """Whether nothing says where whoever is meant is."""
        return not (self.near or self.towns or self.long_towns or self.county or self.hints.postcodes)

    @property
    def of_practice(self) -> bool:
        """Whether the phrase says nothing of a type, and the text names a post that practices have."""
        return not self.mention.has_type and self.hints.of_practice(self.mention.start)

    @property
    def of_other_body(self) -> bool:
        """Whether the phrase says nothing of a type, or a parochial church council's, and the post beside it is one in a church, a party,
        a school or a club."""
        is_told = self.is_typed and not is_parochial(self.mention.raw)
        return not is_told and self.hints.of_other_body(self.mention.start, self.mention.end)

    @property
    def whispered(self) -> bool:
        """Whether the text is all in small letters, of somebody in a practice: they say nothing either."""
        return self.of_practice and self.hints.is_whispered

    @property
    def leads_network(self) -> bool:
        """Whether the words beside the phrase are a role that only networks have."""
        return self.hints.leads_network(self.mention.start, self.mention.end)

    @property
    def is_typed(self) -> bool:
        """Whether the phrase says what it is in so many words: "surgery", not only "health"."""
        return not SURE_TYPES.isdisjoint(self.mention.listed)


class Where(NamedTuple):
    """What the place says of one organisation: for or against it, in words, near the register, at the place named, at another one."""

    score: float
    reasons: tuple[str, ...]
    in_area: bool
    at_place: bool
    contradicted: bool


def placed(index: NameIndex, number: int, context: Context) -> Where:
    """What speaks for an organisation, or against it, by where it is: in the register's area, at the place or postcode that is named."""
    in_area = bool(context.area) and number in index.members(context.area)
    if context.names_no_place:
        return _where_alone(context.area, in_area=in_area)
    organisation, score, reasons = index.organisations[number], 0.0, []
    about = context.near | context.towns
    places = index.places_among(number, about) if about else about
    postcode = organisation.postcode.replace(" ", "").upper() if context.hints.postcodes else ""
    at_place = bool(postcode) and postcode in context.hints.postcodes
    told = {
        word
        for word in places
        if word in context.near and word not in WAYS and word not in VAGUE and not word.isdigit()
    }
    long = [town for town in context.long_towns if not index.is_of_town(number, town)]
    told -= {word for town in long for word in town}  # Tyne and Wear is not Newcastle upon Tyne
    contradicted = bool(context.towns or long) and context.towns.isdisjoint(places)
    contradicted = contradicted and len(long) == len(context.long_towns)
    if in_area:
        score += 0.13
        reasons.append(f"in the area {context.area}")
    elif context.area and not told:
        score -= 0.06
    if at_place or told:
        score += 0.2 if at_place else min(0.07 + 0.03 * len(told), 0.14)
        reasons.append("the postcode agrees" if at_place else f"the place agrees ({', '.join(sorted(told))})")
        at_place = True
        score += 0.05 if told.intersection(line_words(organisation.town)) else 0.0
    elif is_far(index, organisation, context.county):
        score, contradicted = score - (0.5 if in_area else 0.3), True
        reasons.append(f"but the text names {' '.join(context.county)}")
    elif contradicted:
        score -= _contradicts(context, places, organisation.postcode, in_area=in_area)
        named = sorted({*context.towns, *map(" ".join, context.long_towns)})
        reasons.append(f"but the text names {', '.join(named)}")
    return Where(score, tuple(reasons), in_area, at_place, contradicted)


@lru_cache(maxsize=512)
def _where_alone(area: str, *, in_area: bool) -> Where:
    """What the register's area says where nothing else says anything."""
    if in_area:
        return Where(0.13, (f"in the area {area}",), True, False, False)
    return Where(-0.06 if area else 0.0, (), False, False, False)


def is_far(index: NameIndex, organisation: ReferenceOrganisation, county: tuple[str, ...]) -> bool:
    """Whether no practice with a postcode that begins as an organisation's does lies in a county: what counties people say they are in
    follows no border."""
    post = post_area(organisation.postcode) if county else ""
    return bool(post) and post not in index.county_posts(county)


def _contradicts(context: Context, places: frozenset[str], postcode: str, *, in_area: bool) -> float:
    """How much it speaks against an organisation that the text names another place: much right beside its name ("Stock Surgery Halifax"),
    little elsewhere in the text ("and locum in Salford"), and little where the two share a postcode area: a town over the border."""
    if in_area:
        far = context.town_beside and post_area(postcode) not in context.posts_beside
        return 0.5 if far else 0.05
    return 0.3 if context.beside and context.beside.isdisjoint(places) else 0.05
