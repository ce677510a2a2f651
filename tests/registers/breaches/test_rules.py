"""Who acts on a suspected breach, whom it is kept from, whose names a text holds, what a record lacks. Pure."""

import uuid
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi import clock
from coi.registers.breaches import rules
from coi.registers.breaches.vocabulary import (
    BreachKind,
    BreachState,
    Conclusion,
    Facts,
    NamedPerson,
    NoteKind,
    Office,
    Party,
    Sight,
)

PEOPLE = [uuid.UUID(int=number) for number in range(1, 7)]
groups = st.frozensets(st.sampled_from(PEOPLE))


@given(groups, groups, groups, st.booleans())
def test_nobody_ever_acts_on_a_complaint_about_themselves(
    guardians, substitutes, complained_of, about_guardian
) -> None:
    acting = rules.who_acts(Office(guardians, substitutes), complained_of, is_about_guardian=about_guardian)
    assert not acting & complained_of
    assert not (about_guardian and not complained_of and acting & guardians)
    assert acting <= guardians | substitutes


@given(groups, groups, groups, st.booleans(), st.booleans(), st.booleans(), st.sampled_from(PEOPLE))
def test_whoever_it_is_about_sees_nothing_whatever_their_roles(
    guardians, substitutes, complained_of, about_guardian, taken_up, reader, person
) -> None:
    sight = rules.sight_of(
        person, Office(guardians, substitutes), complained_of, is_about_guardian=about_guardian, is_taken_up=taken_up,
        is_reader=reader,
    )  # fmt: skip
    if person in complained_of or (about_guardian and not complained_of and person in guardians):
        assert sight is None
    elif sight is Sight.READS:
        assert reader and taken_up


def test_the_guardian_acts_and_the_substitute_only_where_it_is_about_the_guardian() -> None:
    guardian, substitute = PEOPLE[:2]
    office = Office(frozenset({guardian}), frozenset({substitute}))
    assert rules.who_acts(office, (), is_about_guardian=False) == {guardian}
    assert rules.who_acts(office, (), is_about_guardian=True) == {substitute}
    assert rules.who_acts(office, (guardian,), is_about_guardian=False) == {substitute}
    assert rules.who_acts(Office(frozenset({guardian})), (), is_about_guardian=True) == set()


def test_a_new_guardian_acts_beside_the_substitute_and_the_one_complained_of_stays_barred() -> None:
    former, new, substitute = PEOPLE[:3]
    ever = frozenset({former, new})
    later = Office(frozenset({new}), frozenset({substitute}), ever)
    assert rules.who_acts(later, {former}, is_about_guardian=True) == {new, substitute}
    as_lead = Office(frozenset({new}), frozenset({former, substitute}), ever)
    assert rules.who_acts(as_lead, {former}, is_about_guardian=True) == {new, substitute}
    sight = rules.sight_of(former, later, {former}, is_about_guardian=True, is_taken_up=True, is_reader=True)
    assert sight is None


def test_whoever_is_guardian_stays_barred_while_no_guardian_was_written_down_whoever_else_it_is_about() -> None:
    guardian, substitute, other = PEOPLE[:3]
    office = Office(frozenset({guardian}), frozenset({substitute}), frozenset({guardian}))
    assert rules.barred_from(office, {other}, is_about_guardian=True) == {guardian, other}
    assert rules.who_acts(office, {other}, is_about_guardian=True) == {substitute}
    assert rules.barred_from(office, {other}, is_about_guardian=False) == {other}


PERSON = NamedPerson(PEOPLE[0], "Dr Siân Ŵyn-Jones", "Siân", "Ŵyn-Jones")


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Dr Wyn-Jones stayed", True),
        ("DR ŴYN-JONES’S wife", True),
        ("The chair stayed", False),
        ("Jones the baker", False),
        ("the wyn-joneses", False),
    ],
)
def test_a_name_is_found_without_accents_and_not_in_other_words(text: str, is_named: bool) -> None:
    assert bool(rules.named_in(text, [PERSON])) is is_named


@pytest.mark.parametrize("family", ["Żurawski", "O'Dornan", "Daud-Karim", "Łoś"])
def test_names_of_many_kinds_are_found(family: str) -> None:
    named = NamedPerson(PEOPLE[0], f"Mr A {family}", "A", family)
    assert rules.named_in(f"It was {family}.", [named])
    assert rules.named_in(f"{family}’s practice", [named])


def test_somebody_with_one_name_is_found_too() -> None:
    assert rules.named_in("Suharti left the room", [NamedPerson(PEOPLE[0], "Ms Suharti", "Suharti", "")])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A nurse, Penny Farthing, told us.", "Penny Farthing"),
        ("Write to FARTHING", "Penny Farthing"),
        ("Write to Penny@X.example, please", "penny@x.example"),
        ("Ring 07700 900-123", ""),
        ("A nurse saw it. It cost a penny.", ""),
        ("He went farther", ""),
    ],
)
def test_a_text_that_tells_who_reported_it_is_noticed(text, told) -> None:
    """Rule: BRE-01."""
    assert rules.reporter_in(text, "Penny Farthing", "penny@x.example") == told


def test_a_telephone_number_is_noticed_however_it_is_written_and_nobody_where_nobody_said_who_they_are() -> None:
    """Rule: BRE-01."""
    assert rules.reporter_in("Ring 07700 900-123", "", "(07700) 900123") == "(07700) 900123"
    assert rules.reporter_in("Penny Farthing was seen", "", "") == ""


@pytest.mark.parametrize(
    "name",
    [
        "Ann Oak (nurse)", "Ann Oak, practice manager", "Dr A. Oak RGN", "Oak, Ann", "Mrs Ann Oak - nurse", "Ann Oak, Fenwick Ltd",
        "Ann Oak-Fenn", "Ann Fenn Oak", "Ann Oak practice manager",
    ],
)  # fmt: skip
@pytest.mark.parametrize("text", ["Ann Oak told us", "Mrs Oak told us", "It was ANN OAK-FENN", "Oak’s letter says so"])
def test_who_reported_it_is_noticed_whatever_stands_beside_their_name(name: str, text: str) -> None:
    """Rule: BRE-01."""
    assert rules.reporter_in(text, name, "") == name


@pytest.mark.parametrize(
    "name", ["Ann Oak (nurse)", "Ann Oak, practice manager", "Ann Oak practice manager", "Dr Ann Oak RGN"]
)
@pytest.mark.parametrize(
    "text", ["Ann told us", "Annabel told us", "A Practice Manager and a nurse told us", "The Dr told us"]
)
def test_a_first_name_is_noticed_and_a_post_beside_it_is_no_name(name: str, text: str) -> None:
    """Rule: BRE-01."""
    assert rules.reporter_in(text, name, "") == (name if text == "Ann told us" else "")


@pytest.mark.parametrize(
    "contact",
    [
        "ann.oak@nhs.example or 07700 900123", "Mobile 07700 900123 (ann.oak@nhs.example)", "+44 (0)7700 900123; Ann.Oak@nhs.example.",
        "07700 900123 01632 960001 ann.oak@nhs.example", "+447700900123/01632 960001, ann.oak@nhs.example",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Ring +44 7700 900123", True),
        ("Ring 07700-900-123 on 12 March", True),
        ("Ring 07700 900123 12 times", True),
        ("Write to ann.oak@NHS.example.", True),
        ("Write to joann@nhs.example", False),
        ("Ring 07700 900124, in 2026", False),
        ("It was of £900123", False),
    ],
)
def test_each_address_and_number_by_which_they_can_be_reached_is_noticed(
    contact: str, text: str, is_told: bool
) -> None:
    """Rule: BRE-01."""
    assert rules.reporter_in(text, "", contact) == (contact if is_told else "")


def test_the_suggested_text_says_what_the_record_says_was_learned_and_done_and_nothing_else() -> None:
    """Rule: BRE-01."""
    facts = Facts(
        BreachKind.UNDECLARED, BreachState.CLOSED, Conclusion.BREACH, True, happened_words="at the meeting in October",
        lessons=("Chairs ask at each item.",), actions=("Training.", "A letter."),
    )  # fmt: skip
    text = rules.suggested_twin(facts, date(2026, 7, 1))
    assert (text.event, text.learning, text.actions) == (
        "at the meeting in October", "Chairs ask at each item.", "Training.\nA letter.",
    )  # fmt: skip
    nothing = rules.suggested_twin(replace(facts, happened_words="", lessons=(), actions=()), date(2026, 7, 1))
    assert (nothing.event, nothing.learning, nothing.actions) == ("Not known", "", "")


def test_the_suggested_text_says_when_it_happened_and_how_long_it_was_looked_into() -> None:
    for kind in BreachKind:
        facts = Facts(
            kind, BreachState.CLOSED, Conclusion.BREACH, True, (), date(2026, 5, 20), date(2026, 6, 1), date(2026, 6, 9)
        )
        text = rules.suggested_twin(facts, date(2026, 7, 1))
        assert text.event == "May 2026"
        assert "8 days after" in text.investigation
        assert text.control


def test_a_material_breach_is_not_complete_before_nhs_england_or_the_board_was_told() -> None:
    """Rule: BRE-01."""
    notes = ((NoteKind.FINDING, None), (NoteKind.ACTION, None), (NoteKind.LESSON, None))
    facts = Facts(BreachKind.GIFT, BreachState.INVESTIGATING, Conclusion.BREACH, True, notes)
    assert rules.missing_before_closing(facts) == ("when NHS England or the integrated care board was informed",)
    told = Facts(
        BreachKind.GIFT, BreachState.INVESTIGATING, Conclusion.BREACH, True, (*notes, (NoteKind.INFORMED, Party.ICB))
    )
    assert rules.missing_before_closing(told) == ()
    nothing = Facts(BreachKind.GIFT, BreachState.INVESTIGATING, Conclusion.NO_BREACH, False)
    assert rules.missing_before_closing(nothing) == ("a finding of the investigation",)


@pytest.mark.parametrize("kind", BreachKind)
def test_scenario_38_a_breach_where_something_was_decided_says_whether_the_decision_stands(kind: BreachKind) -> None:
    """Rule: BRE-01."""
    notes = ((NoteKind.FINDING, None), (NoteKind.ACTION, None), (NoteKind.LESSON, None))
    facts = Facts(kind, BreachState.INVESTIGATING, Conclusion.BREACH, False, notes)
    concerns = kind in (BreachKind.NOT_MANAGED, BreachKind.IRREGULAR_DECISION, BreachKind.PROCUREMENT)
    missing = ("whether the decision stands or is taken again",) if concerns else ()
    assert rules.missing_before_closing(facts) == missing
    assert rules.missing_before_closing(replace(facts, notes=(*notes, (NoteKind.REVIEW, None)))) == ()
    assert rules.missing_before_closing(replace(facts, conclusion=Conclusion.NO_BREACH)) == ()


def test_the_codes_are_the_same_for_the_same_form_and_say_nothing_of_how_many_there_are() -> None:
    first, again, other = (rules.codes_from("secret", key) for key in ("a", "a", "b"))
    assert first == again
    assert not set(first.reference.split("-")) & set(other.reference.split("-"))
    assert rules.typed_code(f" {first.code.lower().replace('-', ' ')} ") == first.code


@pytest.mark.parametrize(
    ("on", "year"), [(date(2026, 3, 31), "2025/26"), (date(2026, 4, 1), "2026/27"), (date(2000, 1, 1), "1999/00")]
)
def test_the_year_of_the_nhs_begins_in_april(on: date, year: str) -> None:
    assert rules.year_words(clock.nhs_year(on)) == year
