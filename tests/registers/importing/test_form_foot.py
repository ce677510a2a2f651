"""What stands around the table of a form: its foot is no interest, and what it says of consent reaches the Guardian."""

from datetime import date

import pytest

from coi.guidance.vocabulary import BodyType, Rulebook
from coi.registers.importing.consenting import NO_REASON, refusal_in
from coi.registers.importing.form_consent import consent_in
from coi.registers.importing.planning import plan_of
from coi.registers.importing.sources import Source, read_source
from coi.registers.importing.vocabulary import Action, Answers, Known
from tests.registers.importing.registers_seen import Rows, as_csv

FORM: Rows = [
    ["Annex A: Template Declaration of interests", "", "", "", ""],
    ["Name:", "Dr Ama Ashdown", "", "", ""],
    ["Position within, or relationship with, the CCG (or NHS England in the event of joint committees):", "GP member", "", "", ""],
    ["Type of Interest* *See reverse of form for details", "Description of Interest", "From", "To", "Actions to be taken to mitigate risk"],
    ["Financial", "GP partner at Quillbrook Surgery", "01/09/2015", "Ongoing", "Leaves"],
    ["Indirect", "Husband is a director of Tarn Care Ltd", "2016", "To date", "Declares"],
    ["*See reverse of form for details", "", "", "", ""],
    [("The information submitted will be held by the CCG in accordance with the Data Protection Act 1998, and published in registers that "
     "the CCG holds."), "", "", "", ""],
    [("I confirm that the information provided above is complete. Any changes must be notified no later than 28 days after the interest "
     "arises."), "", "", "", ""],
]  # fmt: skip
SIGNED: Rows = [
    ["Signed:", "A Ashdown", "Date:", "12/01/2026", ""],
    ["Signed:", "H Manager", "Position:", "Line Manager", "Date: 13/01/2026"],
    ["Please return to governance@x.example", "", "", "", ""],
    ["Financial interests", "This is where an individual may get direct financial benefits", "", "", ""],
]
ASKED = (
    "Decision making staff should be aware that the form will be published on the CCG’s website. I do / do not [delete as applicable] give "
    "my consent for this information to published on registers that the CCG holds. If consent is NOT given please give reasons:"
)


def _read(*consent: list[str]) -> Source:
    rows = [*FORM, *([*row, "", "", ""][:5] for row in consent), *SIGNED]
    return read_source(as_csv(rows), "form.csv", today=date(2026, 11, 22))


@pytest.mark.parametrize(
    ("consent", "reason"),
    [
        ([["I do / do not give my consent for this information to be published", "I do not. My husband was threatened"]],
         "My husband was threatened"),
        ([[ASKED, "I do not: he must not find me"]], "he must not find me"),
        ([[ASKED, "do not - harassment"]], "harassment"),
        ([[ASKED], ["I do not. He must not find me"]], "He must not find me"),
        ([["I do not [delete as applicable] give my consent. If consent is NOT given please give reasons: he must not find me"]],
         "he must not find me"),
        ([["I do not give my consent for this information to be published."], ["Reasons:", "he must not find me"]], "he must not find me"),
        ([["I do not give my consent for this information to be published."]], NO_REASON),
        ([["Reasons:", "he must not find me"]], ""),
        ([["Declaration:", "I do not give my consent to publication. He must not find me"]], "He must not find me"),
        ([["Permission to publish:", "No, he must not find me"]], "he must not find me"),
        ([[ASKED, "I do"]], ""),
        ([["I do give my consent for this information to be published. If consent is NOT given please give reasons:", "n/a"]], ""),
    ],
)  # fmt: skip
def test_what_the_national_form_says_of_consent_is_asked_of_the_guardian_and_never_an_interest(
    consent: Rows, reason: str
) -> None:
    """Rule: REG-06; RULEBOOK §6.4, §7.3, §26 no. 15."""
    source = _read(*consent)
    plan = plan_of(source.stated, Known(), Answers(), Rulebook(BodyType.ICB))
    assert [each.stated.line for each in plan.proposals] == [5, 6]
    assert {each.stated.keep_private_because for each in plan.proposals} == {reason}
    assert all(each.action is Action.NEW and each.asks is bool(reason) for each in plan.proposals)
    assert {each.stated.position for each in plan.proposals} == {"GP member"}
    assert "are the foot of the form" in source.remarks[0]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([["I do / do not give my consent"]], "I do / do not give my consent"),
        ([["I do / do not give my consent", "x"]], "I do / do not give my consent"),
        ([["I do / do not give my consent", "I do give my consent"]], ""),
        ([["I give my consent, except for my address", "Yes"]], "I give my consent, except for my address"),
        ([["I give my consent for this to be published. Not my address please."]], "Not my address please."),
        ([["I object to publication of my address"]], "I object to publication of my address"),
        ([["Do you consent to publication? Yes / No", "No"], ["If no, please give reasons", "threats"]], "threats"),
        ([["Do you consent to publication? No"]], NO_REASON),
        ([["Do you consent to publication? No, threats."]], "threats"),
        ([["Do you consent to publication? Yes."]], ""),
        ([["Do you consent to publication? See the notes on the reverse."]], ""),
        ([["Published? N"]], NO_REASON),
        ([["Please withhold my name"]], "Please withhold my name"),
        ([["Please keep my details confidential, I was threatened"]], "Please keep my details confidential, I was threatened"),
        ([["Not for publication"]], "Not for publication"),
        ([["Do you consent to publication?", "☐ Yes ☒ No"]], NO_REASON),
        ([["Do you consent to publication?", "Yes ☐ No ☒"]], NO_REASON),
        ([["Do you consent to publication? ☒ Yes ☐ No"]], ""),
        ([["Please tick if you do NOT consent to publication", "x"]], NO_REASON),
        ([["Please tick if you do NOT consent to publication", ""]], ""),
        ([["I consent to publication", "☐"], ["I do not consent to publication", "☒"], ["Reasons:", "threats"]], "threats"),
        ([["Consent not given"]], NO_REASON),
        ([["The declarant does not consent to publication", ""]], NO_REASON),
        ([["Permission to publish:", "No, he must not find me"]], "he must not find me"),
        ([["Are you happy for this to be published?", "No"]], NO_REASON),
        ([["Publish on the website: Yes"]], ""),
        ([["Declaration", "I do not give my consent to publication", "Reasons:", "threats"]], "threats"),
        ([["I advise on consent to treatment"]], ""),
        ([["I consent to verification for counter-fraud purposes", "No"]], ""),
        ([["Consent to publish:", ""]], ""),
    ],
)  # fmt: skip
def test_whatever_is_not_plainly_a_yes_is_a_reason_in_its_own_words(rows: Rows, reason: str) -> None:
    found = consent_in(rows)
    assert (
        refusal_in({"consent": found.said, "withheld": found.why}, {"consent": found.label}, date(2026, 11, 10))
        == reason
    )


@pytest.mark.parametrize("words", ["I do not give my consent to publication", "Reasons: he must not find me"])
def test_words_of_consent_among_the_rows_of_a_register_need_a_person(words: str) -> None:
    head, row = (
        ["Name", "Type of interest", "Declared interest", "From"],
        ["Dr Ama Ashdown", "Financial", "Elm Surgery", "2015"],
    )
    rows = [head, row, ["Dr Ama Ashdown", words, "", ""], row]
    stated = read_source(as_csv(rows), "register.csv", today=date(2026, 11, 22)).stated
    found = plan_of(stated, Known(), Answers(), Rulebook(BodyType.ICB)).proposals[1]
    assert found.action is Action.NEEDS_YOU and "is no interest" in found.reasons[0]


def test_an_interest_without_type_and_day_above_the_foot_stays_an_interest() -> None:
    rows = [*FORM[:6], ["", "Trustee of Reason Digital Ltd", "", "", ""], *SIGNED]
    stated = read_source(as_csv(rows), "form.csv", today=date(2026, 11, 22)).stated
    assert [each.organisation for each in stated][2:] == ["Trustee of Reason Digital Ltd"]


@pytest.mark.parametrize("heading", ["If not, reasons", "Reasons", "Why not"])
def test_the_column_after_that_of_consent_gives_the_reasons(heading: str) -> None:
    rows = [
        ["Name", "Declared interest", "From", "Consent to publish", heading],
        ["Dr Ama Ashdown", "Partner at Elm Surgery", "2015", "No", "He was threatened"],
        ["Dr Ama Ashdown", "Director of Tarn Care Ltd", "2016", "No", ""],
    ]
    source = read_source(as_csv(rows), "register.csv", today=date(2026, 11, 22))
    assert [each.keep_private_because for each in source.stated] == ["He was threatened", NO_REASON]
    told = plan_of(source.stated, Known(), Answers(), Rulebook(BodyType.ICB)).proposals
    assert "with the reason that it gives" in told[0].reasons[-1] and "gives a reason" in told[1].reasons[-1]


@pytest.mark.parametrize(
    ("headings", "days"),
    [
        (["Date interest relates From & To", ""], ["01/09/2015", "31/03/2020"]),
        (["Date interest relates From & To", "Action"], ["01/09/2015 – 31/03/2020", "Leaves"]),
    ],
)
def test_one_heading_of_from_and_to_gives_both_days(headings: list[str], days: list[str]) -> None:
    rows = [["Name", "Declared interest", *headings], ["Dr Ama Ashdown", "Partner at Elm Surgery", *days]]
    (stated,) = read_source(as_csv(rows), "register.csv", today=date(2026, 11, 22)).stated
    assert (stated.arose_on, stated.ended_on) == (date(2015, 9, 1), date(2020, 3, 31))


def test_a_refusal_under_the_table_counts_for_each_row_whose_column_of_consent_is_empty() -> None:
    rows = [
        ["Name:", "Dr Ama Ashdown", "", ""],
        ["Type of interest", "Description of interest", "From", "Consent to publish"],
        ["Financial", "Partner at Elm Surgery", "2015", "Yes"],
        ["Financial", "Director of Tarn Care Ltd", "2016", ""],
        ["I do not give my consent to publication.", "", "", ""],
        ["Reasons:", "threats", "", ""],
        ["Signed:", "A Ashdown", "", ""],
    ]
    stated = read_source(as_csv(rows), "form.csv", today=date(2026, 11, 22)).stated
    assert [each.keep_private_because for each in stated] == ["", "threats"]


@pytest.mark.parametrize(
    "title",
    [
        ["Published: 31 January 2026"],
        ["Published:", "31 January 2026"],
        ["Agreed for publication:", "the Governing Body"],
        ["Do you want to know how this is published? Ask the governance team."],
        ["Interests are published with the consent of those concerned"],
    ],
)
def test_a_title_that_speaks_of_publication_refuses_nothing(title: list[str]) -> None:
    head, row = ["Name", "Declared interest", "From"], ["Dr Ama Ashdown", "Partner at Elm Surgery", "2015"]
    rows = [["Register of interests", "", ""], [*title, "", ""][:3], ["Updated monthly", "", ""], head, row]
    (stated,) = read_source(as_csv(rows), "register.csv", today=date(2026, 11, 22)).stated
    assert stated.keep_private_because == ""
