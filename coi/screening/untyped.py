"""Phrases that do not say what they are ("partner at Mill Lane"): whom they name all the same. Equals are never guessed between."""

import re
from collections.abc import Sequence

from coi.screening.candidates import Candidates
from coi.screening.indexing import CURRENT, FORMER
from coi.screening.matching_vocabulary import ReferenceOrganisation
from coi.screening.names import WAYS, core, name_words
from coi.screening.placing import Context
from coi.screening.scoring import MARGIN, NOBODY, Scored, Verdict, best_of
from coi.screening.segments import Mention

JOINED = re.compile(r"\s+(?:and|&|\+)\s+|\s*/\s*|,\s+", re.IGNORECASE)
_OWN = 0.85  # of the greatest weight: a word that hardly anybody else is called by
_RARE = 6.0  # the weight of a word that few names hold
_PALE = {"family", "primary", "care", "wellbeing"}  # words of a name that say hardly more than its type


class Untyped:
    """Decides about phrases without a type word."""

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self.index = candidates.index

    def resolve(self, mention: Mention, telling: Sequence[str], context: Context) -> Verdict:
        """Returns whom a phrase without a type word names, and whom it may mean. It names somebody only as an acronym, or when it is all
        of a telling name nearby, and something says that an organisation is meant: a role before it, or that it is all there is."""
        by_acronym = self.candidates.by_acronym(mention, context)
        if by_acronym:
            return (by_acronym, []) if len(by_acronym) == 1 else ([], by_acronym)
        if context.leads_network and (network := self._network(mention, context)):
            return [network], []
        led = (mention.role_led or mention.is_whole or context.rest_is_place) and not context.hints.is_dwelling
        if mention.is_numbered and WAYS.intersection(telling):
            return NOBODY  # an address
        named = [word for word in telling if word.isalpha()]
        figures = any(len(word) > 1 for word in {*telling} - {*named}) and tuple(telling) not in self.index.by_core
        if figures:
            return NOBODY
        if self._is_nothing_but_a_place(telling, named, context, led=led):
            return (self._both(mention, context), []) if led and len(telling) > 1 else NOBODY
        is_address = telling[0][:1].isdigit() and bool(
            WAYS.intersection(telling)
        )  # and a name too: "28 Beaumont Street"
        if is_address and not (mention.is_whole or context.rest_is_place or context.hints.says_work):
            return NOBODY
        is_small = mention.raw.islower() and not (led and (context.whispered or is_address))
        if (WAYS.intersection(telling) and not led) or is_small:
            return NOBODY  # a street, as a rule
        is_common = max(self.index.weight(word) for word in telling) < _RARE
        if is_common and not (led and (len(telling) > 1 or context.of_practice)):
            return NOBODY
        if both := self._both(mention, context):
            return both, []
        full = self._bearing(mention, telling, context, led=led)
        if not full and led and context.area and len("".join(telling)) > 8:
            slips = self.candidates.likenesses(telling, context)
            exact = self.candidates.scored(mention, telling, context, {})
            scored = best_of([*exact, *self.candidates.scored(mention, telling, context, slips)])
            full = [one for one in scored if one.in_area and one.fit > 0.93 and one.is_name and not one.contradicted]
        equals = [one for one in full if full[0].score - one.score < MARGIN]
        in_order = [one for one in equals if self._is_called(one, tuple(telling))]
        equals = in_order if len(in_order) == 1 else equals  # Park Grange is not Grange Park
        if len(equals) == 1:
            equals += self._others_there(equals[0], tuple(telling), context) or self._still_open(
                equals[0], tuple(telling), context
            )
        return (equals, []) if len(equals) == 1 else ([], equals)

    def _is_nothing_but_a_place(
        self, telling: Sequence[str], named: Sequence[str], context: Context, *, led: bool
    ) -> bool:
        """Whether the words of a phrase are places alone, of which nobody is meant by a role: "GP at Longfield", where that is no place
        of the register's area, means its practice; "GP in Longfield" nobody."""
        is_town = self.index.is_long_town(tuple(telling))  # "Bury St Edmunds" is not its network
        if not is_town and not all(word in self.index.place_words for word in named):
            return False
        return not (led and context.of_practice and self._is_called_only(telling, context))

    def _is_called_only(self, telling: Sequence[str], context: Context) -> bool:
        there = self.index.by_core.get(tuple(telling), set()) & self.index.members(context.area) if context.area else ()
        known = [one for one in (self.index.organisations[number] for number in there) if one.kind == "practice"]
        return len(known) == 1 and len(self.index.at_place(tuple(telling), context.area)) <= 1

    def _others_there(self, one: Scored, telling: tuple[str, ...], context: Context) -> list[Scored]:
        """ "GP, Lindley": where a place has several practices that are called after it, none of them is meant by the place alone."""
        if not context.area or self.index.organisations[one.number].kind != "practice":
            return []
        there = self.index.at_place(telling, context.area) if len(telling) == 1 else []
        others = (self.index.organisations[number] for number in there if number != one.number)
        called = [each for each in others if each.status == "active" and telling[0] in name_words(each.name)]
        numbers = {self.index.by_code[each.code] for each in called} if one.number in there else set()
        numbers |= self._houses(one, telling, context)
        reasons = (f"called after {' '.join(telling).title()} too",)
        return [one._replace(number=number, reasons=reasons) for number in sorted(numbers)]

    def _houses(self, one: Scored, telling: tuple[str, ...], context: Context) -> set[int]:
        """ "McKenzie" may be McKenzie House Surgery as well as McKenzie Group Practice, where both are in one town, or nothing says in
        which town whoever is meant is; McKenzie Road Surgery only where both are in one town."""
        borne = (self.index.variants[place] for place in self.index.postings.get(telling[-1], ()))
        near, town = self.index.members(context.area), self.index.town_words(one.number)
        return {
            each.number
            for each in borne
            if each.number != one.number and each.number in near and each.kind == CURRENT
            and each.core[:-1] == telling and each.core[-1] in WAYS
            and self.index.organisations[each.number].status == "active"
            and (self.index.town_words(each.number) == town or (context.names_no_place and each.core[-1] == "house"))
        }  # fmt: skip

    def _still_open(self, one: Scored, telling: tuple[str, ...], context: Context) -> list[Scored]:
        """ "GP, Oakwood", where Oakwood Surgery closed and Oakwood Lane Surgery did not: whoever says so in few words may mean either."""
        if self.index.organisations[one.number].status == "active" or context.hints.says_closed or not context.area:
            return []
        there = self.index.members(context.area)
        begun = (self.index.variants[place] for place in self.index.postings.get(telling[0], ()))
        others = {each.number for each in begun if each.kind == CURRENT and each.core[: len(telling)] == telling}
        held = ((number, self.index.organisations[number]) for number in sorted(others & there - {one.number}))
        reasons = ("a name that begins so, of one that is open",)
        return [one._replace(number=n, reasons=reasons) for n, each in held if _is_open_practice(each)]

    def _network(self, mention: Mention, context: Context) -> Scored | None:
        """ "Clinical director, Chelmer": the network of the area that is called so, not the practice."""
        called = mention._replace(listed=(*mention.listed, "pcn"))
        near = [one for one in self.candidates.whole_names(called, context) if one.in_area]
        return near[0] if len(near) == 1 else None

    def _both(self, mention: Mention, context: Context) -> list[Scored]:
        """ "Highwoods & Bluebell": each of the names is all that one open practice of the area, and no other, is called by."""
        pieces = [piece for piece in JOINED.split(mention.raw) if piece]
        if not 1 < len(pieces) < 4 or not context.area:
            return []
        if self.index.by_core.get(core(mention.listed), set()) & self.index.members(context.area):
            return []  # "Alder, Fenby" of a practice that is called both
        found: dict[int, Scored] = {}
        for piece in pieces:
            telling = core(name_words(piece))
            there = self.index.by_core.get(telling, set()) & self.index.members(context.area) if telling else set()
            there = {number for number in there if self.index.organisations[number].status == "active"}
            if len(there) != 1 or not piece[:1].isupper():
                return []
            if self._is_nothing_but_a_place(telling, telling, context, led=mention.role_led):
                return []
            (number,) = there
            found[number] = Scored(number, 0.95, 1.0, ("all of the name", f"in the area {context.area}"), True, False)
        return list(found.values())

    def _bearing(self, mention: Mention, telling: Sequence[str], context: Context, *, led: bool) -> list[Scored]:
        scored = self.candidates.scored(mention, telling, context, {})
        near = [one for one in scored if one.is_near or (led and not context.area)]
        if context.town_beside:  # "Alrewas, Leeds", in Staffordshire
            near = [one for one in near if not one.contradicted]
        if led and (trusts := [one for one in near if self._is_trust_of(one, telling, context)]):
            return trusts
        full = [one for one in near if one.fit > 0.97 and self._bears(one, telling) and (led or len(telling) > 1)]
        return full or [one for one in near if led and one.in_area and self._bears_but_for_type(one, telling)]

    def _is_trust_of(self, one: Scored, telling: Sequence[str], context: Context) -> bool:
        """ "Doctor at the James Paget": a trust is meant by what alone it is called, or its hospital, and not by a place."""
        if self.index.organisations[one.number].kind != "trust" or one.said < 0.97 or len("".join(telling)) < 7:
            return False
        if context.hints.of_hospital and one.at_place and self._is_begun_by(one, telling):
            return True  # "consultant at St George's, Tooting"
        return one.fit > 0.8 and max(map(self.index.weight, telling)) >= self.index.unknown_weight * _OWN

    def _bears_but_for_type(self, one: Scored, telling: Sequence[str]) -> bool:
        """ "Cam & Uley" of the Cam & Uley Family Practice; a word alone only where hardly anybody else is called by it."""
        is_rare = len(telling) > 1 or self.index.weight(telling[0]) >= self.index.unknown_weight * _OWN
        names = self.index.names_borne(one.number) if is_rare else ()
        return any(set(each.core) - _PALE == set(telling) and each.kind in (CURRENT, FORMER) for each in names)

    def _is_called(self, one: Scored, telling: tuple[str, ...]) -> bool:
        return any(each.core == telling for each in self.index.names_borne(one.number))

    def _is_begun_by(self, one: Scored, telling: Sequence[str]) -> bool:
        names = self.index.names_borne(one.number)
        return any(each.core[: len(telling)] == tuple(telling) for each in names)

    def _bears(self, one: Scored, telling: Sequence[str]) -> bool:
        """Whether all the telling words stand in one of its own names; a trust is not meant by a place alone."""
        organisation = self.index.organisations[one.number]
        names = (organisation.name, *organisation.former_names)
        return organisation.kind != "trust" and any(set(telling) <= set(name_words(name)) for name in names)


def _is_open_practice(one: ReferenceOrganisation) -> bool:
    return one.kind == "practice" and one.status == "active"
