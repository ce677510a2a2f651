"""One phrase → whom it names, or who are equals: the decisions of the matcher, on candidates that somebody else looked up."""

import re
from collections.abc import Sequence

from coi.screening.candidates import Candidates
from coi.screening.companies import is_of_profession
from coi.screening.in_full import Initials
from coi.screening.names import (
    COMPANY_WORDS,
    FOREIGN_WORDS,
    NETWORK_WORDS,
    TRUST_WORDS,
    TYPE_WORDS,
    WAYS,
    name_words,
)
from coi.screening.otherwise import Otherwise, after_link, without_primary_care
from coi.screening.placing import Context
from coi.screening.scoring import ENOUGH, MARGIN, NOBODY, Scored, Verdict, best_of
from coi.screening.segments import PLACES_TOO, Mention, mentions
from coi.screening.untyped import JOINED, Untyped

_OF_TRUSTS = ("nhs", "foundation", "trust")
_NOTHING_OWN = frozenset(("primary", "care"))  # "PCC member" is nobody's
_HOUSES = {"surgery", "practice", "centre"}
_SEVERAL = re.compile(r"(?:surgeries|practices|cent(?:re|er)s)\s", re.IGNORECASE)
_RUN_ON = re.compile(r"(?i:(?<=surgery)|(?<=practice)|(?<=centre)|(?<=clinic))\s+(?=\w)")
_CLOSED = re.compile(r"(?:surgery|practice|centre|clinic)$", re.IGNORECASE)
_MOST_PIECES = 20
_MOST = 0.9  # of a name and a phrase


class Resolver:
    """Decides about phrases. Equals are never guessed between."""

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self.index = candidates.index
        self._otherwise = Otherwise(candidates.index)
        self._initials = Initials(candidates, self._otherwise)
        self._untyped = Untyped(candidates)

    def resolve(self, mention: Mention, context: Context) -> Verdict:
        """Returns the organisations that a phrase names, and, where it names none for certain, those it may mean."""
        if numbered := self._otherwise.numbered(mention):
            mention = numbered
        named, unsure = self._as_said(mention, context)
        if not (named or unsure or not context.area or mention.is_foreign):
            named, unsure = self._initials.resolve(mention, context)
        if (named or unsure) and context.of_other_body:
            return self._without_practices(named), self._without_practices(unsure)
        return named, unsure

    def _without_practices(self, found: list[Scored]) -> list[Scored]:
        """ "Churchwarden, St Saviour's": a church, not the practice that is called after it; a trust has governors."""
        return [one for one in found if self.index.organisations[one.number].kind in ("trust", "commissioner")]

    def _as_said(self, mention: Mention, context: Context) -> Verdict:
        if is_of_profession(mention) or _is_a_way(mention, context):
            return NOBODY
        if trust := self._otherwise.trust(mention, context.hints):
            return self._exactly(trust, context)
        telling = [word for word in mention.listed if word not in TYPE_WORDS]
        if mention.is_foreign:
            named, unsure = self._foreign(mention, telling, context)
            if not named and not mention.has_type and mention.listed[-1] in PLACES_TOO and len(telling) > 1:
                return self._untyped.resolve(mention, telling, context)  # "Primrose Bank"
            if unsure and COMPANY_WORDS.intersection(mention.listed):
                return NOBODY  # codes of a company's several places: it is meant, and not one of them
            return named, unsure
        if not telling:
            return self._generic(mention, context)
        if _NOTHING_OWN.issuperset(telling):
            named, unsure = self._generic(mention, context)
            return [one for one in named if one.is_near], [one for one in unsure if one.is_near]
        if mention.said_a and (
            (mention.raw.islower() and not context.whispered) or all(word in self.index.place_words for word in telling)
        ):
            return NOBODY  # "a local practice"
        if not mention.has_type:
            return self._untyped.resolve(mention, telling, context)
        named, unsure = self._typed(mention, telling, context)
        if mention.is_person and named:
            return self._among_namesakes(telling, named, context)
        if named and self._is_only_a_place(
            mention, telling, context.area
        ):  # a town does not tell which of its practices is meant
            named, unsure = (
                [one for one in named if one.fit > 0.95 and self._is_called(one, mention)],
                [*(one for one in named if one.fit <= 0.95 or not self._is_called(one, mention)), *unsure],
            )
        if not any(one.is_near and one.fit > 0.96 for one in named):
            halves = self._halves(mention, context)
            if len(halves) > 1 or (halves and not any(one.is_near for one in named)):
                return halves, []
        if not named and (inner := after_link(mention)):
            closer = self._typed(inner, [word for word in inner.listed if word not in TYPE_WORDS], context)
            if closer[0]:
                return closer
        if not named and len(telling) == 1 and {"trust", "nhs"}.intersection(mention.listed):
            named = self.candidates.by_acronym(mention, context)  # "NUH NHS Trust"
            named, unsure = (named, []) if len(named) == 1 else ([], [*named, *unsure])
        if named or unsure:
            return named, unsure
        if NETWORK_WORDS.intersection(mention.listed):
            return [], self._practice_and_networks(mention, context)
        if plainer := without_primary_care(mention):
            return self._as_said(plainer, context)
        there = [] if mention.is_person else self.candidates.by_place(mention, telling, context)
        return (there, []) if len(there) == 1 else ([], there)

    def _practice_and_networks(self, mention: Mention, context: Context) -> list[Scored]:
        """ "Clinical director of Mill Lane Surgery PCN", where no network is called so: the practice, and the networks that it is in."""
        called = mention._replace(listed=tuple(word for word in mention.listed if word not in NETWORK_WORDS))
        found = self.candidates.whole_names(called, context) if len(called.listed) > 1 else []
        practices = [one for one in found if one.in_area and not one.contradicted]
        if len(practices) != 1:
            return []
        practice = practices[0]
        own = self.index.organisations[practice.number]
        held = (self.index.by_code.get(one.code) for one in own.pcns)
        reasons = (f"the network that {own.name} is or was in", *practice.reasons[1:])
        networks = [practice._replace(number=number, reasons=reasons) for number in held if number is not None]
        return [
            practice._replace(reasons=("the practice, not the network, of this name", *practice.reasons[1:])),
            *networks,
        ]

    def _among_namesakes(self, telling: Sequence[str], named: list[Scored], context: Context) -> Verdict:
        """ "Dr Patel" is no practice for certain where several of the area are called after a doctor of that name."""
        there = self.index.members(context.area) if context.area else frozenset()
        borne = (self.index.variants[place] for place in self.index.postings.get(telling[-1], ()))
        called = {one.number for one in borne if one.number in there and "doctor" in one.listed}
        if len(called | {one.number for one in named}) == 1 or len(telling) > 1:
            return named, []
        first, reason = named[0], f"called after a Dr {telling[-1].title()}"
        return [], [
            first,
            *(first._replace(number=each, reasons=(reason,)) for each in sorted(called - {first.number})),
        ]

    def _is_only_a_place(self, mention: Mention, telling: Sequence[str], area: str) -> bool:
        if TRUST_WORDS.intersection(mention.listed) or not all(word in self.index.towns for word in telling):
            return False
        if NETWORK_WORDS.intersection(
            mention.listed
        ):  # "Norwich network": a town has one network of its name, or several with more words
            return False
        return len(self.index.at_place(tuple(telling), area)) > 1

    def _is_called(self, one: Scored, mention: Mention) -> bool:
        """Whether a town with a type is written as a name ("Witham Surgery"), or is the whole of one. "Witham surgery" is any of Witham."""
        whole = {self.index.variants[place].number for place in self.index.full.get(mention.listed, ())}
        return one.number in whole or not (mention.raw[:1].isupper() and mention.raw.split()[-1].islower())

    def _typed(self, mention: Mention, telling: Sequence[str], context: Context) -> Verdict:
        """A name elsewhere, however exact, is weighed against a slip of a name in the register's own area."""
        if at_home := self.candidates.at_home(mention, context):
            return [at_home], []
        scored = self.candidates.scored(mention, telling, context, {})
        named, unsure = self._decided(mention, scored, context)
        if named and (not context.area or any(one.is_near for one in named)):
            return named, unsure
        slips = self.candidates.likenesses(telling, context)
        return self._decided(
            mention, best_of([*scored, *self.candidates.scored(mention, telling, context, slips)]), context
        )

    def _halves(self, mention: Mention, context: Context) -> list[Scored]:
        """ "Fern House and Collingwood Road surgeries", "Yorkley & Bream Practice" of one that was called Yorkley: the parts share the
        type word; "Fern House Surgery Collingwood Road Surgery" are two. Only names that are whole and near count."""
        pieces = [piece for piece in JOINED.split(mention.raw) if piece]
        if len(pieces) == 1:
            pieces = [piece for piece in _RUN_ON.split(mention.raw) if _CLOSED.search(piece)]
        if not 1 < len(pieces) < _MOST_PIECES or TRUST_WORDS.intersection(mention.listed):
            return []
        shared = " ".join(word for word in mention.listed if word in TYPE_WORDS)
        found: dict[int, Scored] = {}
        for piece in pieces:
            typed = piece if TYPE_WORDS.intersection(name_words(piece)) else f"{piece} {shared}"
            for part in mentions(typed)[:1]:
                telling = [word for word in part.listed if word not in TYPE_WORDS]
                if not telling or part.is_foreign or len(part.raw) >= len(mention.raw):
                    continue
                named, _ = self._typed(part, telling, context)
                found |= {one.number: one for one in named if one.is_near and one.fit > 0.95}
        return list(found.values())

    def _decided(self, mention: Mention, scored: Sequence[Scored], context: Context) -> Verdict:
        """Elsewhere than in the register's area only a full and lonely name counts."""
        enough = [one for one in scored if one.score >= ENOUGH and (one.fit >= 0.8 or one.at_place) and _is_like(one)]
        if not any(one.is_near for one in enough):
            partial = self._begun(mention, _partly(scored))
            alone = partial and (len(partial) == 1 or partial[0].score - partial[1].score > MARGIN * 2)
            if not enough or (context.area and not alone and self._are_networks(partial)):
                return (partial[:1], []) if alone else ([], partial)
            if alone and context.area:  # near, but only part of the name; elsewhere, the whole of it
                equals_there = len(self._equals(enough, context)) > 1
                is_meant = self._are_networks(partial) or equals_there
                return (partial[:1], []) if is_meant else ([], [partial[0], enough[0]])
        equals = self._begun(mention, self._equals(enough, context))
        top = enough[0]
        if context.area and not top.is_near and (top.fit < 0.93 or top.slipped or not context.is_typed):
            return [], equals
        return (equals, []) if len(equals) == 1 else ([], equals)

    def _are_networks(self, nearby: Sequence[Scored]) -> bool:
        """Whoever is in a network is in one nearby."""
        return bool(nearby) and all(self.index.organisations[one.number].kind == "pcn" for one in nearby)

    def _begun(self, mention: Mention, equals: list[Scored]) -> list[Scored]:
        """Of equals among which is a trust, the one whose name begins as the phrase does, word for word: "Dorset Healthcare"."""
        if len(equals) < 2 or not any(self.index.organisations[one.number].kind == "trust" for one in equals):
            return equals
        begun = [one for one in equals if self._begins(one, mention)]
        return begun if len(begun) == 1 else equals

    def _begins(self, one: Scored, mention: Mention) -> bool:
        said = [word for word in mention.listed if word not in _OF_TRUSTS]
        named = [word for word in name_words(self.index.organisations[one.number].name) if word not in _OF_TRUSTS]
        return len(said) > 1 and named[: len(said)] == said

    def _equals(self, enough: Sequence[Scored], context: Context) -> list[Scored]:
        top = enough[0]
        if context.area and not top.is_near:  # which of them is open says nothing about which is meant
            return [one for one in enough if top.fit - one.fit < MARGIN and top.score - one.score < 0.1]
        equals = [one for one in enough if top.score - one.score < MARGIN]
        whole = [one for one in equals if one.is_whole and one.is_near]
        if len(whole) == 1:
            return whole  # New Addington is not Addington
        still = [one for one in equals if self.index.organisations[one.number].status == "active"]
        is_now = len(still) == 1 and len(whole) == len(equals) and not context.hints.is_past
        return still if is_now and still[0].is_name else equals  # nobody works at a practice that closed

    def _foreign(self, mention: Mention, telling: Sequence[str], context: Context) -> Verdict:
        """A name that ends as a company's does: one that bears it, a town behind it aside; else a practice that is one ("Stock Surgery
        Ltd")."""
        named, unsure = self._exactly(mention, context)
        if all(word in FOREIGN_WORDS or word in TYPE_WORDS for word in mention.listed):  # "The Pharmacy"
            whole = mention.said_the or mention.is_whole or len(mention.listed) > 1
            return [one for one in named if one.in_area and whole], [one for one in unsure if one.in_area and whole]
        verdict = named, unsure
        last = max((place for place, word in enumerate(mention.listed) if word in COMPANY_WORDS), default=0)
        if verdict != NOBODY or last < 2:
            return verdict
        if all(word in self.index.place_words for word in mention.listed[last + 1 :]):
            verdict = self._exactly(mention._replace(listed=mention.listed[: last + 1]), context)
        if verdict == NOBODY and mention.listed[last - 1] in _HOUSES and not _SEVERAL.search(mention.raw):
            named, _ = self._typed(mention._replace(listed=mention.listed[:last]), telling, context)
            return [one for one in named if one.in_area and one.fit > 0.93], []
        return verdict

    def _exactly(self, mention: Mention, context: Context) -> Verdict:
        scored = [one for one in self.candidates.whole_names(mention, context) if one.score >= ENOUGH]
        return (scored, []) if len(scored) == 1 else ([], scored)

    def _generic(self, mention: Mention, context: Context) -> Verdict:
        """ "The Surgery": a name only where it is written as one."""
        written = mention.raw[:1].isupper() and (mention.said_the or mention.is_whole or len(mention.listed) > 1)
        if not written or mention.listed in (("practice",), ("nhs",)):
            return NOBODY
        scored = self.candidates.whole_names(mention, context)
        near = [one for one in scored if one.is_near] or scored
        return self._decided(mention, near, context) if near else NOBODY


def _is_a_way(mention: Mention, context: Context) -> bool:
    """ "A flat in Surgery Lane", "near Hospital Road"; "partner, Doctor Lane" may be somebody."""
    *before, last = mention.listed
    if last not in WAYS or not before or not all(word in TYPE_WORDS for word in before):
        return False
    return context.hints.is_dwelling or not (mention.role_led or mention.is_whole)


def _is_like(one: Scored) -> bool:
    """A slip of the pen in half of a name is no name of a place elsewhere: "Shires Healthcare, Truro" is not Three Spires there."""
    return one.in_area or not one.slipped or one.fit >= _MOST


def _partly(scored: Sequence[Scored]) -> list[Scored]:
    """Those nearby whose longer name holds all that the phrase says."""
    return [
        one
        for one in scored
        if one.score >= ENOUGH - 0.1 and one.said > 0.93 and not one.contradicted and one.is_near and _is_like(one)
    ]
