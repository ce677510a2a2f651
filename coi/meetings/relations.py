"""How an organisation stands to an item: the words of forms, and which relation is offered first. Pure."""

from collections.abc import Iterable

from coi.meetings.vocabulary import AffectedRelation, Stage

RELATIONS = {
    AffectedRelation.CONTRACT_HOLDER: "Contract holder",
    AffectedRelation.BIDDER: "Bidder",
    AffectedRelation.BENEFICIARY: "Beneficiary",
    AffectedRelation.SUBJECT: "Subject of a review or an action",
    AffectedRelation.PREMISES_OWNER: "Owner of the premises",
    AffectedRelation.COMPETITOR: "Competitor or neighbour",
    AffectedRelation.FUNDER: "Funder",
}

HINTS = {
    AffectedRelation.CONTRACT_HOLDER: "It holds the contract, or supplies under it",
    AffectedRelation.BENEFICIARY: "It would be paid, or gain",
    AffectedRelation.COMPETITOR: "It may gain or lose work or patients by the decision",
}

OWN = frozenset(
    {
        AffectedRelation.CONTRACT_HOLDER,
        AffectedRelation.BIDDER,
        AffectedRelation.BENEFICIARY,
        AffectedRelation.SUBJECT,
    }
)
"""Relations by which an own interest is an own contract."""

_BY_STAGE = {
    Stage.EVALUATION: AffectedRelation.BIDDER,
    Stage.AWARD: AffectedRelation.BIDDER,
    Stage.MONITORING: AffectedRelation.CONTRACT_HOLDER,
}
_BY_FUNCTION = {
    "contracts": AffectedRelation.CONTRACT_HOLDER,
    "discretionary_payments": AffectedRelation.BENEFICIARY,
    "premises_costs": AffectedRelation.BENEFICIARY,
}


def usual_relation(stage: Stage | None, function_code: str, named: Iterable[AffectedRelation] = ()) -> AffectedRelation:
    """Returns how an organisation most likely stands to an item: as those that it names do already, where they all stand alike; else by how
    far the matter is and by its function. Each of these lets an own interest lead to the strongest flag, so that the offer never hides
    one. Source: RULEBOOK §24."""
    alike = set(named)
    if len(alike) == 1 and alike <= OWN:
        return alike.pop()
    found = _BY_STAGE.get(stage) if stage is not None else None
    return found or _BY_FUNCTION.get(function_code, AffectedRelation.SUBJECT)
