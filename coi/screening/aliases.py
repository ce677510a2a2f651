"""Names that somebody taught: which organisation the words of a body mean, or that they mean none. Asked before anything else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from coi.screening.declared import Finder
from coi.screening.matching_vocabulary import Decision, MatchCandidate, MatchResult
from coi.screening.names import FOREIGN_WORDS, LINKS, TYPE_WORDS, Word, words
from coi.screening.noise import is_noise
from coi.screening.segments import mentions

MOST_WORDS = 12
"""How many words an alias may have."""
_OF = frozenset(("at", "by", "for", "from", "in", "of", "on", "the", "with"))  # before a name, not part of it


@dataclass(frozen=True, slots=True)
class Alias:
    """What a name means: an organisation (`code` as the matcher calls it, None where it has no code), or nobody where `means_none`.
    `why` says who taught it and when."""

    text: str
    code: str | None
    name: str
    why: str
    means_none: bool = False


def alias_words(text: str) -> tuple[str, ...]:
    """Returns what two spellings of an alias have in common: its words without case, accents, abbreviations and links."""
    return tuple(word.text for word in words(text) if word.text not in LINKS)


def alias_key(text: str) -> str:
    """Returns `alias_words` in one: "The Dengie Docs" and "dengie docs" are one alias. Empty where `text` holds no word."""
    return " ".join(alias_words(text))


class Taught:
    """A finder that asks the aliases first, and the finder behind it about whatever they do not explain."""

    def __init__(self, finder: Finder, aliases: Iterable[Alias]) -> None:
        self._finder = finder
        self._aliases = {alias_words(one.text): one for one in aliases}
        self._first = frozenset(listed[0] for listed in self._aliases if listed)

    def match(self, text: str, area: str = "") -> MatchResult:
        """Returns the organisations that `text` names, as `Matcher.match` does. What was taught stands first, with who taught it."""
        found = self._taught(text) if self._first else ()
        if not found:
            return self._finder.match(text, area)
        left = _without(text, [span for _, span in found])
        rest = self._finder.match(left, area) if _says_more(left) else MatchResult(left, Decision.NONE)
        taught = {
            (one.code or one.name): MatchCandidate(one.code, one.name, 1.0, one.why)
            for one, _ in found
            if not one.means_none
        }
        others = [one for one in rest.organisations if (one.code or one.name) not in taught]
        if not taught:
            return replace(rest, text=text)
        by_code = rest.decision is Decision.MATCHED and not any(mention.has_type for mention in mentions(left))
        if by_code and any(one.why.startswith("ODS code") for one in others):
            return MatchResult(text, Decision.AMBIGUOUS, (*taught.values(), *others))
        also = others if rest.decision is Decision.MATCHED else ()
        return MatchResult(text, Decision.MATCHED, (*taught.values(), *also))

    def _taught(self, text: str) -> list[tuple[Alias, tuple[int, int]]]:
        every = words(text)
        listed = [(number, word) for number, word in enumerate(every) if word.text not in LINKS]
        found: list[tuple[Alias, tuple[int, int]]] = []
        place = 0
        while place < len(listed):
            alias, length = self._longest(every, listed, place)
            if alias is not None:
                found.append((alias, (listed[place][1].start, listed[place + length - 1][1].end)))
            place += max(length, 1)
        return found

    def _longest(
        self, every: Sequence[Word], listed: Sequence[tuple[int, Word]], place: int
    ) -> tuple[Alias | None, int]:
        if listed[place][1].text not in self._first:
            return None, 0
        said = tuple(word.text for _, word in listed[place : place + MOST_WORDS])
        for length in range(len(said), 0, -1):
            alias = self._aliases.get(said[:length])
            if alias is not None and _is_alone(every, listed, place, length):
                return alias, length
        return None, 0


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """A text without the names that are explained already, every other word in its place."""
    for start, end in spans:
        text = f"{text[:start]};{' ' * (end - start - 1)}{text[end:]}"
    return text


def _says_more(text: str) -> bool:
    """Whether anything is left that may be a name or a code."""
    said = (mention.has_type or mention.is_foreign or not mention.raw.islower() for mention in mentions(text))
    return any(said) or any(letter.isdigit() for letter in text)


def _is_alone(every: Sequence[Word], listed: Sequence[tuple[int, Word]], place: int, length: int) -> bool:
    """Whether these words are a whole name where they stand: "Dengie Docs" in "partner at Dengie Docs", not in "North Dengie Docs"
    or "Dengie Docs Pharmacy". A name of type words alone ("The Surgery") counts only where the text names nothing else."""
    own = [number for number, _ in listed[place : place + length]]
    if all(every[number].text in TYPE_WORDS for number in own):
        return all(number in own or is_noise(every, number) for number, _ in listed)
    opens = place == 0 or _opens(every, listed[place - 1][0], own[0])
    return opens and (place + length == len(listed) or _closes(every, own[-1], listed[place + length][0]))


def _opens(every: Sequence[Word], before: int, first: int) -> bool:
    """Whether a name can begin at `first`, after the word at `before`."""
    links = [each.text for each in every[before + 1 : first]]
    if any(each.hard for each in every[before + 1 : first + 1]) or _OF.intersection(links):
        return True
    word = every[before]
    if "and" in links:
        return word.text in TYPE_WORDS | FOREIGN_WORDS
    return is_noise(every, before) or (word.raw.islower() and word.text not in TYPE_WORDS)


def _closes(every: Sequence[Word], last: int, after: int) -> bool:
    """Whether a name can end at `last`, before the word at `after`."""
    between = every[last + 1 : after]
    if between or every[after].hard:
        return True
    word = every[after]
    return is_noise(every, after) or (word.raw.islower() and word.text not in TYPE_WORDS | FOREIGN_WORDS)
