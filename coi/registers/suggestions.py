"""Which organisations a declarant's words may mean: found by the search, ranked by the matcher that screening uses. A person decides."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from coi.organisations.naming import folded
from coi.organisations.nearby import organisations_near, stands_in_an_address
from coi.organisations.search import hit_of, search
from coi.organisations.vocabulary import OrganisationHit
from coi.screening.aliases import Alias, Taught
from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import Decision, ReferenceOrganisation

MOST, WORDS, HITS = 6, 5, 40
_COMMON = frozenset(
    ("the", "and", "for", "with", "from", "group", "health", "healthcare", "medical", "centre", "center", "surgery", "practice",
     "partners", "partnership", "clinic", "limited", "company", "services", "service", "trust", "care", "house", "street", "road")
)  # fmt: skip


@dataclass(frozen=True)
class Suggestion:
    """An organisation that the words may mean, and why; `is_likely`: the matcher would have taken it."""

    id: uuid.UUID
    name: str
    about: str
    is_likely: bool = False


def suggestions(
    text: str, area: Collection[str], on: date, taught: Collection[Alias] = (), near: str = ""
) -> list[Suggestion]:
    """Returns what a text may mean, the likeliest first, at most six; what the body was `taught` leads. Where no name answers, whoever
    practises in the building or the street that it says, of the commissioners `area` of the body that is called `near`. Rule: REG-01;
    RULEBOOK §24 (matching is by organisation)."""
    telling = [word for word in folded(text).split() if len(word) > 3 and word not in _COMMON][:WORDS]
    hits = {hit.id: hit for hit in search(text, area=area, on=on, limit=HITS)}
    for asked in telling:
        for hit in search(asked, area=area, on=on, limit=HITS):
            if _shared(hit, [asked]):
                hits.setdefault(hit.id, hit)
    result = Taught(Matcher(_reference(hit) for hit in hits.values()), taught).match(text)
    if result.decision is Decision.NONE and near and telling and stands_in_an_address(telling[0]):
        there = Matcher(organisations_near(area, near, ())).match(f"GP at {text}", near)  # in a building one has a post
        result = there if any(one.code for one in there.organisations) else result
    by_key = {hit.code or str(hit.id): hit for hit in hits.values()}
    by_key |= {each.code: hit_of(each.code) for each in result.organisations if each.code and each.code not in by_key}
    is_likely = result.decision is Decision.MATCHED
    taken = [(by_key[each.code], each.why) for each in result.organisations if each.code in by_key]
    found = [Suggestion(hit.id, hit.name, f"{_about(hit)}: {why}", is_likely) for hit, why in taken]
    known = {each.id for each in found}
    others = sorted(hits.values(), key=lambda hit: -_shared(hit, telling))
    found += [Suggestion(hit.id, hit.name, _about(hit)) for hit in others if hit.id not in known]
    return found[:MOST]


def _shared(hit: OrganisationHit, words: Collection[str]) -> int:
    """How many of these words begin a word of an organisation's name, present or former."""
    own = folded(f"{hit.name} {hit.matched_name}").split()
    return sum(any(each.startswith(word) for each in own) for word in words)


def _reference(hit: OrganisationHit) -> ReferenceOrganisation:
    former = (hit.matched_name,) if hit.matched_name else ()
    return ReferenceOrganisation(
        hit.code or str(hit.id), hit.name, hit.kind.value, former, closed_on=hit.closed_on, town=hit.town, postcode=hit.postcode
    )  # fmt: skip


def _about(hit: OrganisationHit) -> str:
    place = ", ".join(part for part in (hit.kind_words, hit.town, hit.code or "") if part)
    return f"{place}, closed" if hit.is_closed else place
