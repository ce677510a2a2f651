"""What tells the public who somebody is although their name is withheld. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

FEW = 3


@dataclass(frozen=True)
class TraceFacts:
    """What else is public of the person whose record it is. `posts`: each with how many people hold it; `committees` that the row names;
    `organisations`: of the record, each with the references of the person's other entries that name it; `same_day`, `interests`, `gifts`:
    references of other entries under the name; `decisions` of procurement that contain the family name; `texts` of the record that do."""

    name: str
    posts: tuple[tuple[str, int], ...] = ()
    committees: tuple[str, ...] = ()
    organisations: tuple[tuple[str, tuple[str, ...]], ...] = ()
    same_day: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    gifts: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


def traces_of(facts: TraceFacts) -> list[str]:
    """Returns, in words, every other place from which the public can tell who it is. Rule: REG-06; RULEBOOK §7.3."""
    found = [f"Position: nobody but {facts.name} is “{post}” here" for post, holders in facts.posts if holders == 1]
    found += [f"Position: only {n} people are “{post}” here" for post, n in facts.posts if 1 < n <= FEW]
    found += [
        f"Committee: the row names {each}, and its papers and minutes name its members" for each in facts.committees
    ]
    found += [
        f"Organisation: {name} stands under the name in {_few(refs)}" for name, refs in facts.organisations if refs
    ]
    for refs, words in (
        (facts.same_day, "Date: declared on the same day as {}, under the name"),
        (facts.interests, "Register of interests: {} under the name"),
        (facts.gifts, "Register of gifts and hospitality: {} under the name"),
        (facts.decisions, "Register of procurement decisions: {} mentions the family name"),
    ):
        found += [words.format(_few(refs))] if refs else []
    return found + [f"{each}: what is written there contains the family name" for each in facts.texts]


def _few(references: Sequence[str]) -> str:
    shown = ", ".join(references[:FEW])
    return shown if len(references) <= FEW else f"{shown} and {len(references) - FEW} more"
