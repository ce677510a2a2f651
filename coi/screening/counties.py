"""The counties that practices lie in, and London: by which words an address ends in them, and in which postcode areas they lie. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from coi.screening.matching_vocabulary import ReferenceOrganisation
from coi.screening.names import TYPE_WORDS, WAYS, name_words

_LONDON = "LONDON"  # the post town of a whole region
_SEVERAL = 10  # practices that say so, from which the last line of an address is a county
_SHARE = 5  # one in so many practices of an area that say a county makes all of its postcode areas the county's
_POST = re.compile(r"[A-Z]{1,2}(?=\d)")


def counties_of(organisations: Iterable[ReferenceOrganisation]) -> dict[tuple[str, ...], frozenset[str]]:
    """Returns the counties by their words, each with the postcode areas of the practices whose addresses name it, and of the whole area
    above a commissioner where many do: people say London of Croydon too."""
    practices = [one for one in organisations if one.kind == "practice" and one.status == "active" and one.town]
    said = _lines_behind_towns(practices)
    posts: dict[str, set[str]] = defaultdict(set)
    count: Counter[tuple[str, str]] = Counter()
    total: Counter[str] = Counter(one.geography for one in practices)
    within: dict[str, set[str]] = defaultdict(set)
    for one in practices:
        within[one.geography].add(post_area(one.postcode))
        for county in said.intersection(part.strip() for line in one.address for part in line.split(",")):
            posts[county].add(post_area(one.postcode))
            count[county, one.geography] += 1
    for (county, above), number in count.items():
        if above and number * _SHARE >= total[above]:
            posts[county] |= within[above]
    return {name_words(county): frozenset(found - {""}) for county, found in posts.items()}


def _lines_behind_towns(practices: Sequence[ReferenceOrganisation]) -> frozenset[str]:
    """What stands behind the town in the addresses of several practices, and is no way and no house."""
    count: Counter[str] = Counter()
    for one in practices:
        at = one.address.index(one.town) + 1 if one.town in one.address else len(one.address)
        count.update(one.address[at : at + 1])
    many = (
        line
        for line, number in count.items()
        if number >= _SEVERAL and line.replace(" ", "").replace("&", "").isalpha()
    )
    return frozenset({line for line in many if not (TYPE_WORDS | WAYS).intersection(name_words(line))} | {_LONDON})


def post_area(postcode: str) -> str:
    """Returns the letters that a postcode begins with."""
    found = _POST.match(postcode)
    return found[0] if found else ""
