"""Declared text → organisations: identifiers first, then names with what the place says. Only those who match import this."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from coi.screening.beside import described, is_joined, is_listed_with
from coi.screening.buildings import Buildings
from coi.screening.candidates import Candidates
from coi.screening.coded import Codes
from coi.screening.companies import uncoded_names
from coi.screening.denials import affirmed
from coi.screening.hints import Hints
from coi.screening.index import NameIndex
from coi.screening.indexing import CURRENT, FORMER, Names
from coi.screening.matching_vocabulary import Decision, MatchCandidate, MatchResult, ReferenceOrganisation
from coi.screening.names import FOREIGN_WORDS, TYPE_WORDS, core, name_words
from coi.screening.noise import SURE_TYPES
from coi.screening.placing import Context
from coi.screening.postcodes import at_postcode
from coi.screening.resolving import Resolver
from coi.screening.scoring import NOBODY, Scored, Verdict, judge
from coi.screening.segments import Mention, bracketed, chunks, mentions
from coi.screening.surroundings import Surroundings
from coi.screening.together import Resolved, narrowed, without_twins, without_types
from coi.screening.unnamed import without_name

_ANY_WORD = re.compile(r"\w")
_PLURAL = re.compile(r"(?:surgeries|practices|cent(?:re|er)s|clinics)$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:/|,|&|\+|and)\s*(?:and\s+|the\s+)*", re.IGNORECASE)
_NUMBER = re.compile(r"(\d+\w?)\s+$")
_NOTHING_SAID = Hints("")
_LONGEST_NAME = 100  # letters in a text that may be nothing but a name


class Matcher:
    """Finds the organisations that texts name. Build it once; `match` answers in about half a millisecond. `names` are those of the
    organisations where they were taken apart before."""

    def __init__(self, organisations: Iterable[ReferenceOrganisation], names: Names | None = None) -> None:
        self.index = NameIndex(organisations, names)
        self._resolver = Resolver(Candidates(self.index))
        self._buildings = Buildings(self.index)

    def match(self, text: str, area: str = "") -> MatchResult:
        """Returns the organisations that `text` names, for a register of the commissioner `area` (empty: unknown). Equals
        are never guessed between: they come back as ambiguous."""
        alone = self._alone(text, area) if len(text) < _LONGEST_NAME else None
        if alone is not None:
            return MatchResult(text, Decision.MATCHED, (self._candidate(alone),))
        so = affirmed(text)
        return self._match(text, area) if so == text else replace(self._match(so, area), text=text)

    def _match(self, text: str, area: str) -> MatchResult:
        phrases = self._phrases(text, area)
        found: dict[str, MatchCandidate] = {}
        doubtful: dict[str, MatchCandidate] = {}
        taken: list[tuple[int, int]] = []
        found_at = narrowed(self.index, text, self._resolved(text, phrases, area), area)
        resolved = without_types(without_twins(text, found_at))
        codes = Codes(self.index, text, resolved, area)
        for coded in codes.kept:
            found[coded.candidate.code or ""] = coded.candidate
            taken.append(coded.span)
        spelled = {_initials(mention.raw) for mention, named, unsure in resolved if named or unsure}
        for mention, named, unsure in resolved:
            if named or unsure:
                taken.append((mention.start, mention.end))
            for one in named:
                if one.reasons[0].removeprefix("acronym ") in spelled:
                    continue  # "GHAC (Gloucester Health Access Centre)": whatever else is called so
                found.setdefault(self._code(one), codes.with_codes(one.number, self._candidate(one)))
            for one in unsure:
                doubtful.setdefault(self._code(one), self._candidate(one))
        for name in uncoded_names(text, phrases, taken):
            if all(word in self.index.place_words for word in name_words(name)):
                continue  # "property owner in Chelmsford"
            found[f"name:{name}"] = MatchCandidate(None, name, 0.9, "named in the text; it has no ODS code")
        if codes.disagree():
            return MatchResult(text, Decision.AMBIGUOUS, tuple(found.values()))
        if found:
            return MatchResult(text, Decision.MATCHED, tuple(found.values()))
        is_near = not area or any(one.is_near for _, _, unsure in resolved for one in unsure)
        if doubtful and is_near:
            return MatchResult(text, Decision.AMBIGUOUS, self._still_there(doubtful.values()))
        named, unsure = self._without_name(text, phrases, area)
        if doubtful and not (named or unsure):
            return MatchResult(text, Decision.AMBIGUOUS, self._still_there(doubtful.values()))
        decision = Decision.MATCHED if named else Decision.AMBIGUOUS if unsure else Decision.NONE
        return MatchResult(text, decision, tuple(self._candidate(one) for one in named or unsure))

    def _without_name(self, text: str, phrases: Sequence[Mention], area: str) -> Verdict:
        """Whom a text means that says a postcode or a building and no name, or only one that is borne far away."""
        for verdict in (at_postcode(self.index, text, area), self._buildings.resolve(text, area)):
            if verdict != NOBODY:
                return verdict
        return without_name(self.index, text, phrases, area)

    def _still_there(self, equals: Iterable[MatchCandidate]) -> tuple[MatchCandidate, ...]:
        """Equals without a network that closed where others of its name went on: it became them."""
        listed = tuple(equals)
        known = {one.code: self.index.organisations[self.index.by_code[one.code or ""]] for one in listed}
        if not all(one.kind == "pcn" for one in known.values()):
            return listed
        return tuple(one for one in listed if known[one.code].status == "active") or listed

    def _alone(self, text: str, area: str) -> Scored | None:
        """A text that is exactly a name, which nobody else in the area bears or nearly bears, needs no further thought."""
        if not self.index.may_begin_name(text):
            return None
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
        return judge(self.index, mention, self.index.variants[own[0]], Context(area, _NOTHING_SAID, mention), {})

    def _resolved(self, text: str, phrases: Sequence[Mention], area: str) -> list[Resolved]:
        """Phrases with a type word speak first: what says no more than where they are, or their own name again, is nobody else."""
        around = Surroundings(self.index, text, phrases, area)
        order = sorted(range(len(phrases)), key=lambda number: not phrases[number].has_type)
        resolved: dict[int, Resolved] = {}
        there: set[str] = set()
        for number in order:
            mention = phrases[number]
            before = resolved.get(number - 1)
            if before and before[1] and around.says_where(before[0], mention, [one.number for one in before[1]]):
                continue
            context = around.context(number)
            if there.issuperset(mention.listed) and not self._is_typed_name(mention) and not context.leads_network:
                continue
            named, unsure = self._buildings.weighed(mention, context, self._resolver.resolve(mention, context))
            resolved[number] = (mention, named, unsure)
            for one in (*named, *unsure) if number != order[-1] else ():
                there |= self.index.places(one.number) | self.index.said_of(one.number)
        return [resolved[number] for number in sorted(resolved)]

    def _is_typed_name(self, mention: Mention) -> bool:
        return mention.has_type and mention.listed in self.index.full

    def _code(self, one: Scored) -> str:
        return self.index.organisations[one.number].code

    def _candidate(self, one: Scored) -> MatchCandidate:
        organisation = self.index.organisations[one.number]
        score = round(min(max(one.score, 0.0), 1.0), 3)
        return MatchCandidate(organisation.code, organisation.name, score, "; ".join(one.reasons))

    def _phrases(self, text: str, area: str) -> list[Mention]:
        """A part between punctuation that is a whole known name stands before whatever is found in it."""
        merged = self._merged(text, mentions(text), area)
        for chunk in (*chunks(text), *bracketed(text, self.index.is_of_a_name)):
            chunk = chunk._replace(listed=_as_network(chunk.listed)) if "network" in chunk.listed else chunk
            if chunk.listed not in self.index.full or not self._tells(chunk, area):
                continue
            inside = [one for one in merged if chunk.start <= one.start and one.end <= chunk.end]
            same = len(inside) == 1 and inside[0].listed == chunk.listed
            if not same and not any(one.start < chunk.end < one.end for one in merged):  # part of a longer name
                merged = [one for one in merged if one not in inside]
                merged.append(chunk._replace(role_led=any(one.role_led for one in inside)))
        shared = self._sharing(text, sorted(merged, key=lambda one: one.start), area)
        return [described(text, self._numbered(text, one, area)) for one in shared]

    def _tells(self, chunk: Mention, area: str) -> bool:
        """Whether a whole name is more than its type, or one that says it with a preposition, of one organisation in the area: "Partners in
        Health"."""
        if any(word not in TYPE_WORDS for word in chunk.listed):
            return True
        numbers = {self.index.variants[place].number for place in self.index.full[chunk.listed]}
        return " in " in chunk.raw.lower() and len(numbers) == 1 and numbers <= self.index.members(area)

    def _numbered(self, text: str, mention: Mention, area: str) -> Mention:
        """ "27 Beaumont St practice": the number belongs to a name where somebody, in the area, is called so."""
        number = _NUMBER.search(text[: mention.start]) if mention.is_numbered else None
        if not number:
            return mention
        end = len(mention.listed)
        while end and (
            end == len(mention.listed) or mention.listed[end] in self.index.place_words
        ):  # "42 Kingsway in Fenby"
            listed = (number[1].lower(), *mention.listed[:end])
            called = self.index.by_core.get(core(listed), ())
            if any(not area or self.index.is_in_area(one, area) for one in called):
                tail = (*mention.listed[end:], *mention.tail)
                return mention._replace(listed=listed, tail=tail, is_numbered=False)
            end -= 1
        return mention

    def _sharing(self, text: str, phrases: Sequence[Mention], area: str) -> list[Mention]:
        """ "Longfield / Blackwater Medical Centres": a name without a type shares the one of the next, which stands in the plural. "Ivelden
        MC + Eastwithy": a place beside a practice is the one practice of the area that is called nothing else."""
        shared: list[Mention] = []
        for number, mention in enumerate(phrases):
            before, following = phrases[number - 1 : number][-1:], phrases[number + 1 : number + 2]
            if following and not mention.has_type and _PLURAL.search(following[0].raw) and not following[0].is_foreign:
                types = tuple(word for word in following[0].listed if word in TYPE_WORDS)
                if types and _BETWEEN.fullmatch(text[mention.end : following[0].start]):
                    mention = mention._replace(listed=mention.listed + types)
            elif (
                (before and is_joined(text, before[0], mention))
                or (following and not mention.has_type and is_listed_with(text, mention, following[0]))
            ) and self._is_called_only(mention, area):
                mention = mention._replace(listed=(*mention.listed, "practice"))
            shared.append(mention)
        return shared

    def _is_called_only(self, mention: Mention, area: str) -> bool:
        """Whether the words of a phrase are all that one open practice of the area, and no other, is called by."""
        there = self.index.by_core.get(core(mention.listed), set()) & self.index.members(area) if area else set()
        known = [one for one in (self.index.organisations[number] for number in there) if one.kind == "practice"]
        if sum(one.status == "active" for one in known) != 1 or not mention.raw[:1].isupper():
            return False
        is_place = all(word in self.index.towns for word in mention.listed)
        return not is_place or len(self.index.at_place(mention.listed, area)) == 1

    def _merged(self, text: str, phrases: Sequence[Mention], area: str) -> list[Mention]:
        """Joins neighbouring phrases that together are a name ("MILLBROOK SURGERY, CASTLE CARY")."""
        merged: list[Mention] = []
        for mention in phrases:
            if mention.tail and mention.listed + mention.tail in self.index.full:
                merged.append(mention._replace(listed=mention.listed + mention.tail, tail=()))
                continue
            if merged:
                before = merged[-1]
                turned = mention.listed + before.listed  # "Health Centre, Witham"
                if (
                    not mention.has_type
                    and all(word in TYPE_WORDS for word in before.listed)
                    and turned in self.index.full
                    and not _ANY_WORD.search(text[before.end : mention.start])  # "practice nurse, Kingsway" is not
                ):
                    merged[-1] = mention._replace(listed=turned, start=before.start, raw=f"{mention.raw} {before.raw}")
                    continue
                both = _as_network(before.listed + before.tail + mention.listed + mention.tail)
                called, where = self._without_place(both, len(before.listed + before.tail) + 1)
                if called in self.index.full and (len(called) > 2 or self._is_borne_in(called, area)):
                    raw = f"{before.raw}, {mention.raw}"
                    merged[-1] = before._replace(listed=called, tail=where, end=mention.end, raw=raw)
                    continue
            merged.append(mention)
        return merged

    def _without_place(self, listed: tuple[str, ...], least: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """A name, and what stands behind it of towns: "Speke HC - Dr Thakur in Liverpool"."""
        end = len(listed)
        while end > least and listed[:end] not in self.index.full and listed[end - 1] in self.index.place_words:
            end -= 1
        return (listed[:end], listed[end:]) if listed[:end] in self.index.full else (listed, ())

    def _is_borne_in(self, listed: tuple[str, ...], area: str) -> bool:
        """Whether somebody of the area bears or bore a name of two words: "Bousfield - Roberts"."""
        borne = (self.index.variants[place] for place in self.index.full[listed])
        return any(one.kind in (CURRENT, FORMER) and one.number in self.index.members(area) for one in borne)


def _as_network(listed: tuple[str, ...]) -> tuple[str, ...]:
    """ "Balsley, Sparkley and Mosely network" is what the reference data calls a PCN."""
    return (*listed[:-1], "pcn") if listed[-1] == "network" else listed


def _initials(raw: str) -> str:
    return "".join(word[0] for word in raw.split() if word[0].isupper())
