"""What an old register says of consent to publication: a yes that takes anything back is none."""

import pytest

from coi.registers.importing.consenting import agrees
from coi.registers.importing.footers import CONSENT


@pytest.mark.parametrize(
    "said",
    [
        "Yes - with my name removed", "Yes please keep private", "y - redact address", "Yes, hide my husband's name",
        "I agree that it should be confidential", "Yes, other than my address", "I do consent, apart from item 3",
        "OK subject to Guardian", "Agreed in part", "Yes, partly", "Yes pending advice", "Granted exemption", "Y/N",
    ],
)  # fmt: skip
def test_a_yes_that_takes_something_back_is_asked_of_the_guardian(said: str) -> None:
    """Rule: REG-06; RULEBOOK §26 no. 15."""
    assert not agrees(said)


@pytest.mark.parametrize(
    "said", ["Yes", "y", "Yes (J Smith, 3/4/2020)", "I consent to publication", "Yes, no objections", "Granted"]
)
def test_a_plain_yes_is_one(said: str) -> None:
    assert agrees(said)


@pytest.mark.parametrize(
    ("said", "is_about_it"),
    [
        ("Please do not publish: my ex-husband must not find me", True),
        ("I ask that this is not published because of threats", True),
        ("I would prefer this not to be published", True),
        ("I request that my details are withheld", True),
        ("Publication: no", True),
        ("May this be published?", True),
        ("Editor, Journal of Publication Studies", False),
        ("Author of published work on Elm Surgery", False),
    ],
)
def test_a_line_below_a_table_about_being_public_is_heard(said: str, is_about_it: bool) -> None:
    assert bool(CONSENT.search(said)) is is_about_it
