"""One phrase → whom it names, or who are equals: the decisions of the matcher, on candidates that somebody else looked up."""

import re
from collections.abc import Sequence

from coi.screening.candidates import Candidates
from coi.screening.companies import is_of_profession
from coi.screening.deciding import Decider
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
from coi.screening.only_places import OnlyPlaces
from coi.screening.otherwise import Otherwise, after_link, without_primary_care
from coi.screening.placing import Context
from coi.screening.scoring import ENOUGH, NOBODY, Scored, Verdict, best_of
from coi.screening.segments import PLACES_TOO, Mention, mentions
from coi.screening.untyped import JOINED, Untyped

_NOTHING_OWN = frozenset(("primary", "care"))  # "PCC member" is nobody's
_HOUSES = {"surgery", "practice", "centre"}
_SEVERAL = re.compile(r"(?:surgeries|practices|cent(?:re|er)s)\s", re.IGNORECASE)
_RUN_ON = re.compile(r"(?i:(?<=surgery)|(?<=practice)|(?<=centre)|(?<=clinic))\s+(?=\w)")
_CLOSED = re.compile(r"(?:surgery|practice|centre|clinic)$", re.IGNORECASE)
_MOST_PIECES = 20
_SHORT = 3  # words of a phrase that is an acronym and a type: fewer
_OF_ACRONYMS = frozenset(("trust", "nhs", "hospital", "hospitals"))


class Resolver:
    """Decides about phrases. Equals are never guessed between."""

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self.index = candidates.index
        self._otherwise = Otherwise(candidates.index)
        self._initials = Initials(candidates, self._otherwise)
        self._untyped = Untyped(candidates)
        self._only_places = OnlyPlaces(candidates)
        self._decider = Decider(candidates.index)

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
            is_of_several = bool(unsure) or self._is_borne_elsewhere(mention, named)
            if is_of_several and COMPANY_WORDS.intersection(mention.listed):
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
        named, unsure = self._only_places.weighed(mention, telling, context, (named, unsure))
        if not any(one.is_near and one.fit > 0.96 for one in named):
            halves = self._halves(mention, context)
            if len(halves) > 1 or (halves and not any(one.is_near for one in named)):
                return halves, []
        if not named and (inner := after_link(mention)):
            closer = self._typed(inner, [word for word in inner.listed if word not in TYPE_WORDS], context)
            if closer[0]:
                return closer
        if not named and len(telling) < _SHORT and _OF_ACRONYMS.intersection(mention.listed):
            named = self.candidates.by_acronym(mention, context)  # "NUH NHS Trust", "RD&E Hospital"
            named, unsure = (named, []) if len(named) == 1 else ([], [*named, *unsure])
        if named or unsure:
            return named, unsure
        if hospitals := self.candidates.by_hospital(mention, context):
            return (hospitals, []) if len(hospitals) == 1 and hospitals[0].is_near else ([], hospitals)
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

    def _typed(self, mention: Mention, telling: Sequence[str], context: Context) -> Verdict:
        """A name elsewhere, however exact, is weighed against a slip of a name in the register's own area."""
        if at_home := self.candidates.at_home(mention, context):
            return [at_home], []
        scored = self.candidates.scored(mention, telling, context, {})
        named, unsure = self._decider.decided(mention, scored, context)
        if named and (not context.area or any(one.is_near for one in named)):
            return named, unsure
        slips = self.candidates.likenesses(telling, context)
        return self._decider.decided(
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

    def _is_borne_elsewhere(self, mention: Mention, named: Sequence[Scored]) -> bool:
        """Whether whoever is named is not near, and not the only one that is or was called so."""
        borne = {self.index.numbers[place] for place in self.index.full.get(mention.listed, ())}
        return len(borne) > 1 and not any(one.is_near for one in named)

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
        return self._decider.decided(mention, near, context) if near else NOBODY


def _is_a_way(mention: Mention, context: Context) -> bool:
    """ "A flat in Surgery Lane", "near Hospital Road"; "partner, Doctor Lane" may be somebody."""
    *before, last = mention.listed
    if last not in WAYS or not before or not all(word in TYPE_WORDS for word in before):
        return False
    return context.hints.is_dwelling or not (mention.role_led or mention.is_whole)
