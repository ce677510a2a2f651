"""Phrases with initials, read in full: "MK Village Surgery", "The Key MP", "partner at CMK". Equals are never guessed between. Pure."""

from coi.screening.candidates import Candidates
from coi.screening.companies import is_of_profession
from coi.screening.names import TYPE_WORDS, core
from coi.screening.otherwise import Otherwise
from coi.screening.placing import Context
from coi.screening.scoring import ENOUGH, NOBODY, Scored, Verdict
from coi.screening.segments import Mention

Found = dict[int, Scored]  # by number


class Initials:
    """Knows who of an area is called so once the initials of a phrase are written out."""

    def __init__(self, candidates: Candidates, otherwise: Otherwise) -> None:
        self.candidates = candidates
        self.index = candidates.index
        self._otherwise = otherwise

    def resolve(self, mention: Mention, context: Context) -> Verdict:
        """Returns whom a phrase names whose one reading in full is a whole name of the area, else those whom it may mean."""
        if is_of_profession(mention):
            return NOBODY
        typed = self._otherwise.with_type(mention)
        if typed:
            found = self._typed(mention, typed, context)
            return (list(found.values()), []) if len(found) == 1 else ([], list(found.values()))
        if not (mention.has_type or mention.role_led or mention.is_whole):
            return NOBODY
        found = {}
        for each in self._otherwise.spelled_out(mention, context.area):
            found |= self._whole(each, context)
        if mention.is_whole or (mention.role_led and context.of_practice):
            for number in self._otherwise.called_for_short(mention, context.area):
                reasons = (f"acronym {mention.raw}", f"in the area {context.area}")
                found.setdefault(number, Scored(number, 0.95, 1.0, reasons, True, False))
        return (list(found.values()), []) if len(found) == 1 else ([], list(found.values()))

    def _typed(self, mention: Mention, typed: Mention, context: Context) -> Found:
        """ "The Key MP" is The Key Medical Practice; "researcher to Fenby MP" works for the member of a town."""
        is_place = self.index.place_words.issuperset(core(typed.listed))
        if context.of_other_body or (is_place and not context.of_practice and not mention.is_whole):
            return {}
        found = self._whole(typed, context)
        exact = {one.number for one in self.candidates.whole_names(typed, context)} & found.keys()
        return {number: one for number, one in found.items() if number in exact} if len(exact) == 1 else found

    def _whole(self, mention: Mention, context: Context) -> Found:
        """Whoever of the area bears the whole of a name whose initials are written out."""
        telling = [word for word in mention.listed if word not in TYPE_WORDS]
        found: Found = {}
        for one in self.candidates.scored(mention, telling, context, {}) if telling else ():
            if one.in_area and one.is_whole and one.is_name and one.score >= ENOUGH and not one.contradicted:
                reasons = (f"{one.reasons[0]}, its initials written out", *one.reasons[1:])
                found[one.number] = one._replace(reasons=reasons)
        return found
