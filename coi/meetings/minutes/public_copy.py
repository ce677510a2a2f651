"""Pure: the facts of a meeting as a copy for the public may tell them. What the Guardian withholds, or was asked to, is not in it."""

from dataclasses import replace

from coi.meetings.corrections.vocabulary import CorrectionFact
from coi.meetings.minutes.conflict_facts import RAISED, ConflictFacts, DeclarationFacts
from coi.meetings.minutes.facts import DecisionFacts, HandoverFacts, ItemFacts, MeetingFacts
from coi.meetings.urgent.vocabulary import UrgentFact

DETAILS = "an interest whose details are withheld from publication"
TOLD = "an interest of which the chair was told"
REASON = "Withheld from publication"


def for_the_public(meeting: MeetingFacts) -> MeetingFacts:
    """Returns the facts without the details of interests that are withheld from publication, and without the words of whoever told the
    chair of a conflict, which were not written for the public. Who stood down, who ruled what and when
    somebody left stays: that is what minutes are for. Rule: REG-06, MIN-01; RULEBOOK §7.3, §15."""
    return replace(
        meeting,
        items=tuple(_item(item) for item in meeting.items),
        declarations=tuple(_declaration(each) for each in meeting.declarations),
    )


def _item(item: ItemFacts) -> ItemFacts:
    hidden = [each for each in item.conflicts if each.is_withheld or each.relation == RAISED]
    return replace(
        item,
        conflicts=tuple(_conflict(each) if each.is_withheld else _without_words(each) for each in item.conflicts),
        decisions=tuple(_decision(each, hidden) for each in item.decisions) if hidden else item.decisions,
        handovers=tuple(map(_handover, item.handovers)) if hidden else item.handovers,
        urgent=tuple(map(_urgent, item.urgent)) if hidden else item.urgent,
    )


def _urgent(urgent: UrgentFact) -> UrgentFact:
    """An urgent decision without what was typed of the people of its item: these words may tell whose interest is what."""
    return replace(
        urgent, said="", instead=REASON if urgent.instead else "", explanation=REASON if urgent.explanation else ""
    )


def _handover(handover: HandoverFacts) -> HandoverFacts:
    return replace(handover, corrections=tuple(map(_correction, handover.corrections)))


def _conflict(conflict: ConflictFacts) -> ConflictFacts:
    ruling, declared, dismissal = conflict.ruling, conflict.declared, conflict.dismissal
    return replace(
        conflict,
        relation="",
        path=(),
        nature=DETAILS,
        others=(),
        dismissal=replace(dismissal, because=REASON) if dismissal else None,
        declared=_without_details(declared) if declared else None,
        then=tuple(map(_without_details, conflict.then)),
        unspoken=tuple(DETAILS for _ in conflict.unspoken),
        ruling=replace(ruling, rationale=REASON, magnitude="", lacks_magnitude=False) if ruling else None,
        disputes=tuple(replace(each, said="", did="") for each in conflict.disputes),
        movements=tuple(replace(move, note="") for move in conflict.movements),
    )


def _without_words(conflict: ConflictFacts) -> ConflictFacts:
    """A conflict without what somebody typed when telling the chair of it."""
    others, unspoken = (
        tuple(TOLD if f"({RAISED})" in each else each for each in flags)
        for flags in (conflict.others, conflict.unspoken)
    )
    if conflict.relation == RAISED:
        return replace(conflict, nature=TOLD, path=(), others=others, unspoken=unspoken)
    return replace(conflict, others=others, unspoken=unspoken)


def _declaration(declared: DeclarationFacts) -> DeclarationFacts:
    return _without_details(declared) if declared.is_withheld else declared


def _without_details(declared: DeclarationFacts) -> DeclarationFacts:
    return replace(declared, text=DETAILS if declared.text else "", about="", registered="")


def _decision(decision: DecisionFacts, hidden: list[ConflictFacts]) -> DecisionFacts:
    """What stood against an irregular decision, without the paths of these interests."""
    because = []
    for sentence in decision.irregular_because:
        for conflict in hidden:
            path = " → ".join(conflict.path)
            sentence = sentence.replace(path, DETAILS) if path else sentence
        because.append(sentence)
    return replace(
        decision, irregular_because=tuple(because), corrections=tuple(map(_correction, decision.corrections))
    )


def _correction(correction: CorrectionFact) -> CorrectionFact:
    """That something was corrected, without the words typed of it: these may tell whose interest is what."""
    return replace(correction, because=REASON, was=())
