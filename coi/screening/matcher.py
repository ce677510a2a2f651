"""Declared text → organisations: identifiers first, then names with what the place says. Only those who match import this."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from coi.screening.candidates import Candidates
from coi.screening.companies import uncoded_names
from coi.screening.index import CURRENT, FORMER, NameIndex
from coi.screening.names import FOREIGN_WORDS, TYPE_WORDS, core, name_words
from coi.screening.resolving import Resolver
from coi.screening.scoring import Context, Scored, judge
from coi.screening.segments import SURE_TYPES, Mention, chunks, mentions
from coi.screening.vocabulary import Decision, MatchCandidate, MatchResult, ReferenceOrganisation

_CODE = re.compile(r"(?<![A-Za-z0-9])(?:[A-Z]\d{5}|(?<=[(\[])[A-Z0-9]{3,5}(?=[)\]]))(?![A-Za-z0-9])")
_ANY_WORD = re.compile(r"\w")
_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
_LONGEST_NAME = 100  # letters in a text that may be nothing but a name
_DWELLING = re.compile(r"\b(?:liv(?:es?|ing)|resid(?:es?|ing|ent)|home|house in|born|grew up)\b", re.IGNORECASE)


class Matcher:
    """Finds the organisations that texts name. Build it once; `match` answers in about a millisecond."""

    def __init__(self, organisations: Iterable[ReferenceOrganisation]) -> None:
        self.index = NameIndex(organisations)
        self._resolver = Resolver(Candidates(self.index))

    def match(self, text: str, area: str = "") -> MatchResult:
        """Returns the organisations that `text` names, for a register of the commissioner `area` (empty: unknown). Equals
        are never guessed between: they come back as ambiguous."""
        alone = self._alone(text, area) if len(text) < _LONGEST_NAME else None
        if alone is not None:
            return MatchResult(text, Decision.MATCHED, (self._candidate(alone),))
        phrases = self._phrases(text)
        found: dict[str, MatchCandidate] = {}
        doubtful: dict[str, MatchCandidate] = {}
        taken: list[tuple[int, int]] = []
        for candidate, span in self._by_code(text):
            found[candidate.code or ""] = candidate
            taken.append(span)
        for mention, named, unsure in self._resolved(text, phrases, area):
            if named or unsure:
                taken.append((mention.start, mention.end))
            for one in named:
                found.setdefault(self._code(one), self._candidate(one))
            for one in unsure:
                doubtful.setdefault(self._code(one), self._candidate(one))
        for name in uncoded_names(text, phrases, taken):
            if all(word in self.index.place_words for word in name_words(name)):
                continue  # "property owner in Chelmsford"
            found[f"name:{name}"] = MatchCandidate(None, name, 0.9, "named in the text; it has no ODS code")
        if self._disagree(text, taken, found):
            return MatchResult(text, Decision.AMBIGUOUS, tuple(found.values()))
        if found:
            return MatchResult(text, Decision.MATCHED, tuple(found.values()))
        if doubtful:
            return MatchResult(text, Decision.AMBIGUOUS, tuple(doubtful.values()))
        return MatchResult(text, Decision.NONE)

    def _alone(self, text: str, area: str) -> Scored | None:
        """A text that is exactly a name, which nobody else in the area bears or nearly bears, needs no further thought."""
        listed = name_words(text)
        places = self.index.full.get(listed, ())
        telling = core(listed)
        if not places or not telling or not SURE_TYPES.intersection(listed) or FOREIGN_WORDS.intersection(listed):
            return None
        rivals = self.index.by_core[telling]
        near = [number for number in rivals if not area or self.index.is_in_area(number, area)]
        own = [place for place in places if self.index.variants[place].number in near]
        if len(near) != 1 or not own or self.index.variants[own[0]].kind not in (CURRENT, FORMER):
            return None
        mention = Mention(listed, (), 0, len(text), text, False, False, True)
        return judge(self.index, mention, self.index.variants[own[0]], Context(area, *(frozenset(),) * 3), {})

    def _resolved(
        self, text: str, phrases: Sequence[Mention], area: str
    ) -> list[tuple[Mention, list[Scored], list[Scored]]]:
        """Phrases with a type word speak first: what says no more than where they are, or their own name again, is nobody else."""
        postcodes = frozenset((first + second).upper() for first, second in _POSTCODE.findall(text))
        dwelling = bool(_DWELLING.search(text))
        order = sorted(range(len(phrases)), key=lambda number: not phrases[number].has_type)
        resolved: dict[int, tuple[Mention, list[Scored], list[Scored]]] = {}
        there: set[str] = set()
        for number in order:
            mention = phrases[number]
            if there.issuperset(mention.listed) and (not mention.has_type or mention.listed not in self.index.full):
                continue
            context = self._context(phrases, number, area, postcodes, text.isupper(), dwelling)
            named, unsure = self._resolver.resolve(mention, context)
            resolved[number] = (mention, named, unsure)
            for one in (*named, *unsure):
                there |= self.index.places(one.number) | self.index.said_of(one.number)
        return [resolved[number] for number in sorted(resolved)]

    def _disagree(self, text: str, taken: Sequence[tuple[int, int]], found: Mapping[str, MatchCandidate]) -> bool:
        """Whether a code in brackets right after a name belongs to another organisation than the name."""
        codes = [span for span in taken if text[slice(*span)] in found]
        named = [span for span in taken if span not in codes]
        coded = [key for key in found if not key.startswith("name:")]
        touching = any(start >= end and not _ANY_WORD.search(text[end:start]) for start, _ in codes for _, end in named)
        return touching and len(coded) == 2 and len(codes) == 1

    def _code(self, one: Scored) -> str:
        return self.index.organisations[one.number].code

    def _candidate(self, one: Scored) -> MatchCandidate:
        organisation = self.index.organisations[one.number]
        score = round(min(max(one.score, 0.0), 1.0), 3)
        return MatchCandidate(organisation.code, organisation.name, score, "; ".join(one.reasons))

    def _by_code(self, text: str) -> list[tuple[MatchCandidate, tuple[int, int]]]:
        found = []
        for match in _CODE.finditer(text):
            number = self.index.by_code.get(match[0])
            if number is not None:
                name = self.index.organisations[number].name
                found.append((MatchCandidate(match[0], name, 1.0, f"ODS code {match[0]} in the text"), match.span()))
        return found

    def _phrases(self, text: str) -> list[Mention]:
        """A part between punctuation that is a whole known name stands before whatever is found in it."""
        merged = self._merged(mentions(text))
        for chunk in chunks(text):
            inside = [one for one in merged if chunk.start <= one.start and one.end <= chunk.end]
            same = len(inside) == 1 and inside[0].listed == chunk.listed
            if chunk.listed in self.index.full and not same and any(word not in TYPE_WORDS for word in chunk.listed):
                merged = [one for one in merged if one not in inside]
                merged.append(chunk)
        return sorted(merged, key=lambda one: one.start)

    def _merged(self, phrases: Sequence[Mention]) -> list[Mention]:
        """Joins neighbouring phrases that together are a name ("MILLBROOK SURGERY, CASTLE CARY")."""
        merged: list[Mention] = []
        for mention in phrases:
            if mention.tail and mention.listed + mention.tail in self.index.full:
                merged.append(replace(mention, listed=mention.listed + mention.tail, tail=()))
                continue
            if merged:
                before = merged[-1]
                both = before.listed + before.tail + mention.listed + mention.tail
                if len(both) > 2 and both in self.index.full:
                    raw = f"{before.raw}, {mention.raw}"
                    merged[-1] = replace(before, listed=both, tail=(), end=mention.end, raw=raw)
                    continue
            merged.append(mention)
        return merged

    def _context(
        self,
        phrases: Sequence[Mention],
        number: int,
        area: str,
        postcodes: frozenset[str],
        shouted: bool,
        dwelling: bool,
    ) -> Context:
        near: set[str] = set(phrases[number].tail)
        for place, other in enumerate(phrases):
            if place != number and (not other.has_type or other.is_foreign):
                near.update(other.listed + other.tail)
            elif place != number:
                near.update(other.tail)
        away = {
            word for place, other in enumerate(phrases) if place != number and other.is_foreign for word in other.listed
        }
        written = {word for word in near - away if word in self.index.towns}  # "Corvedale Moor Hospice" names no town
        rest = [word for place, other in enumerate(phrases) if place != number for word in other.listed]
        return Context(
            area,
            frozenset(near - TYPE_WORDS),
            frozenset(written),
            postcodes,
            shouted,
            rest_is_place=bool(rest) and all(word in self.index.place_words for word in rest),
            is_dwelling=dwelling,
            is_typed=bool(SURE_TYPES.intersection(phrases[number].listed)),
        )
