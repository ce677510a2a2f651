"""Whoever a phrase may mean, scored → whom it names, or who are equals. Equals are never guessed between. Pure."""

from collections.abc import Sequence

from coi.screening.index import NameIndex
from coi.screening.indexing import CURRENT, FORMER
from coi.screening.names import core, name_words
from coi.screening.placing import Context
from coi.screening.scoring import ENOUGH, MARGIN, Scored, Verdict
from coi.screening.segments import Mention
from coi.screening.whereabouts import LOCAL

_OF_TRUSTS = ("nhs", "foundation", "trust")
_MOST = 0.9  # of a name and a phrase


class Decider:
    """Decides by scores, and by what speaks for one of those that are as good as equal."""

    def __init__(self, index: NameIndex) -> None:
        self.index = index

    def decided(self, mention: Mention, scored: Sequence[Scored], context: Context) -> Verdict:
        """Elsewhere than in the register's area only a full and lonely name counts."""
        enough = [one for one in scored if one.score >= ENOUGH and (one.fit >= 0.8 or one.at_place) and _is_like(one)]
        if not any(one.is_near for one in enough):
            partial = self._begun(mention, _partly(scored))
            alone = partial and (len(partial) == 1 or partial[0].score - partial[1].score > MARGIN * 2)
            alone = alone and len(self._numbered_alike(partial[:1], scored, mention)) == 1
            if not enough or (context.area and not alone and self._are_networks(partial)):
                return (partial[:1], []) if alone else ([], partial)
            if alone and context.area:  # near, but only part of the name; elsewhere, the whole of it
                equals_there = len(self._equals(enough, context)) > 1
                is_meant = self._are_networks(partial) or equals_there
                return (partial[:1], []) if is_meant else ([], [partial[0], enough[0]])
        equals = self._numbered_alike(self._begun(mention, self._equals(enough, context)), scored, mention)
        top = enough[0]
        weak = (
            top.fit < 0.93
            or top.slipped
            or top.contradicted
            or not context.is_typed
            or self._is_borne_by_others(top, mention)
        )
        if context.area and not top.is_near and weak:
            return [], equals
        return (equals, []) if len(equals) == 1 else ([], equals)

    def _is_borne_by_others(self, one: Scored, mention: Mention) -> bool:
        """Whether words that are no more than a hospital of a trust, or a part of what a service is called, are others' too: "Victoria
        Hospital", "Memory Clinic"."""
        telling = core(mention.listed)
        borne = (each for each in self.index.names_borne(one.number) if each.kind in (CURRENT, FORMER))
        kind = self.index.organisations[one.number].kind
        if kind in LOCAL or any(each.core == telling for each in borne):
            return False
        others = self.index.by_core.get(telling, set()) - {one.number}
        return kind == "prescribing" or any(self.index.organisations[each].status == "active" for each in others)

    def _are_networks(self, nearby: Sequence[Scored]) -> bool:
        """Whoever is in a network is in one nearby."""
        return bool(nearby) and all(self.index.organisations[one.number].kind == "pcn" for one in nearby)

    def _begun(self, mention: Mention, equals: list[Scored]) -> list[Scored]:
        """Of equals that are numbered, the one with the number of the phrase: "Mill Vale PCN 3"; of those among which is a trust, the one
        whose name begins as the phrase does, word for word: "Dorset Healthcare"."""
        said = [word for word in (*mention.listed, *mention.tail[:1]) if word.isdigit()] if len(equals) > 1 else []
        numbered = [one for one in equals if said and said[-1] in self.index.said_of(one.number)]
        if len(numbered) == 1:
            return numbered
        if len(equals) < 2 or not any(self.index.organisations[one.number].kind == "trust" for one in equals):
            return equals
        begun = [one for one in equals if self._begins(one, mention)]
        return begun if len(begun) == 1 else equals

    def _numbered_alike(self, equals: list[Scored], scored: Sequence[Scored], mention: Mention) -> list[Scored]:
        """Whoever is meant, or all that are called so but for a number where the phrase says none: "Mill Vale PCN" is any of four."""
        if len(equals) != 1 or self.index.organisations[equals[0].number].kind != "pcn":
            return equals
        name, bare = self._bare(equals[0])
        if name == bare or not {*name}.difference(bare).isdisjoint((*mention.listed, *mention.tail)):
            return equals
        return [one for one in scored if self._bare(one)[1] == bare]

    def _bare(self, one: Scored) -> tuple[tuple[str, ...], tuple[str, ...]]:
        name = name_words(self.index.organisations[one.number].name)
        return name, tuple(word for word in name if not word.isdigit())

    def _begins(self, one: Scored, mention: Mention) -> bool:
        said = [word for word in mention.listed if word not in _OF_TRUSTS]
        named = [word for word in name_words(self.index.organisations[one.number].name) if word not in _OF_TRUSTS]
        return len(said) > 1 and named[: len(said)] == said

    def _equals(self, enough: Sequence[Scored], context: Context) -> list[Scored]:
        top = enough[0]
        if context.area and not top.is_near:  # which of them is open says nothing about which is meant
            equals = [one for one in enough if top.fit - one.fit < MARGIN and top.score - one.score < 0.1]
            return self._going_on(equals)
        equals = [one for one in enough if top.score - one.score < MARGIN]
        if top.is_near and not top.contradicted:  # "Practice 3, Fenby" is none in another area's town
            equals = [one for one in equals if one.is_near or not one.contradicted]
        whole = [one for one in equals if one.is_whole and one.is_near]
        if len(whole) == 1:
            return whole  # New Addington is not Addington
        still = [one for one in equals if self.index.organisations[one.number].status == "active"]
        is_now = len(still) == 1 and len(whole) == len(equals) and not context.hints.is_past
        return still if is_now and still[0].is_name else equals  # nobody works at a practice that closed

    def _going_on(self, equals: list[Scored]) -> list[Scored]:
        """Of trusts in one hospital, the one that went on."""
        known = [self.index.organisations[one.number] for one in equals]
        if any(one.kind != "trust" for one in known):
            return equals
        return [one for one, each in zip(equals, known, strict=True) if each.status == "active"] or equals


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
