"""Declared text → organisations: identifiers first, then names with what the place says. Only those who match import this."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

from coi.screening.companies import is_professional_body, uncoded_names
from coi.screening.index import NameIndex
from coi.screening.names import TRUST_WORDS, TYPE_WORDS, WAYS, name_words
from coi.screening.scoring import ENOUGH, MARGIN, Context, Scored, best_of, judge
from coi.screening.segments import Mention, chunks, mentions
from coi.screening.vocabulary import Decision, MatchCandidate, MatchResult, ReferenceOrganisation

_CODE = re.compile(r"(?<![A-Za-z0-9])(?:[A-Z]\d{5}|(?<=[(\[])[A-Z0-9]{3,5}(?=[)\]]))(?![A-Za-z0-9])")
_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
_RARE = 6.0  # the weight of a word that few names hold
_MOST_CANDIDATES = 60
_SLIP = 78  # per cent of likeness from which a word counts as a slip of another


class Matcher:
    """Finds the organisations that texts name. Build it once; `match` answers in about a millisecond."""

    def __init__(self, organisations: Iterable[ReferenceOrganisation]) -> None:
        self.index = NameIndex(organisations)
        self._vocabulary = [word for word in self.index.postings if len(word) > 3]
        self._slips: dict[str, dict[str, float]] = {}
        self._joined: dict[str, dict[str, list[int]]] = {}

    def match(self, text: str, area: str = "") -> MatchResult:
        """Returns the organisations that `text` names, for a register of the commissioner `area` (empty: unknown). Equals
        are never guessed between: they come back as ambiguous."""
        phrases = self._phrases(text)
        postcodes = frozenset((first + second).upper() for first, second in _POSTCODE.findall(text))
        found: dict[str, MatchCandidate] = {}
        doubtful: dict[str, MatchCandidate] = {}
        taken: list[tuple[int, int]] = []
        for candidate, span in self._by_code(text):
            found[candidate.code or ""] = candidate
            taken.append(span)
        for number, mention in enumerate(phrases):
            named, unsure = self._resolve(mention, self._context(phrases, number, area, postcodes, text.isupper()))
            if named or unsure:
                taken.append((mention.start, mention.end))
            for one in named:
                found.setdefault(self._code(one), self._candidate(one))
            for one in unsure:
                doubtful.setdefault(self._code(one), self._candidate(one))
        for name in uncoded_names(text, phrases, taken):
            found[f"name:{name}"] = MatchCandidate(None, name, 0.9, "named in the text; it has no ODS code")
        if self._disagree(text, taken, found):
            return MatchResult(text, Decision.AMBIGUOUS, tuple(found.values()))
        if found:
            return MatchResult(text, Decision.MATCHED, tuple(found.values()))
        if doubtful:
            return MatchResult(text, Decision.AMBIGUOUS, tuple(doubtful.values()))
        return MatchResult(text, Decision.NONE)

    def _disagree(self, text: str, taken: Sequence[tuple[int, int]], found: Mapping[str, MatchCandidate]) -> bool:
        """Whether a code in brackets right after a name belongs to another organisation than the name."""
        codes = [span for span in taken if text[slice(*span)] in found]
        named = [span for span in taken if span not in codes]
        coded = [key for key in found if not key.startswith("name:")]
        touching = any(0 <= start - end <= 2 for start, _ in codes for _, end in named)
        return touching and len(coded) == 2 and len(codes) == 1

    def _code(self, one: Scored) -> str:
        return self.index.organisations[one.number].code

    def _bears(self, one: Scored, telling: Sequence[str]) -> bool:
        """Whether all the telling words stand in one of its own names; a trust is not meant by a place alone."""
        organisation = self.index.organisations[one.number]
        names = (organisation.name, *organisation.former_names)
        return organisation.kind != "trust" and any(set(telling) <= set(name_words(name)) for name in names)

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
        self, phrases: Sequence[Mention], number: int, area: str, postcodes: frozenset[str], shouted: bool
    ) -> Context:
        near: set[str] = set(phrases[number].tail)
        for place, other in enumerate(phrases):
            if place != number and (not other.has_type or other.is_foreign):
                near.update(other.listed + other.tail)
            elif place != number:
                near.update(other.tail)
        written = {word for word in near if word in self.index.towns}
        return Context(area, frozenset(near - TYPE_WORDS), frozenset(written), postcodes, shouted)

    def _resolve(self, mention: Mention, context: Context) -> tuple[list[Scored], list[Scored]]:
        if is_professional_body(mention.raw):
            return [], []
        if mention.is_foreign:
            return self._exactly(mention, context)
        telling = [word for word in mention.listed if word not in TYPE_WORDS]
        if not telling:
            return self._generic(mention, context)
        if not mention.has_type:
            return self._untyped(mention, telling, context)
        scored = self._scored(mention, telling, context, {})
        if not self._decided(scored, context)[0]:
            scored = best_of([*scored, *self._scored(mention, telling, context, self._likenesses(telling, context))])
        named, unsure = self._decided(scored, context)
        if not named and not unsure:
            return self._by_place(mention, telling, context)
        return named, unsure

    def _scored(
        self, mention: Mention, telling: Sequence[str], context: Context, similar: dict[str, dict[str, float]]
    ) -> list[Scored]:
        weights: dict[int, float] = defaultdict(float)
        for said in telling:
            for word, likeness in {said: 1.0, **similar.get(said, {})}.items():
                for place in self.index.postings.get(word, ()):
                    weights[place] += self.index.weight(word) * likeness
        joined = "".join(telling)
        for slip in similar.get(joined, {}):
            for place in self._joined_names(context.area).get(slip, ()):
                weights[place] += 100
        ranked = sorted(weights, key=lambda place: -self._rank(place, weights[place]))[:_MOST_CANDIDATES]
        ranked += [place for place in self.index.full.get(mention.listed, ()) if place not in ranked]
        judged = (judge(self.index, mention, self.index.variants[place], context, similar) for place in ranked)
        return best_of(one for one in judged if one)

    def _rank(self, place: int, weight: float) -> float:
        return weight - 0.3 * len(self.index.variants[place].core)

    def _joined_names(self, area: str) -> dict[str, list[int]]:
        if area not in self._joined:
            self._joined[area] = self.index.variants_in(area)
        return self._joined[area]

    def _likenesses(self, telling: Sequence[str], context: Context) -> dict[str, dict[str, float]]:
        """Which words of the index each telling word may be a slip of; and the whole phrase, run together."""
        found = {word: self._slips_of(word) for word in telling}
        joined = "".join(telling)
        if len(joined) > 6:
            names = list(self._joined_names(context.area))
            near = process.extract(joined, names, scorer=Indel.normalized_similarity, score_cutoff=0.88, limit=5)
            found.setdefault(joined, {}).update({str(name): float(likeness) for name, likeness, _ in near})
        return found

    def _slips_of(self, word: str) -> dict[str, float]:
        if word not in self._slips:
            near: list[tuple[str, float, int]] = []
            if len(word) > 3 and not word.isdigit():
                near = process.extract(
                    word, self._vocabulary, scorer=OSA.normalized_similarity, score_cutoff=_SLIP / 100, limit=6
                )
            self._slips[word] = {found: likeness for found, likeness, _ in near if found != word}
        return self._slips[word]

    def _decided(self, scored: Sequence[Scored], context: Context) -> tuple[list[Scored], list[Scored]]:
        """Who is named, or who are equals. Elsewhere than in the register's area only a full and lonely name counts."""
        enough = [one for one in scored if one.score >= ENOUGH and (one.fit >= 0.8 or one.at_place)]
        if not enough:
            likely = [one for one in scored if one.score >= ENOUGH - 0.1 and one.said > 0.93 and not one.contradicted]
            partial = [one for one in likely if one.in_area or one.at_place]
            if partial and (len(partial) == 1 or partial[0].score - partial[1].score > MARGIN * 2):
                return partial[:1], []
            return [], partial
        top = enough[0]
        equals = [one for one in enough if top.score - one.score < MARGIN]
        if context.area and not top.in_area and not top.at_place:
            equals = [one for one in enough if top.fit - one.fit < MARGIN]
            if top.fit < 0.93:
                return [], equals
        return (equals, []) if len(equals) == 1 else ([], equals)

    def _exactly(self, mention: Mention, context: Context) -> tuple[list[Scored], list[Scored]]:
        scored = [one for one in self._whole_names(mention, context) if one.score >= ENOUGH]
        return (scored, []) if len(scored) == 1 else ([], scored)

    def _whole_names(self, mention: Mention, context: Context) -> list[Scored]:
        variants = (self.index.variants[place] for place in self.index.full.get(mention.listed, ()))
        return best_of(one for one in (judge(self.index, mention, v, context, {}) for v in variants) if one)

    def _generic(self, mention: Mention, context: Context) -> tuple[list[Scored], list[Scored]]:
        """ "The Surgery": a name only where it is written as one."""
        written = mention.raw[:1].isupper() and (mention.said_the or mention.is_whole or len(mention.listed) > 1)
        if not written or mention.listed in (("practice",), ("nhs",)):
            return [], []
        scored = self._whole_names(mention, context)
        near = [one for one in scored if one.in_area or one.at_place] or scored
        return self._decided(near, context)

    def _untyped(self, mention: Mention, telling: Sequence[str], context: Context) -> tuple[list[Scored], list[Scored]]:
        """A phrase without a type word names somebody only as an acronym, or when it is all of a telling name nearby."""
        by_acronym = self._by_acronym(mention, context)
        if by_acronym:
            return (by_acronym, []) if len(by_acronym) == 1 else ([], by_acronym)
        if all(word in self.index.place_words for word in telling):
            return [], []
        if WAYS.intersection(telling) and not mention.is_whole:
            return [], []  # a street, as a rule
        if max(self.index.weight(word) for word in telling) < _RARE or mention.raw.islower():
            return [], []
        scored = self._scored(mention, telling, context, {})
        led = mention.role_led or mention.is_whole
        near = [one for one in scored if one.in_area or one.at_place or (led and not context.area)]
        full = [one for one in near if one.fit > 0.97 and self._bears(one, telling) and (led or len(telling) > 1)]
        if not full or any(not word.isalpha() for word in telling):
            return [], []
        equals = [one for one in full if full[0].score - one.score < MARGIN]
        return (equals, []) if len(equals) == 1 else ([], equals)

    def _by_acronym(self, mention: Mention, context: Context) -> list[Scored]:
        found: dict[int, Scored] = {}
        for word in re.findall(r"\b[A-Za-z]{3,7}\b", mention.raw):
            if sum(letter.isupper() for letter in word) < 3:
                continue
            for number in self.index.acronyms.get(word.upper(), ()):
                in_area = bool(context.area) and self.index.is_in_area(number, context.area)
                active = self.index.organisations[number].status == "active"
                if context.area and not in_area and (context.shouted or len(word) < 4):
                    continue
                score = 0.9 + 0.09 * in_area - 0.05 * (not active)
                found[number] = Scored(number, score, 1.0, (f"acronym {word}",), in_area, False)
        ranked = sorted(found.values(), key=lambda one: -one.score)
        return [one for one in ranked if ranked[0].score - one.score < MARGIN]

    def _by_place(
        self, mention: Mention, telling: Sequence[str], context: Context
    ) -> tuple[list[Scored], list[Scored]]:
        """ "Newent Doctors Practice" where Newent has one practice, whatever its name."""
        if TRUST_WORDS.intersection(mention.listed):
            return [], []
        places = set.intersection(*(set(self.index.by_town_word.get(word, ())) for word in telling))
        found = []
        for place in sorted(places):
            number = self.index.variants[place].number
            organisation = self.index.organisations[number]
            near = bool(context.area) and self.index.is_in_area(number, context.area)
            if near and organisation.status == "active" and mention.has_type:
                found.append(
                    Scored(number, 0.83, 0.8, (f"the only practice in {organisation.town.title()}",), True, True)
                )
        return (found, []) if len(found) == 1 else ([], found)
