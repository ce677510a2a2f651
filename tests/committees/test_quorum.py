"""When a committee is quorate: the published rules, who counts and who does not, and what the minutes say."""

import csv
import os
from pathlib import Path

import pytest

from coi.committees.expression import AllOf, AnyOf
from coi.committees.quorum import forecast, parse, quorum_of, words_of
from coi.committees.vocabulary import (
    Capacity,
    ConflictedCount,
    ConflictRelaxation,
    ItemPredicateFacts,
    Phase,
    QuorumSettings,
    Seat,
    VacancyBase,
)
from tests.committees.quorum_texts import CHAIR_OR_VICE, TEXTS, members, of_class
from tests.committees.seating import seat, some

ONE_EACH = QuorumSettings()
MAY_MEET_TWO = QuorumSettings(distinct_persons=False)

CHAIR = seat("Ann", "lay", office="chair")
VICE = seat("Bo", "lay", office="vice_chair")
CFO = seat("Cy", "executive", "Chief Finance Officer")
CO = seat("Di", "executive", "Chief Officer")
GP = seat("Ed", "gp")
NURSE = seat("Flo", "nurse", "Chief Nurse")
CONSULTANT = seat("Gus", "secondary_care")
PPI = seat("Hal", "lay", attributes=["ppi"])
PPI_CHAIR = seat("Hal", attributes=["ppi"], office="chair")
SITE_2 = [
    *(seat(name, "non_executive") for name in ("Na", "Ne", "No")),
    GP,
    seat("Di", "executive", attributes=["chief_officer"]),
    seat("Ida", "executive", attributes=["chief_officer"]),
    CFO,
    seat("Jo", "executive", "Head of Contracting"),
    seat("Xan", "other", voting=False),
    seat("Yul", "other", voting=False),
]
COUNCILLORS = [
    seat("Kit", "councillor"),
    seat("Lou", "nhs_representative"),
    seat("Mo", "other", "Director of Public Health"),
]
BOARD = [
    seat("Pa", "executive", "Chief Executive"),
    seat("Pe", "executive", "Medical Director"),
    seat("Pi", "non_executive"),
    seat("Po", "partner"),
]
DEPUTY_CFO = seat("Zed", "executive", "Deputy Chief Finance Officer")
PI_STOOD_DOWN = seat("Pi", "non_executive", management=["A5"])
NORTHFIELD = [
    seat("Ra", "lay", office="chair", organisation="Northfield CCG"),
    seat("Re", organisation="Northfield CCG"),
]
NHS_ENGLAND = [
    seat("Ri", "nhs_england", organisation="NHS England"),
    seat("Ro", "nhs_england", organisation="NHS England"),
]
SOUTHFIELD = [seat(name, organisation="Southfield CCG") for name in ("Sa", "Se", "Si")]

ROOMS: list[tuple[str, str, list[Seat], QuorumSettings, bool]] = [
    ("Q01", "lay member, finance officer and anybody", [CHAIR, CFO, GP], ONE_EACH, True),
    ("Q01", "nobody from the named posts", [CHAIR, VICE, GP], ONE_EACH, False),
    ("Q01", "two people only", [CHAIR, CFO], ONE_EACH, False),
    ("Q02", "exactly everybody", SITE_2, ONE_EACH, True),
    ("Q02", "one non-voting member short", SITE_2[:-1] + some(1), ONE_EACH, False),
    ("Q02", "the only GP away", [one for one in SITE_2 if one != GP] + some(1), ONE_EACH, False),
    ("Q03", "one of each", [CHAIR, GP, CFO], ONE_EACH, True),
    ("Q03", "the only GP stood down", [CHAIR, seat("Ed", "gp", management=["A4"]), CFO, VICE], ONE_EACH, False),
    ("Q04", "the chair is also one of the two", [PPI_CHAIR, CFO, NURSE, GP], MAY_MEET_TWO, True),
    ("Q04", "the chair may not be one of the two", [PPI_CHAIR, CFO, NURSE, GP], ONE_EACH, False),
    ("Q04", "one of the two only", [CHAIR, CFO, NURSE, GP], MAY_MEET_TWO, False),
    ("Q05", "vice chair and nurse", [VICE, NURSE, GP, CONSULTANT], ONE_EACH, True),
    ("Q05", "neither chair nor vice chair", [PPI, NURSE, GP, CFO], ONE_EACH, False),
    ("Q06", "a deputy for the finance officer", [CHAIR, GP, PPI, DEPUTY_CFO], ONE_EACH, True),
    ("Q06", "no such post", [CHAIR, GP, PPI, CO], ONE_EACH, False),
    ("Q07", "the named post there", COUNCILLORS + some(4), ONE_EACH, True),
    ("Q07", "the named post away", COUNCILLORS[:2] + some(5), ONE_EACH, False),
    ("Q08", "any three", some(3), ONE_EACH, True),
    ("Q08", "two", some(2), ONE_EACH, False),
    ("Q1", "chief officer", [CHAIR, CO, GP], ONE_EACH, True),
    ("Q2", "everybody", SITE_2, ONE_EACH, True),
    ("Q2", "without the GP", [one for one in SITE_2 if one != GP], ONE_EACH, False),
    ("Q3", "one of each", [CHAIR, GP, CFO], ONE_EACH, True),
    ("Q3", "two lay members do not make an executive", [CHAIR, GP, VICE], ONE_EACH, False),
    ("Q4", "four different people", [CHAIR, CO, NURSE, CONSULTANT], ONE_EACH, True),
    ("Q4", "no chair", [PPI, CO, NURSE, CONSULTANT], ONE_EACH, False),
    ("Q5", "a representative of the organisation", [*COUNCILLORS, seat("Nan", organisation="NHS"), *some(3)], ONE_EACH, True),
    ("Q5", "the director may not be the representative too",
     [COUNCILLORS[0], seat("Mo", "other", "Director of Public Health", organisation="NHS"), *some(5)], ONE_EACH, False),
    ("Q6", "half, rounded up", [*some(2), seat("Ann", present=False)], ONE_EACH, True),
    ("Q6", "less than half", [*some(1), seat("Ann", present=False), seat("Bo", present=False)], ONE_EACH, False),
    ("Q7", "one for each condition", BOARD + some(2), ONE_EACH, True),
    ("Q7", "one person in both posts",
     [seat("Pa", "executive", "Chief Executive", "Medical Director"), *BOARD[2:], *some(3)], ONE_EACH, False),
    ("Q7", "a non-executive who stood down", [*BOARD[:2], PI_STOOD_DOWN, BOARD[3], *some(3)], ONE_EACH, False),
    ("Q8", "somebody independent", [CHAIR, GP, CFO, seat("Wim", attributes=["independent_of_department"])], ONE_EACH, True),
    ("Q8", "nobody independent", [CHAIR, GP, CFO, NURSE], ONE_EACH, False),
    ("Q10", "two from each side, a lay chair", NORTHFIELD + NHS_ENGLAND, MAY_MEET_TWO, True),
    ("Q10", "one side short", NORTHFIELD + NHS_ENGLAND[:1], MAY_MEET_TWO, False),
    ("Q11", "one committee short", [*NORTHFIELD, *SOUTHFIELD], MAY_MEET_TWO, False),
    ("Q11", "both quorate", [*NORTHFIELD, seat("Ru", organisation="Northfield CCG"), *SOUTHFIELD], MAY_MEET_TWO, True),
    ("Q12", "two thirds with a clinical majority", [CHAIR, GP, NURSE, CONSULTANT], ONE_EACH, True),
    ("Q12", "no clinical majority", [CHAIR, VICE, GP, NURSE], ONE_EACH, False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "seats", "settings", "expected"),
    [
        pytest.param(text, seats, settings, expected, id=f"{text}: {what}")
        for text, what, seats, settings, expected in ROOMS
    ],
)
def test_every_rule_of_the_rulebook_is_judged_as_it_reads(
    text: str, seats: list[Seat], settings: QuorumSettings, expected: bool
) -> None:
    assessment = quorum_of(parse(TEXTS[text]), settings, seats, established=6)
    assert assessment.quorate is expected, assessment.reasons
    assert bool(assessment.missing) is not expected
    assert "QUO-01" in assessment.rule_ids


@pytest.mark.real_data
def test_every_published_rule_has_an_expression_with_the_same_number() -> None:
    shared = Path(os.environ.get("COI_SHARED") or Path(__file__).resolve().parents[2].parent / "shared")
    table = shared / "data" / "meetings" / "quorum_rules.csv"
    if not table.exists():
        pytest.skip("the published quorum rules are not beside the project (COI_SHARED)")
    with table.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            needed = quorum_of(parse(TEXTS[row["rule_id"]]), ONE_EACH, [], established=0).needed
            assert needed == int(row["minimum_members"]), row["rule_id"]


def _greedy(wanted: list[frozenset[str]], seats: list[Seat]) -> bool:
    """What a naive evaluator does: for each condition takes the first free person who fits, and never thinks again."""
    free = list(seats)
    for classes in wanted:
        fitting = [one for one in free if one.member_class in classes]
        if not fitting:
            return False
        free.remove(fitting[0])
    return True


@pytest.mark.parametrize("names", [("Abe", "Zoe"), ("Zoe", "Abe")], ids=["nurse listed first", "nurse listed last"])
@pytest.mark.parametrize(
    "wanted", [(["gp", "nurse"], ["nurse"]), (["nurse"], ["gp", "nurse"])], ids=["wide first", "narrow first"]
)
def test_a_greedy_evaluator_finds_no_quorum_where_there_is_one(
    names: tuple[str, str], wanted: tuple[list[str], ...]
) -> None:
    nurse, gp = seat(names[0], "nurse"), seat(names[1], "gp")
    rule = parse({"all": [of_class(1, *classes) for classes in wanted]})
    assert _greedy([frozenset({"gp", "nurse"}), frozenset({"nurse"})], [nurse, gp]) is False
    assessment = quorum_of(rule, ONE_EACH, [nurse, gp], established=2)
    assert assessment
    assert {one.name: one.slot for one in assessment.counted} == {nurse.name: "nurse", gp.name: "GP or nurse"}


@pytest.mark.parametrize("backwards", [False, True])
def test_people_are_moved_along_a_chain_of_places(backwards: bool) -> None:
    chain = [{"attr": [f"a{index}", f"a{index + 1}"]} for index in range(6)]
    seats = [seat(f"P{index}", "other", attributes=[f"a{index}"]) for index in range(1, 7)]
    rule = parse({"k_of": 6, "among": chain[::-1] if backwards else chain})
    assert quorum_of(rule, ONE_EACH, seats, established=6)
    assert not quorum_of(rule, ONE_EACH, seats[1:], established=6)


@pytest.mark.parametrize("rule", [AllOf(()), AnyOf(()), *map(parse, TEXTS.values())])
def test_an_empty_room_is_never_quorate_and_has_an_answer(rule: AllOf) -> None:
    assessment = quorum_of(rule, ONE_EACH, [], established=0)
    assert not assessment
    assert assessment.reasons[0].startswith("Not quorate: 0 members count")


def test_a_member_who_left_does_not_count_towards_quorum() -> None:
    assessment = quorum_of(parse(members(2)), ONE_EACH, [CHAIR, seat("Bo", present=False)], established=2)
    assert not assessment
    assert [(one.name, one.why) for one in assessment.not_counted] == [("Bo", "not present")]


@pytest.mark.parametrize(
    ("codes", "phase", "setting", "counts"),
    [
        (["A2"], Phase.DECISION, ConflictedCount.NOTED_ONLY, False),
        (["A4", "A3"], Phase.DECISION, ConflictedCount.NOTED_ONLY, False),
        (["A1", "A4"], Phase.DECISION, ConflictedCount.NOTED_ONLY, False),
        (["A5"], Phase.DECISION, ConflictedCount.NOTED_ONLY, False),
        (["A5"], Phase.DISCUSSION, ConflictedCount.NOTED_ONLY, False),
        (["A5"], Phase.DISCUSSION, ConflictedCount.DISCUSSION_ONLY, True),
        (["S1"], Phase.DISCUSSION, ConflictedCount.DISCUSSION_ONLY, True),
        (["A4"], Phase.DISCUSSION, ConflictedCount.DISCUSSION_ONLY, False),
        (["A5"], Phase.DECISION, ConflictedCount.DISCUSSION_ONLY, False),
        (["S1"], Phase.DECISION, ConflictedCount.NOTED_ONLY, False),
        (["A6"], Phase.DECISION, ConflictedCount.NOTED_ONLY, True),
        (["A6"], Phase.DECISION, ConflictedCount.NEVER, False),
        (["something new"], Phase.DECISION, ConflictedCount.NOTED_ONLY, False),
        ([], Phase.DECISION, ConflictedCount.NEVER, True),
    ],
)
def test_what_was_ruled_for_a_person_decides_whether_they_count(
    codes: list[str], phase: Phase, setting: ConflictedCount, counts: bool
) -> None:
    """Rule: QUO-02."""
    seats = [seat("Ed", "gp", management=codes)]
    settings = QuorumSettings(conflicted_counts=setting)
    assessment = quorum_of(parse(members(1)), settings, seats, 1, ItemPredicateFacts(phase=phase))
    assert assessment.quorate is counts
    assert ("QUO-02" in assessment.rule_ids) is not counts


def test_a_person_in_two_posts_counts_once() -> None:
    """Rule: QUO-02."""
    twice = [seat("Ann", "lay"), seat("Ann", "executive")]
    assert not quorum_of(parse(members(2)), ONE_EACH, twice, established=2)
    both = parse({"all": [of_class(1, "lay"), of_class(1, "executive")]})
    assert not quorum_of(both, ONE_EACH, twice, established=2)
    assert quorum_of(both, MAY_MEET_TWO, twice, established=2)


def test_a_ruling_holds_for_a_person_in_every_seat() -> None:
    twice = [seat("Ann", "lay", management=["A4"]), seat("Ann", "executive")]
    assert not quorum_of(parse(members(1)), ONE_EACH, twice, established=2)


def test_nobody_left_for_a_condition_is_said_in_words() -> None:
    rule = parse({"all": [CHAIR_OR_VICE, of_class(1, "lay")]})
    assessment = quorum_of(rule, ONE_EACH, [CHAIR], established=2)
    assert "Nobody is left to be 1 lay member: one person cannot meet two conditions." in assessment.reasons
    assert "QUO-02" in assessment.rule_ids


def test_deputies_count_only_where_the_terms_let_them_and_never_beside_their_principal() -> None:
    deputy = seat("Zed", "executive", "Chief Finance Officer", capacity=Capacity.DEPUTY, stands_for="cy")
    rule = parse(members(1))
    with_deputies = QuorumSettings(count_deputies=True)
    assert not quorum_of(rule, ONE_EACH, [deputy], established=1)
    assert quorum_of(rule, with_deputies, [deputy], established=1)
    assert not quorum_of(parse(members(2)), with_deputies, [deputy, CFO], established=1)


def test_remote_members_count_unless_the_terms_say_otherwise() -> None:
    remote = [seat("Ann", virtual=True)]
    assert quorum_of(parse(members(1)), ONE_EACH, remote, established=1)
    assert not quorum_of(parse(members(1)), QuorumSettings(count_virtual=False), remote, established=1)


@pytest.mark.parametrize(("present", "quorate"), [(3, False), (4, True)])
def test_a_fraction_of_established_seats_counts_vacant_seats_and_rounds_up(present: int, quorate: bool) -> None:
    rule = parse({"at_least_fraction": "1/2", "of": {"voting": True}})
    assert quorum_of(rule, ONE_EACH, some(present), established=7).quorate is quorate
    in_post = QuorumSettings(vacancy_base=VacancyBase.IN_POST)
    assert quorum_of(rule, in_post, some(present), established=7)


def test_an_item_condition_asks_for_the_chair_for_those_items_only() -> None:
    rule = parse(TEXTS["Q6"])
    assert quorum_of(rule, ONE_EACH, some(3), established=3)
    appointment = ItemPredicateFacts(attributes=frozenset({"appointment"}))
    assert not quorum_of(rule, ONE_EACH, some(3), 3, appointment)
    assert quorum_of(rule, ONE_EACH, [*some(3), CHAIR], 4, appointment)


def test_a_quorum_lost_to_conflicts_says_so_and_stays_lost_by_default() -> None:
    seats = [CHAIR, VICE, seat("Ed", "gp", management=["A4"]), seat("Eve", "gp", management=["A4"])]
    assessment = quorum_of(parse(members(3)), ONE_EACH, seats, established=4)
    assert not assessment
    assert assessment.lost_to_conflicts
    assert "The quorum is lost to conflicts: it would be met with the members who stood down." in assessment.reasons


def test_the_remaining_members_are_a_quorum_where_the_terms_say_so() -> None:
    """Q9 of the rulebook."""
    settings = QuorumSettings(conflict_relaxation=ConflictRelaxation.REMAINING_MEMBERS)
    rule = parse(TEXTS["Q9"])
    conflicted = [seat("Ed", "gp", management=["A4"]), seat("Eve", "gp", management=["A4"])]
    assert quorum_of(rule, settings, [CHAIR, *conflicted], established=3)
    assert not quorum_of(rule, settings, conflicted, established=3)
    absent = [seat("Ed", "gp", present=False), seat("Eve", "gp", present=False)]
    assert not quorum_of(rule, settings, [CHAIR, *absent], established=3)


def test_the_chair_is_told_when_more_than_half_stand_down() -> None:
    told = "More than half of the voting members who attend stood down: the chair decides whether the item goes on."
    gps = [seat(f"GP {index}", "gp", management=["A4"]) for index in range(3)]
    assert told in quorum_of(parse(members(1)), ONE_EACH, [CHAIR, CFO, *gps], 5).reasons
    assert told not in quorum_of(parse(members(1)), ONE_EACH, [CHAIR, CFO, NURSE, *gps], 6).reasons


def test_a_forecast_takes_away_who_stands_down_and_leaves_the_seats_alone() -> None:
    seats = [CHAIR, CFO, GP]
    rule = parse(TEXTS["Q3"])
    assert forecast(rule, ONE_EACH, seats, set())
    without = forecast(rule, ONE_EACH, seats, {"ed"})
    assert not without
    assert without.missing == ("1 GP",)
    assert seats == [CHAIR, CFO, GP]


def test_the_reasons_read_as_minutes() -> None:
    rule = parse({"all": [members(3), CHAIR_OR_VICE, of_class(1, "executive")]})
    seats = [CHAIR, CFO, seat("Ed", "gp", management=["A4"])]
    assert quorum_of(rule, ONE_EACH, seats, established=3).reasons == (
        "Not quorate: 2 members count and 3 are needed.",
        "Missing: 1 more member.",
        "Chair: Ann.",
        "Executive: Cy.",
        "Ed does not count: stood down for this item.",
        "The quorum is lost to conflicts: it would be met with the members who stood down.",
    )
    assert quorum_of(rule, ONE_EACH, [CHAIR, CFO, GP], 3).reasons[0] == "Quorate: 3 members count and 3 are needed."


def test_the_rule_reads_as_a_sentence_on_an_agenda() -> None:
    assert words_of(parse(TEXTS["Q4"])) == (
        "At least 4 members, including the Chief Officer or the Chief Finance Officer; 2 of these 4, each a different "
        "person (lay member described as audit or ppi; lay member described as lay person; nurse; secondary care doctor); "
        "and the chair or the vice chair."
    )


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (members(1), "At least 1 member."),
        ({"at_least_fraction": "2/3", "of": {"voting": True}}, "At least two thirds of the voting members."),
        ({"at_least_fraction": "1", "of": {"voting": True}}, "All of the voting members."),
        ({"at_least_fraction": "3/5", "of": {}, "base": "established"}, "At least 3/5 of the members, vacant seats included."),
        ({"any": [{"all": [members(3), of_class(1, "lay")]}, members(5)]},
         "(at least 3 members, including at least 1 lay member) or at least 5 members."),
        ({"majority": {"class": ["lay", "executive"]}},
         "A majority of lay members or executives among the voting members who count."),
        ({"when": {"function": "mergers"}, "rule": of_class(2, "nurse")}, "For items about mergers: at least 2 nurses."),
        ({"at_least": 2, "of": {"role": ["Chief Officer", "Chief Nurse"]}},
         "At least 2 of these: the Chief Nurse or the Chief Officer."),
        (TEXTS["Q10"]["all"][2], "At least 1 lay member holding the office of the chair or the vice chair."),
    ],
)  # fmt: skip
def test_every_kind_of_rule_has_its_words(rule: dict[str, object], words: str) -> None:
    assert words_of(parse(rule)) == words


@pytest.mark.parametrize("lay_first", [True, False])
def test_the_chair_fills_the_place_of_chair_or_vice_chair_where_both_are_there_whatever_their_names(lay_first):
    places = [{"office": ["chair", "vice_chair"]}, {"at_least": 1, "of": {"class": ["lay"]}}]
    rule = {"all": [{"at_least": 2, "of": {"voting": True}}, *(reversed(places) if lay_first else places)]}
    seats = [seat("Ann", office="vice_chair"), seat("Zoe", office="chair"), seat("Lea")]
    reasons = quorum_of(parse(rule), ONE_EACH, seats, None, ItemPredicateFacts()).reasons
    assert {"Chair: Zoe.", "Lay member: Lea."} <= set(reasons)
