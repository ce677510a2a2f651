"""One cell that declares several things: what is said of one organisation, or of somebody else, is never said of another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.screening import clauses
from coi.screening.clauses import clauses_of
from coi.screening.interest_text import InterestReading, read_interest
from coi.screening.vocabulary import Role
from tests.screening.test_screen import run

QUILLBROOK = "Section 96 payment: Quillbrook Medical Centre"


def levels(text: str, title: str = QUILLBROOK) -> list[tuple[str, str]]:
    return [(flag.level.value, flag.path[1]) for flag in run([text], [title]).flags]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        (
            "I am a partner at Mill Lane Surgery and my husband works at Stile Surgery",
            ["I am a partner at Mill Lane Surgery", "my husband works at Stile Surgery"],
        ),
        (
            "Partner, Mill Lane Surgery (wife: receptionist at Stile Surgery)",
            ["Partner, Mill Lane Surgery", "wife: receptionist at Stile Surgery"],
        ),
        (
            "My wife is a partner at Mill Lane Surgery and director of Tarn Care CIC",
            ["My wife is a partner at Mill Lane Surgery", "wife: director of Tarn Care CIC"],
        ),
        (
            "My wife works at Mill Lane Surgery. She is a director of Tarn Care CIC",
            ["My wife works at Mill Lane Surgery", "wife: She is a director of Tarn Care CIC"],
        ),
        (
            "Senior partner at Mill Lane Surgery. My husband retired as partner there in 2012",
            ["Senior partner at Mill Lane Surgery", "My husband retired as partner there in 2012 (Mill Lane Surgery)"],
        ),
        (
            "Partner, Mill Lane Surgery (wife: nurse at Stile Surgery); director of Tarn Care CIC",
            ["Partner, Mill Lane Surgery", "wife: nurse at Stile Surgery", "director of Tarn Care CIC"],
        ),
        (
            "Interest in Tarn Care CIC (husband employed); own practice Mill Lane Surgery",
            ["Interest in Tarn Care CIC (husband employed)", "own practice Mill Lane Surgery"],
        ),
        (
            "Partner at Mill Lane Surgery, no shares in Tarn Care CIC; director of Stile Care CIC",
            ["Partner at Mill Lane Surgery, no shares in Tarn Care CIC", "director of Stile Care CIC"],
        ),
        (
            "1. Partner, Mill Lane Surgery 2. Director, Tarn Care CIC 3. Wife employed by Stile Care CIC",
            ["Partner, Mill Lane Surgery", "Director, Tarn Care CIC", "Wife employed by Stile Care CIC"],
        ),
        (
            "(a) GP partner, Mill Lane Surgery (b) wife: nurse at Stile Surgery",
            ["GP partner, Mill Lane Surgery", "wife: nurse at Stile Surgery"],
        ),
        ("Partner at Unit 2. Mill Lane Surgery", ["Partner at Unit 2. Mill Lane Surgery"]),
        ("Director of Tarn Care CIC (resigned 1/1/2025)", ["Director of Tarn Care CIC (resigned 1/1/2025)"]),
        ("Partner at Mill Lane Surgery (husband too)", ["Partner at Mill Lane Surgery", "husband: Partner at Mill Lane Surgery"]),
        (
            "Partner at Mill Lane Surgery (husband also a partner)",
            ["Partner at Mill Lane Surgery", "husband also a partner (Mill Lane Surgery)"],
        ),
        (
            "GP partner Mill Lane Surgery, 50% owner of the premises",
            ["GP partner Mill Lane Surgery", "50% owner of the premises (Mill Lane Surgery)"],
        ),
        (
            "Mill Lane Surgery - salaried GP, Stile Surgery - partner",
            ["Mill Lane Surgery - salaried GP", "Stile Surgery - partner"],
        ),
        ("GP (Mill Lane Surgery), wife GP partner (Stile Surgery)", ["GP (Mill Lane Surgery)", "wife GP partner (Stile Surgery)"]),
        (
            "Partner at Mill Lane Surgery since 2015, previously Stile Surgery until 2014",
            ["Partner at Mill Lane Surgery since 2015", "previously Stile Surgery until 2014"],
        ),
        ("Retired army doctor, partner at Mill Lane Surgery", ["Retired army doctor", "partner at Mill Lane Surgery"]),
        ("Husband and I are partners at Mill Lane Surgery", ["Husband and I are partners at Mill Lane Surgery"]),
        ("My husband, Dr Elm, works at Mill Lane Surgery", ["My husband, Dr Elm, works at Mill Lane Surgery"]),
        ("Mill Lane Surgery, wife is a nurse there", ["Mill Lane Surgery, wife is a nurse there"]),
        ("Partner at Mill Lane Surgery, Stile Road, Fenby until 2019", ["Partner at Mill Lane Surgery, Stile Road, Fenby until 2019"]),
        ("Partner at Mill Lane Surgery and Stile Surgery until 2019", ["Partner at Mill Lane Surgery and Stile Surgery until 2019"]),
        ("Formerly partner at Mill Lane Surgery and locum at Stile", ["Formerly partner at Mill Lane Surgery and locum at Stile"]),
        ("Partner, Mill Lane Surgery. Stepped down 2020", ["Partner, Mill Lane Surgery; Stepped down 2020"]),
    ],
)  # fmt: skip
def test_a_cell_is_taken_apart_where_somebody_or_something_else_begins(text: str, clauses: list[str]) -> None:
    assert list(clauses_of(text)) == clauses


@pytest.mark.parametrize(
    "text",
    [
        "I am a partner at Quillbrook Medical Centre and my husband works at Osterleigh Surgery",
        "My wife is a partner at Osterleigh Surgery and I am a partner at Quillbrook Medical Centre",
        "Partner, Quillbrook Medical Centre (wife: receptionist at Osterleigh Surgery)",
        "Partner at Quillbrook Medical Centre, my wife is a partner at Osterleigh Surgery",
        "Salaried GP at Osterleigh Surgery and GP partner at Quillbrook Medical Centre",
        "Previously partner at Osterleigh Surgery until 2014, now partner at Quillbrook Medical Centre",
        "Partner at Quillbrook Medical Centre since 2015, previously Osterleigh Surgery until 2014",
        "Partner at Quillbrook Medical Centre (Dr Elm retired 2018)",
        "Partner at Quillbrook Medical Centre. Retired from Marlow Acute Hospitals 2012.",
        "Retired army doctor, partner at Quillbrook Medical Centre",
        "Partner at Quillbrook Medical Centre, formerly salaried GP",
        "Partner at Quillbrook Medical Centre since 2010 and registrar trainer",
        "Partner in Quillbrook Medical Centre which owns shares in Tarn Care CIC",
        "Partner at Quillbrook Medical Centre, sits on CCG board until 2024",
        "Partner at Quillbrook Medical Centre, PPE lead until 2021",
        "Partner at Quillbrook Medical Centre, clinical lead for diabetes to 2020",
        "Partner at Quillbrook Medical Centre (salaried GP until 2015)",
        "Partner at Quillbrook Medical Centre who left Tarn Care CIC in 2019",
        "Director of Tarn Care CIC (resigned 1/1/2025) and GP partner at Quillbrook Medical Centre",
        "Partner at Quillbrook Medical Centre, the practice left Tarn Care CIC in 2019",
        "I used to work at Osterleigh Surgery and I am now a partner at Quillbrook Medical Centre",
        "My father was senior partner at Quillbrook Medical Centre until 1999 and I am a partner there now",
        "2005-2010 partner Osterleigh Surgery, 2010 to date partner Quillbrook Medical Centre",
        "partner quillbrook medical centre and wife nurse osterleigh surgery",
        "Spouse employed by Tarn Care CIC, self GP partner Quillbrook Medical Centre",
    ],
)
def test_an_own_contract_is_found_whatever_else_the_cell_says(text: str) -> None:
    assert levels(text) == [("F1", "partner at Quillbrook Medical Centre")]


@pytest.mark.parametrize(
    "text",
    [
        "Retired 2015. Landlord of Quillbrook Medical Centre",
        "Retired in March 2015 but continues to receive rent from Quillbrook Medical Centre",
        "Owns the freehold of Quillbrook Medical Centre; retired 2015",
        "Left the partnership at Quillbrook Medical Centre in 2015, remains co-owner of the building",
        "Landlord of Quillbrook Medical Centre (retired as partner 31/03/2015)",
        "Formerly GP partner at Quillbrook Medical Centre until 2015, now landlord of the premises",
        "Co-owner with my wife of the premises of Quillbrook Medical Centre, retired 2015",
    ],
)
def test_whoever_retired_still_receives_the_rent(text: str) -> None:
    """Rule: MTG-02; RULEBOOK §23 scenario 18."""
    assert levels(text) == [("F2", "landlord of Quillbrook Medical Centre")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Husband is landlord of Quillbrook Medical Centre where I am a GP partner", ["F1", "F4"]),
        ("Partner at Quillbrook Medical Centre whose premises are owned by my father", ["F1", "F4"]),
        ("Formerly senior partner at Quillbrook Medical Centre until 2015, wife remains a partner there", ["F2"]),
        ("I was a partner at Quillbrook Medical Centre until 2019 and my daughter now works there", ["F4"]),
        ("Interest in Tarn Care CIC (husband employed); own practice Quillbrook Medical Centre", ["F1"]),
    ],
)
def test_each_of_a_family_has_their_own_interest(text: str, expected: list[str]) -> None:
    assert [level for level, _ in levels(text)] == expected


def test_a_partner_who_owns_the_premises_has_both_interests() -> None:
    text = "GP partner Quillbrook Medical Centre, 50% owner of the premises"
    assert [level for level, _ in levels(text)] == ["F1", "F2"]
    assert ("F3", "partner at Quillbrook Medical Centre") in levels(text, "Local enhanced service, all practices")


@pytest.mark.parametrize(
    "text",
    [
        "Partner at Quillbrook Medical Centre (retired 2015), partner at Osterleigh Surgery",
        "Partner at Quillbrook Medical Centre, retired from the practice 2012",
        "Left Quillbrook Medical Centre in 2016 to join Osterleigh Surgery",
        "Director of Tarn Care CIC, previously partner at Quillbrook Medical Centre until 2014",
    ],
)
def test_what_ended_long_ago_in_its_own_clause_is_not_flagged(text: str) -> None:
    assert levels(text) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Practice manager at Mill Lane Surgery, resigned as partner 2015", Role.PRACTICE_MANAGER),
        ("Locum at Mill Lane Surgery, retired from the partnership 2015", Role.LOCUM),
        ("Shareholder in Tarn Care Ltd (my predecessor left in 2019)", Role.SHAREHOLDER),
    ],
)
def test_the_end_of_another_role_ends_nothing(text: str, role: Role) -> None:
    reading = read_interest(text)
    assert (reading.role, reading.has_ended, reading.ended_on) == (role, False, None)


def test_now_retired_is_not_still_there() -> None:
    assert read_interest("Partner at Mill Lane Surgery, now retired").has_ended
    assert not read_interest("Retired in 2015, now back at Mill Lane Surgery").has_ended


_CURRENT = st.sampled_from(
    [
        "Partner at Quillbrook Medical Centre",
        "GP partner, Quillbrook Medical Centre",
        "I am a partner at Quillbrook Medical Centre",
        "Quillbrook Medical Centre - partner since 2010",
    ]
)
_ELSEWHERE = st.sampled_from(
    [
        "previously partner at Osterleigh Surgery until 2014",
        "formerly salaried GP at Osterleigh Surgery",
        "retired from Osterleigh Surgery in 2012",
        "former director of Tarn Care Ltd (resigned 2019)",
        "my wife was a partner at Osterleigh Surgery until 2016",
        "husband: retired consultant at Marlow Acute Hospitals",
        "sold my shares in Tarn Care Ltd in 2018",
        "director of Tarn Care Ltd until 2019",
    ]
)
_JOIN = st.sampled_from(["; ", ", ", " and ", ". ", " - "])


def _sentence(first: str, join: str, second: str) -> str:
    return f"{first}{join}{second[0].upper() if join == '. ' else second[0]}{second[1:]}"


@pytest.mark.parametrize(
    "text",
    [
        "Partner at Quillbrook Medical Centre until further notice",
        "Partner at Quillbrook Medical Centre (not retired)",
        "Partner at Quillbrook Medical Centre, 2010 until present",
    ],
)
def test_what_has_no_end_is_not_over(text: str) -> None:
    assert levels(text) == [("F1", "partner at Quillbrook Medical Centre")]


@given(_CURRENT, _JOIN, _ELSEWHERE)
def test_what_ended_elsewhere_never_takes_away_a_flag(current: str, join: str, elsewhere: str) -> None:
    """Rule: MTG-02. Own contract: all are found."""
    assert levels(_sentence(current, join, elsewhere)) == [("F1", "partner at Quillbrook Medical Centre")]


@given(_CURRENT, st.sampled_from(["; ", ", ", ". "]), _ELSEWHERE)
def test_nor_does_what_ended_before_it_is_said(current: str, join: str, elsewhere: str) -> None:
    text = _sentence(elsewhere[0].upper() + elsewhere[1:], join, current)
    assert levels(text) == [("F1", "partner at Quillbrook Medical Centre")]


@pytest.mark.parametrize(
    "text", ["Partner at Mill Lane Surgery, " * 300, "nurse, and " * 900, "lead, board until 2020 (and a nurse) " * 200]
)
def test_a_very_long_cell_is_not_read_anew_at_each_comma(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def counted(part: str) -> InterestReading:
        read.append(len(part))
        return read_interest(part)

    monkeypatch.setattr(clauses, "read_interest", counted)
    clauses_of.cache_clear()
    assert clauses_of(text)
    assert sum(read) <= 40 * len(text)


@given(st.text(max_size=120))
def test_no_text_breaks_into_nothing(text: str) -> None:
    assert clauses_of(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Received lunch worth £30 from Tarn Care CIC on 3 March 2025", [("F5", "on 3 March 2025")]),
        ("Lunch from Tarn Care CIC, some day in 2025", [("F5", "by 31 December 2025")]),
        ("Received lunch worth £30 from Tarn Care CIC on 3 March 2024", []),
        ("Hospitality from Tarn Care CIC, March 2023", []),
        ("Received lunch worth £30 from Tarn Care CIC", [("F4", "receives money or benefits from")]),
        ("Annual speaker fees from Tarn Care CIC since 2015", [("F4", "receives money or benefits from")]),
        ("Partner at Osterleigh Surgery, hamper from Tarn Care CIC in December 2025", [("F5", "by 31 December 2025")]),
        ("Director of Tarn Care CIC and its lunch club", [("F1", "director of")]),
    ],
)
def test_a_gift_told_in_words_is_no_share_and_counts_for_twelve_months(
    text: str, expected: list[tuple[str, str]]
) -> None:
    """Rule: GIFT-02; RULEBOOK §24 F5."""
    found = levels(text, "Tarn Care CIC: contract extension")
    assert [(level, said in path) for (level, path), (_, said) in zip(found, expected, strict=False)] == [
        (level, True) for level, _ in expected
    ]
    assert len(found) == len(expected)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Sold my shares in Tarn Care CIC in January 2020", []),
        ("Shares in Tarn Care CIC sold March 2019", []),
        ("Disposed of shareholding in Tarn Care CIC 12/03/2019", []),
        ("Sold my shares in Tarn Care CIC", ["F5"]),
        ("Shares in Tarn Care CIC, retired 2015", ["F1"]),
        ("Director of Tarn Care CIC, sold my flat 2019", ["F1"]),
    ],
)
def test_a_holding_ends_when_it_is_sold_and_a_post_when_it_is_left(text: str, level: list[str]) -> None:
    assert [each for each, _ in levels(text, "Tarn Care CIC: contract extension")] == level


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Quillbrook Medical Centre - patient", "non_financial"),
        ("Quillbrook Medical Centre patient since birth", "non_financial"),
        ("Both my parents are registered at Quillbrook Medical Centre", "indirect"),
        ("I am registered at Quillbrook Medical Centre", "non_financial"),
    ],
)
def test_a_patient_is_one_in_any_order_of_words(text: str, relation: str) -> None:
    (flag,) = run([text], [QUILLBROOK]).flags
    assert (flag.level.value, flag.relation.value) == ("F4", relation)


def test_a_practice_in_a_network_is_no_shareholder_of_it() -> None:
    assert read_interest("My practice is a member of Tarnwick PCN").role is Role.UNKNOWN
    assert read_interest("Practice is a member of Tarn Confederation").role is Role.SHAREHOLDER


@pytest.mark.parametrize("text", ["As previously declared", "See 2019 declaration", "No change"])
def test_a_text_that_refers_to_another_is_listed_as_not_understood(text: str) -> None:
    """Rule: RULEBOOK §24 rules 2 and 6."""
    screening = run([text], [QUILLBROOK])
    assert [(one.text, screening.nil_rows) for one in screening.unmatched] == [(text, 0)]


def test_nothing_declared_is_a_nil_return() -> None:
    assert run(["Nothing declared"], [QUILLBROOK]).nil_rows == 1
