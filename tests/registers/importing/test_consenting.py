"""What an old register says of consent to publication: a yes that takes anything back is none."""

from datetime import date

import pytest

from coi.registers.importing.consenting import agrees
from coi.registers.importing.footers import CONSENT


@pytest.mark.parametrize(
    "said",
    [
        "Yes - with my name removed", "Yes please keep private", "y - redact address", "Yes, hide my husband's name",
        "I agree that it should be confidential", "Yes, other than my address", "I do consent, apart from item 3",
        "OK subject to Guardian", "Agreed in part", "Yes, partly", "Yes pending advice", "Granted exemption", "Y/N",
        "Yes, see separate note", "Yes I want it kept private", "Yes, restricted", "Given under protest", "Yes for staff", "Yes?",
        "Yes to items 1 and 2", "Yes, the CCG’s own register", "Yes - Staff Copy", "Yes, I Refuse", "Yes, after May 2020",
        "Yes, by April 2020", "Yes, in the register", "Yes for the board", "Yes, may be", "Consent form to follow", "Oui",
    ],
)  # fmt: skip
def test_a_yes_that_takes_something_back_is_asked_of_the_guardian(said: str) -> None:
    """Rule: REG-06; RULEBOOK §26 no. 15."""
    assert not agrees(said)


@pytest.mark.parametrize(
    "said",
    [
        "Consent to be given", "Consent to be confirmed", "Yes - to be confirmed", "Agreed to be confirmed by email",
        "Consent to be signed", "Consent being confirmed", "I will give consent to publication", "Yes, to confirm",
        "Granted to be published",
        "Given the public interest", "Yes, published in March 2027", "Yes, 3/4/2027", "Agreed 2027",
    ],
)  # fmt: skip
def test_a_yes_that_is_still_to_come_is_asked_of_the_guardian(said: str) -> None:
    """Rule: REG-06."""
    assert not agrees(said, date(2026, 11, 10))


@pytest.mark.parametrize(
    "said",
    [
        "Given verbally", "Granted 3/4/2019", "Consent given", "I am happy to give consent to publication", "Yes, published in March 2019",
        "Yes", "y", "Yes (J Smith, 3/4/2020)", "I consent to publication", "Yes, no objections", "Granted", "I do", "Agreed ✓",
        "Yes - Dr Jane Smith, 4 May 2019", "Consent given by J. Smith on 3.4.20", "Y (verbally)", "Yes, thank you", "Yes, to all",
        "I’m happy for my declaration to be published", "yes I give my consent to publication on registers that the CCG holds",
        "I hereby freely give my consent to the publication of this information on the ICB’s website",
    ],
)  # fmt: skip
def test_a_plain_yes_is_one(said: str) -> None:
    assert agrees(said, date(2026, 11, 10))


@pytest.mark.parametrize(
    ("said", "is_about_it"),
    [
        ("Please do not publish: my ex-husband must not find me", True),
        ("I ask that this is not published because of threats", True),
        ("I would prefer this not to be published", True),
        ("I request that my details are withheld", True),
        ("Publication: no", True),
        ("May this be published?", True),
        ("I’d rather this was not published", True),
        ("Please withhold my name", True),
        ("Please redact my address", True),
        ("Please keep my details confidential", True),
        ("Please leave my name off the website", True),
        ("Please do not put this on the website", True),
        ("Not for publication", True),
        ("Publication refused", True),
        ("I refuse publication", True),
        ("Name to be withheld from the public register", True),
        ("Not-for-profit publisher of health guides", False),
        ("Director of a firm that takes patients off the waiting list", False),
        ("Non-disclosure agreement with Tarn Care Ltd", False),
        ("Interest in a keep-fit company; keeps confidential records", False),
        ("Published: 31 January 2026", False),
        ("Editor, Journal of Publication Studies", False),
        ("Author of published work on Elm Surgery", False),
    ],
)
def test_a_line_below_a_table_about_being_public_is_heard(said: str, is_about_it: bool) -> None:
    assert bool(CONSENT.search(said)) is is_about_it
