"""How an organisation is concerned: the relation that is offered first."""

import pytest

from coi.meetings.relations import HINTS, OWN, RELATIONS, usual_relation
from coi.meetings.vocabulary import AffectedRelation, Stage


@pytest.mark.parametrize(
    ("stage", "function", "named", "usual"),
    [
        (None, "", [], "subject"),
        (Stage.EVALUATION, "contracts", [], "bidder"),
        (Stage.MONITORING, "", [], "contract_holder"),
        (Stage.STRATEGY, "premises_costs", [], "beneficiary"),
        (None, "contracts", ["bidder", "bidder"], "bidder"),
        (None, "contracts", ["bidder", "subject"], "contract_holder"),
        (None, "", ["competitor"], "subject"),
    ],
)
def test_the_relation_offered_first_is_the_usual_one(
    stage: Stage | None, function: str, named: list[str], usual: str
) -> None:
    assert usual_relation(stage, function, [AffectedRelation(each) for each in named]) == usual


def test_the_relation_offered_first_never_makes_a_flag_weaker() -> None:
    found = {
        usual_relation(stage, code, [each])
        for stage in (None, *Stage)
        for code in ("", "mergers")
        for each in RELATIONS
    }
    assert found <= OWN
    assert set(RELATIONS) == set(AffectedRelation) >= set(HINTS)
