"""What is wrong with a committee before it meets, and whose clinical voice remains."""

from collections.abc import Sequence

import pytest

from coi.committees.quorum import parse
from coi.committees.quorum_lint import clinical_voice, lint, without_advice
from coi.committees.vocabulary import QuorumSettings, Seat
from tests.committees.quorum_texts import TEXTS, members, of_class
from tests.committees.seating import seat

ONE_EACH = QuorumSettings()
SOUND = [
    seat("Ann", "lay", office="chair"),
    seat("Bo", "lay", office="vice_chair"),
    seat("Hal", "lay"),
    seat("Cy", "executive", "Chief Finance Officer"),
    seat("Di", "executive"),
    seat("Ed", "gp"),
]


def _found(rule: object, seats: list[Seat], **more: int | bool) -> list[str]:
    return [finding.rule_id for finding in lint(parse(rule), ONE_EACH, seats, **more)]


def test_a_sound_committee_has_no_findings() -> None:
    assert _found({"all": [members(3), of_class(1, "lay")]}, SOUND) == []


@pytest.mark.parametrize("text", ["Q02", "Q03", "Q2", "Q3"])
def test_a_rule_that_asks_for_a_gp_is_found_whoever_is_in_post(text: str) -> None:
    """Rule: QUO-03."""
    assert "QUO-03" in _found(TEXTS[text], [])
    assert "QUO-03" in _found(TEXTS[text], SOUND)


@pytest.mark.parametrize("text", ["Q01", "Q04", "Q05", "Q06", "Q07", "Q08", "Q7", "Q9"])
def test_a_rule_that_works_without_gps_is_not_blamed(text: str) -> None:
    assert "QUO-03" not in _found(TEXTS[text], [])


def test_a_committee_of_gps_cannot_do_without_them() -> None:
    """Rule: QUO-03."""
    seats = [*SOUND[:2], *(seat(f"GP {index}", "gp") for index in range(3))]
    assert "QUO-03" in _found(members(4), seats)
    assert "QUO-03" not in _found(members(2), seats)


def test_a_condition_for_some_items_is_judged_too() -> None:
    rule = {"all": [members(1), {"when": {"function": "mergers"}, "rule": of_class(1, "gp")}]}
    assert "QUO-03" in _found(rule, SOUND)


def test_a_rule_that_the_people_in_post_cannot_meet_is_found() -> None:
    """Rule: QUO-01."""
    assert "QUO-01" in _found(of_class(1, "nurse"), SOUND)
    half = {"at_least_fraction": "1/2", "of": {"voting": True}}
    assert "QUO-01" not in _found(half, SOUND)
    assert "QUO-01" in _found(half, SOUND, established=20)


def test_a_chair_and_a_vice_chair_who_both_stand_down_are_foreseen() -> None:
    """Rule: MTG-07."""
    assert "MTG-07" in _found({"all": [members(2), {"office": ["chair", "vice_chair"]}]}, SOUND)


def test_a_chair_who_is_not_lay_and_a_missing_vice_chair_are_found() -> None:
    """Rule: PCCC-01."""
    seats = [seat("Ed", "gp", office="chair"), *SOUND[2:5]]
    sentences = [one.sentence for one in lint(parse(members(1)), ONE_EACH, seats) if one.rule_id == "PCCC-01"]
    assert sentences == [
        "The chair, Ed, is not a lay member.",
        "The committee has no vice chair. Appoint a lay member.",
    ]
    assert "PCCC-01" not in _found(members(1), seats, primary_care=False)


def test_a_majority_of_gps_is_found() -> None:
    """Rule: PCCC-02."""
    gps = [seat(f"GP {index}", "gp") for index in range(6)]
    assert _found(members(1), SOUND[:5] + gps).count("PCCC-02") == 2
    assert _found(members(1), SOUND[:5] + gps[:5]).count("PCCC-02") == 1
    assert _found(members(1), SOUND[:5] + gps[:4]).count("PCCC-02") == 0


@pytest.mark.parametrize("more", [{"attributes": ["audit_chair"]}, {}])
def test_the_audit_chair_in_the_chair_is_found(more: dict[str, list[str]]) -> None:
    """Rule: PCCC-03."""
    post = [] if more else ["Audit Committee Chair"]
    seats = [seat("Ann", "lay", *post, office="chair", **more), *SOUND[1:]]
    assert _found(members(1), seats) == ["PCCC-03"]


def test_standing_invitees_for_whom_nobody_comes_are_named_and_need_no_seat() -> None:
    """Rule: PCCC-04."""

    def said(*posts: str, seats: Sequence[Seat] = SOUND, **more: bool) -> list[str]:
        found = lint(parse(members(1)), ONE_EACH, seats, posts=posts, **more)
        return [one.sentence.partition(".")[0] for one in found if one.rule_id == "PCCC-04"]

    assert said("Clinical lead") == ["Nobody on file comes for Healthwatch or the health and wellbeing board"]
    assert said("Healthwatch Marsh") == ["Nobody on file comes for the health and wellbeing board"]
    assert said("Chair, Health and Well-being Board") == ["Nobody on file comes for Healthwatch"]
    assert said("Health Watch", "HWB chair") == []
    assert said("HWB chair", seats=[*SOUND, seat("Jo", "other", voting=False, organisation="Healthwatch Marsh")]) == []
    assert said(primary_care=False) == []


def test_a_committee_that_does_not_commission_primary_care_is_only_asked_to_be_quorate() -> None:
    gps = [seat(name, "gp", office=office) for name, office in (("Ann", "chair"), ("Bea", "vice_chair"), ("Cy", None))]
    rule = parse({"at_least": 1, "of": {"class": "gp"}})
    primary = {each.rule_id for each in lint(rule, ONE_EACH, gps, posts=())}
    assert primary == {"QUO-03", "PCCC-01", "PCCC-02", "PCCC-04"}
    assert lint(rule, ONE_EACH, gps, primary_care=False, posts=()) == ()
    assert {each.rule_id for each in lint(rule, ONE_EACH, gps[:2], primary_care=False)} == {"MTG-07"}


def test_who_is_away_or_stood_down_today_is_no_finding() -> None:
    away = [seat(one.name, one.member_class, *one.roles, present=False, management=["A4"]) for one in SOUND[2:]]
    assert _found(members(4), SOUND[:2] + away) == []


def test_the_clinical_voice_names_who_remains_and_who_is_lost() -> None:
    seats = [*SOUND, seat("Flo", "nurse"), seat("Gus", "secondary_care", present=False)]
    voice = clinical_voice(seats, {"ed"})
    assert [one.name for one in voice.remaining] == ["Flo"]
    assert [one.name for one in voice.lost] == ["Ed"]
    assert voice.sentence == "Clinical members who remain: Flo (nurse)."


def test_without_a_clinical_voice_somebody_is_suggested() -> None:
    assert "independent GP from another area" in clinical_voice(SOUND, {"ed"}).advice
    assert clinical_voice(SOUND[:5], set()).sentence == "No clinical member is there."


def test_advice_to_the_secretary_is_kept_out_of_minutes_though_older_records_hold_it() -> None:
    for voice in (clinical_voice(SOUND, {"ed"}), clinical_voice(SOUND[:5], set())):
        assert without_advice(f"{voice.sentence} {voice.advice}") == voice.sentence
    assert without_advice("Clinical members who remain: Flo (nurse).") == "Clinical members who remain: Flo (nurse)."


def _told(rule: object, seats: list[Seat], away: set[str], **more: bool) -> list[tuple[str, str]]:
    found = lint(parse(rule), ONE_EACH, seats, away={each.person for each in seats if each.name in away}, **more)
    return [(each.rule_id, each.sentence) for each in found]


def test_members_who_are_away_for_long_are_missing_from_the_quorum_as_long_as_they_are() -> None:
    """Rule: QUO-01."""
    rule = {"all": [members(3), of_class(1, "lay")]}
    assert _told(rule, SOUND, set()) == _told(rule, SOUND, {"Di", "Hal"}) == []
    said = dict(_told(rule, SOUND, {"Ann", "Bo", "Hal"}))["QUO-01"]
    assert said.startswith("While 3 members are away for long, the members in post cannot be a quorum. Missing: ")
    assert "QUO-01" in {each for each, _ in _told(rule, SOUND, {"Ann", "Bo", "Hal"}, primary_care=False)}
    never = _told(of_class(1, "nurse"), SOUND, {"Hal"})
    assert [said for each, said in never if each == "QUO-01" and "While" in said] == []


def test_with_the_others_away_for_long_no_item_on_which_gps_stand_down_is_quorate() -> None:
    """Rule: QUO-03; RULEBOOK §23 scenario 57."""
    seats = [*SOUND, seat("Flo", "gp"), seat("Guy", "gp")]
    assert "QUO-03" not in {each for each, _ in _told(members(3), seats, {"Hal"})}
    found = dict(_told(members(3), seats, {"Hal", "Cy", "Di"}))
    assert found["QUO-03"].startswith("While 3 members are away for long, no item is quorate if every GP stands down.")
    assert "Hal" not in found["QUO-03"], "why somebody is away, and who, is for those who look after it"
