"""What the chair, the secretary and the member see of conflicts, and do about them."""

from datetime import date

import pytest
import sqlalchemy as sa

from coi.audit.models import LedgerPayload
from coi.database import db
from coi.meetings.commands import change_item
from coi.meetings.conflicts.models import ConflictFlag, MeetingDeclaration, Ruling
from coi.meetings.conflicts.queries import flag_key, flags_of_item
from coi.meetings.proceedings.commands import open_item
from coi.meetings.proceedings.decision_commands import defer_item
from coi.meetings.proceedings.vocabulary import mark_of
from coi.meetings.vocabulary import ClassScope, FlagState, ItemDetails, Part, PresenceKind
from coi.organisations.models import Organisation
from coi.permissions.vocabulary import Role
from coi.registers.interests.vocabulary import InterestRole, InterestType
from tests.factories.accounts import account, role
from tests.factories.committees import a_committee
from tests.factories.meetings import (
    PLANNED,
    SYSTEM,
    a_declared_interest,
    a_nil_return,
    an_item,
    attending,
    minutes,
    moved,
    opened,
    ruled,
)
from tests.factories.organisations import a_release, an_organisation, ods_row
from tests.factories.people import a_person


@pytest.fixture
def item(stage):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(stage.scene.gp, elm)
    return an_item(stage.scene.meeting, affected=[elm])


def one(model):
    return db.session.scalars(sa.select(model)).one()


def rule_url(stage, item, who="gp"):
    return stage.url(f"items/{item.id}/conflicts/{stage.scene.people[who].id}/rule")


def key(item):
    return flag_key(flags_of_item(item, known_at=PLANNED)[0])


def test_the_chair_sees_what_waits_for_a_ruling_and_rules(stage, item):
    page = stage.as_("chair").get(stage.url(f"meetings/{item.meeting_id}/conflicts/"))
    assert "Dr Fay Fenn → partner at Elm Surgery → contract holder in item 7" in page.text
    assert "Searched 8 people, 1 interest" in page.text
    form = stage.client.click("Rule on Dr Fay Fenn for item 7")
    assert form.heading == "Rule on Dr Fay Fenn"
    assert form.soup.select("input[name=actions][checked]") == [], "the chair decides"
    assert form.group("What happens?").get_text().count("Suggested. ") == 2
    done = stage.client.post(rule_url(stage, item), {"actions": ["A3", "A4"], "rationale": "Her own contract"})
    assert "The ruling on Dr Fay Fenn is recorded." in done.notices[0]
    assert (one(Ruling).decided_by, one(Ruling).is_dictated) == (stage.scene.chair.id, False)


def test_words_that_are_matched_to_nothing_lead_whoever_may_match_them_to_that(stage, item):
    a_declared_interest(stage.scene.lay, "Some clinic that nobody knows")
    review, lead = (
        stage.url(f"meetings/{item.meeting_id}/conflicts/"),
        "Match those of the register, one after the other",
    )
    assert lead in stage.as_("scribe").get(review).links
    assert lead not in stage.as_("gp").get(review).links


def test_with_a_flag_stands_since_when_the_interest_runs_and_its_rules_wherever_it_is_read(stage, item):
    told = "Interest since 1 April 2019. Rules: MTG-02, MTG-06, MTG-08."
    conflicts = stage.url(f"meetings/{item.meeting_id}/conflicts/")
    for who, where in (
        ("chair", stage.url(f"items/{item.id}/")),
        ("chair", stage.url(f"meetings/{item.meeting_id}/agenda")),
        ("chair", stage.url(f"meetings/{item.meeting_id}/grid")),
        ("chair", conflicts),
        ("chair", rule_url(stage, item)),
        ("gp", f"{conflicts}mine"),
        ("gp", stage.url(f"items/{item.id}/flags/{key(item)}/answer")),
    ):
        assert told in stage.as_(who).get(where).text, where
    a_declared_interest(stage.scene.nurse, item.affected[0].organisation, ended_on=date(2026, 9, 1))
    assert "Interest from 1 April 2019 until 1 September 2026." in stage.as_("chair").get(conflicts).text
    ruled(stage.scene, item, "gp", "A3", "A4")
    opened(stage.scene)
    assert told in stage.as_("chair").get(conflicts).text


def test_a_ruling_without_a_reason_comes_back_with_what_was_chosen(stage, item):
    page = stage.as_("chair").post(rule_url(stage, item), {"actions": ["A4"], "rationale": ""})
    assert page.status_code == 422
    assert page.error_for("Why?") == "Enter why this is the right way to manage the conflict"
    assert page.value_of("What happens?") == "Leaves for the discussion and the decision"


def test_noting_an_own_contract_says_to_ask_the_guardian(stage, item):
    page = stage.as_("chair").post(rule_url(stage, item), {"actions": ["A6"], "rationale": "Immaterial"})
    assert page.errors[0].startswith("Ask the conflicts of interest Guardian first")


def test_the_chair_says_how_large_an_interest_is_that_is_only_noted(stage, item):
    said = {"actions": ["A6"], "rationale": "The holding is too small to matter here", "guardian_consulted": "y"}
    page = stage.as_("chair").post(rule_url(stage, item), said)
    assert page.status_code == 422
    assert page.error_for("How large is the interest? (optional unless it is only noted)").startswith("Say how large")
    done = stage.client.post(rule_url(stage, item), {**said, "magnitude": "12 of 4,000 shares."})
    told = "How large the interest is: 12 of 4,000 shares. The holding is too small to matter here"
    assert told in done.text


def test_the_secretary_records_a_ruling_as_dictated_and_the_chair_confirms_it(stage, item):
    form = stage.as_("scribe").get(rule_url(stage, item))
    assert form.heading == "Record the ruling on Dr Fay Fenn"
    data = {"actions": ["A4"], "rationale": "Her own contract", "decided_by": str(stage.scene.chair.id)}
    stage.client.post(rule_url(stage, item), data)
    assert one(Ruling).is_dictated
    page = stage.as_("chair").get(stage.url("rulings/to-confirm"))
    assert "Recorded by Mr Sam Scribe" in page.text
    done = stage.client.post(stage.url(f"rulings/{one(Ruling).id}/confirm"))
    assert done.notices == ["The ruling is confirmed."]
    assert "No ruling waits for you" in done.text


@pytest.mark.parametrize("who", ["gp", "nurse"])
def test_a_member_who_does_not_preside_finds_no_ruling_page(stage, item, who):
    assert stage.as_(who).get(rule_url(stage, item)).status_code == 404
    assert stage.as_(who).get(stage.url(f"items/{item.id}/flags/{key(item)}/dismiss")).status_code == 404


def test_the_vice_chair_rules_where_the_chair_is_conflicted(stage):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(stage.scene.chair, elm)
    item = an_item(stage.scene.meeting, affected=[elm])
    assert stage.as_("chair").get(rule_url(stage, item, "chair")).status_code == 404
    page = stage.as_("vice").post(
        rule_url(stage, item, "chair"), {"actions": ["A1", "A4"], "rationale": "His own contract"}
    )
    assert page.notices
    assert one(Ruling).decided_by == stage.scene.vice.id


def test_the_chair_dismisses_a_flag_and_it_stays_dismissed(stage, item):
    url = stage.url(f"items/{item.id}/flags/{key(item)}/dismiss")
    assert stage.as_("chair").post(url, {"reason": ""}).error_for("Why is this not a conflict?")
    page = stage.client.post(url, {"reason": "Another Elm Surgery", "ground": "not_me"})
    assert page.errors[0].startswith("Ask the conflicts of interest Guardian first")
    page = stage.client.post(url, {"reason": "Another Elm Surgery", "ground": "not_me", "guardian_consulted": "y"})
    assert page.notices == ["The flag on Dr Fay Fenn is dismissed."]
    said = f"Dismissed by {stage.scene.chair.name}, who asked the Guardian: It is not this person or not this organisation. "
    said += "Another Elm Surgery."
    assert said in page.text and said in stage.client.get(stage.url(f"items/{item.id}/")).text
    meaning = stage.client.get(stage.url(f"meetings/{item.meeting_id}/what-it-means"))
    assert said in meaning.text and "Dr Fay Fenn, own contract, dismissed" in meaning.text
    assert one(ConflictFlag).state is FlagState.DISMISSED


def test_dismissing_a_flag_on_money_that_is_right_asks_how_large_the_interest_is(stage, item):
    """Rule: MTG-08; RULEBOOK §23 scenario 51."""
    url = stage.url(f"items/{item.id}/flags/{key(item)}/dismiss")
    told = {"reason": "The rent of another building", "guardian_consulted": "y"}
    assert (
        stage.as_("chair")
        .post(url, told)
        .error_for("Is the flag right?")
        .startswith("Select in what the flag is wrong")
    )
    assert stage.client.post(url, {**told, "ground": "agree"}).error_for("How large is the interest?")
    page = stage.client.post(url, {**told, "ground": "agree", "magnitude": "A fifth of the profits"})
    said = "How large the interest is: A fifth of the profits. The rent of another building."
    assert said in page.text and "The link between" not in page.text


def test_dismissing_a_flag_against_the_persons_own_answer_says_so(stage, item):
    stage.as_("gp").post(stage.url(f"items/{item.id}/flags/{key(item)}/answer"), {"answer": "agree"})
    url = stage.url(f"items/{item.id}/flags/{key(item)}/dismiss")
    assert "Dr Fay Fenn says that this is right." in stage.as_("chair").get(url).text
    page = stage.client.post(url, {"reason": "Not relevant", "guardian_consulted": "y", "ground": "ended"})
    assert page.error_for("Why is this not a conflict?").endswith("Dr Fay Fenn says that the flag is right")


def test_the_chair_confirms_a_flag(stage, item):
    page = stage.as_("chair").post(stage.url(f"items/{item.id}/flags/{key(item)}/confirm"))
    assert "It still needs a ruling" in page.notices[0]


def test_the_secretary_of_another_committee_writes_down_no_ruling(stage, item):
    stranger = a_person("Ms Ona Ott")
    account(stranger.id, "ona@example.nhs.uk")
    role(stranger.id, Role.SECRETARY, stage.scene.body.id, a_committee(stage.scene.body, "Quality", "QUAL").id)
    role(stranger.id, Role.MEMBER, stage.scene.body.id, stage.scene.committee.id)
    assert stage.as_("ona").get(stage.url(f"meetings/{item.meeting_id}/conflicts/")).status_code == 200
    assert stage.as_("ona").get(rule_url(stage, item)).status_code == 404
    data = {"actions": ["A4"], "rationale": "Own contract", "decided_by": str(stage.scene.chair.id)}
    assert stage.as_("ona").post(rule_url(stage, item), data).status_code == 404
    assert stage.as_("scribe").get(rule_url(stage, item)).status_code == 200


@pytest.mark.parametrize("who", ["scribe", "gp", "nurse"])
def test_whoever_does_not_preside_cannot_confirm_a_flag(stage, item, who):
    assert stage.as_(who).post(stage.url(f"items/{item.id}/flags/{key(item)}/confirm")).status_code == 404
    assert db.session.scalars(sa.select(ConflictFlag)).all() == []


def test_a_member_answers_a_flag_on_themself(stage, item):
    page = stage.as_("gp").get(stage.url(f"meetings/{item.meeting_id}/conflicts/mine"))
    assert page.heading == "You have one item on 10 November 2026"
    assert "Say whether this is right." in page.text
    assert "Declare it at the meeting, although it is on the register." in page.text
    url = stage.url(f"items/{item.id}/flags/{key(item)}/answer")
    assert stage.client.post(url, {}).error_for("Is this right?") == "Select whether this is right"
    page = stage.client.post(url, {"answer": "ended", "text": "I left in March"})
    assert page.error_for("When did it end?") == "Enter the day on which it ended"
    said = {"answer": "ended", "text": "I left in March", "since-day": "31", "since-month": "3", "since-year": "2026"}
    onward = stage.client.post(url, said)
    assert onward.heading == "When did the interest end?"
    assert onward.notices == ["Thank you. The chair can see your answer. Now say it on the register too"]
    assert 'value="31"' in onward.html and 'value="2026"' in onward.html
    review = stage.as_("chair").get(stage.url(f"meetings/{item.meeting_id}/conflicts/"))
    assert "Dr Fay Fenn says: it has ended, on 31 March 2026 – I left in March" in review.text
    for path in (f"items/{item.id}/", f"meetings/{item.meeting_id}/agenda"):
        assert "Dr Fay Fenn says: it has ended, on 31 March 2026" in stage.as_("chair").get(stage.url(path)).text
    assert stage.as_("nurse").get(url).status_code == 404


def test_one_answer_serves_every_item_that_the_interest_is_flagged_at(stage, item):
    other = an_item(stage.scene.meeting, "Rent review", affected=[item.affected[0].organisation])
    flags = {each.id: flags_of_item(each, known_at=PLANNED)[0] for each in (item, other)}
    url = stage.url(f"items/{item.id}/flags/{key(item)}/answer")
    page = stage.as_("gp").get(url)
    assert "Item 8: Rent review" in page.text
    stage.client.post(url, {"answer": "agree", "also": flags[other.id].fingerprint})
    assert [flags_of_item(each, known_at=PLANNED)[0].answer for each in (item, other)] == ["agree", "agree"]
    assert "Item 8: Rent review" in stage.client.get(url).text
    assert stage.as_("nurse").get(url).status_code == 404


def test_an_answer_that_it_is_not_them_leads_to_the_interest_with_what_was_said(stage, item):
    url = stage.url(f"items/{item.id}/flags/{key(item)}/answer")
    assert stage.as_("gp").post(url, {"answer": "not_me"}).error_for("In your words")
    onward = stage.client.post(url, {"answer": "not_me", "text": "It is the Elm Surgery in York"})
    assert onward.value_of("What changed, and why? (optional)") == "It is the Elm Surgery in York"


def test_a_flag_that_came_back_says_what_changed_to_the_chair(stage, item):
    stage.as_("chair").post(
        stage.url(f"items/{item.id}/flags/{key(item)}/dismiss"),
        {"reason": "Only noted", "guardian_consulted": "y", "ground": "ended"},
    )
    details = ItemDetails("Award of a contract", item.purpose, function_code="contracts")
    change_item(item, details, version=item.version, actor=SYSTEM, at=PLANNED)
    page = stage.client.get(stage.url(f"meetings/{item.meeting_id}/conflicts/"))
    assert "Since then, the item changed." in page.text
    assert "Title: before: Variation of a contract → now: Award of a contract" in page.text
    for url in (f"items/{item.id}/", f"meetings/{item.meeting_id}/agenda"):
        assert "Since then, the item changed: title." in stage.client.get(stage.url(url)).text


def test_a_member_without_flags_is_told_so_with_what_was_searched(stage, item):
    page = stage.as_("nurse").get(stage.url(f"meetings/{item.meeting_id}/conflicts/mine"))
    assert "No item of this meeting touches an interest of yours" in page.text
    assert "Searched 8 people" in page.text


def test_anybody_tells_the_chair_and_is_not_named(stage, item):
    """Rule: MTG-11."""
    url = stage.url(f"items/{item.id}/flags/raise")
    data = {"person": str(stage.scene.lay.id), "text": "Her brother runs the bidder"}
    page = stage.as_("nurse").post(url, data)
    assert page.notices == ["The chair is told."]
    assert "Her brother runs the bidder" in page.text
    assert "Mrs Eve Elder" not in page.text
    review = stage.url(f"meetings/{item.meeting_id}/conflicts/")
    for who in ("scribe", "chair"):
        assert "Told by Mrs Eve Elder." in stage.as_(who).get(review).text, who
    for who in ("vice", "gp"):
        assert "Told by" not in stage.as_(who).get(review).text, who


@pytest.mark.parametrize("told_of", ["scribe", "chair", "guardian"])
def test_whoever_is_flagged_never_sees_who_told(stage, item, told_of):
    guardian = stage.scene.people["guardian"] = a_person("Ms Gail Gale")
    account(guardian.id, "guardian@example.nhs.uk")
    role(guardian.id, Role.GUARDIAN, stage.scene.body.id)
    attending(stage.scene, guardian, at=PLANNED)
    a_nil_return(guardian)
    data = {"person": str(stage.scene.people[told_of].id), "text": "A cousin runs the bidder"}
    stage.as_("nurse").post(stage.url(f"items/{item.id}/flags/raise"), data)
    entry = max(db.session.scalars(sa.select(LedgerPayload.seq).where(LedgerPayload.subject_table == "conflict_flag")))
    pages = (stage.url(f"meetings/{item.meeting_id}/conflicts/"), stage.url(f"ledger/{entry}"))
    for who in ("scribe", "chair", "guardian"):
        for page in pages:
            text = stage.as_(who).get(page).text
            assert "A cousin runs the bidder" in text, (who, page)
            assert ("Mrs Eve Elder" in text) is (who != told_of), (who, page)


def test_a_secretary_with_a_conflict_of_her_own_on_the_item_sees_nobody_who_told(stage):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(stage.scene.people["scribe"], elm)
    item = an_item(stage.scene.meeting, affected=[elm])
    data = {"person": str(stage.scene.lay.id), "text": "A cousin runs the bidder"}
    stage.as_("nurse").post(stage.url(f"items/{item.id}/flags/raise"), data)
    entry = max(db.session.scalars(sa.select(LedgerPayload.seq).where(LedgerPayload.subject_table == "conflict_flag")))
    for page in (f"meetings/{item.meeting_id}/conflicts/", f"ledger/{entry}", f"items/{item.id}/story"):
        text = stage.as_("scribe").get(stage.url(page), queries=45).text
        assert "by Mrs Eve Elder" not in text, page
        assert "A cousin runs the bidder" in text, page


def test_one_ruling_on_all_practices_alike(stage):
    a_release(ods_row("Z10001", "ELM SURGERY"), ods_row("Z10002", "OAK SURGERY"))
    practices = {row.code: row for row in db.session.scalars(sa.select(Organisation))}
    a_declared_interest(stage.scene.gp, practices["Z10001"])
    a_declared_interest(stage.scene.other_gp, practices["Z10002"])
    item = an_item(stage.scene.meeting, "Local scheme", class_scope=ClassScope.ALL_PRACTICES)
    page = stage.as_("chair").get(stage.url(f"items/{item.id}/conflicts/rule-on-all"))
    assert page.heading == "Rule on everybody whom it concerns alike", "a class may be one of networks"
    assert len(page.value_of("Who is this about?")) == 2
    (flag,) = [each for each in flags_of_item(item, known_at=PLANNED) if each.person_id == stage.scene.gp.id]
    ended = {"answer": "ended", "since-day": "30", "since-month": "9", "since-year": "2026"}
    stage.as_("gp").post(stage.url(f"items/{item.id}/flags/{flag_key(flag)}/answer"), ended)
    page = stage.as_("chair").get(stage.url(f"items/{item.id}/conflicts/rule-on-all"))
    assert page.value_of("Who is this about?") == stage.scene.other_gp.name
    assert "Dr Fay Fenn says: it has ended, on 30 September 2026" in page.text
    people = [str(stage.scene.gp.id), str(stage.scene.other_gp.id)]
    data = {"persons": people, "actions": ["A4"], "rationale": "Every practice may take part"}
    done = stage.client.post(stage.url(f"items/{item.id}/conflicts/rule-on-all"), data)
    assert done.notices == ["The rulings are recorded, one for each person."]
    assert len(db.session.scalars(sa.select(Ruling)).all()) == 2


def test_the_secretary_records_what_was_declared_at_the_item(stage, item):
    opened(stage.scene)
    stage.at(minutes(20))
    url = stage.url(f"meetings/{item.meeting_id}/declarations/{stage.scene.gp.id}?item={item.id}")
    page = stage.as_("scribe").get(url)
    assert page.heading == "What Dr Fay Fenn declared"
    assert page.value_of("When was it declared?") == "When the item began"
    assert stage.client.post(url, {"point": "at_item"}).error_for("What was declared?") == "Select what was declared"
    known = flags_of_item(item, known_at=PLANNED)[0].interest_id
    said = {"point": "at_item", "interest": str(known)}
    early = stage.client.post(url, {**said, "said_at": "10:40"})
    assert early.error_for("At what time, if not now? (optional)") == "Enter a time that has passed"
    done = stage.client.post(url, {**said, "said_at": "10:10"})
    assert done.heading == "Variation of a contract"
    assert "Declared at the item" in done.text
    assert (one(MeetingDeclaration).due_on, one(MeetingDeclaration).declared_at) == (None, minutes(10))


def test_no_box_is_ticked_for_the_chair_on_a_weaker_flag_either_and_the_suggestion_stands_beside(stage, item):
    a_declared_interest(
        stage.scene.nurse, item.affected[0].organisation, InterestRole.TRUSTEE, kind=InterestType.NON_FINANCIAL_PERSONAL
    )
    form = stage.as_("chair").get(rule_url(stage, item, "nurse"))
    assert "Related interest" in form.text and "Suggested: " in form.text
    assert not form.value_of("What happens?") and "Suggested. " in form.group("What happens?").get_text()


def test_a_ruling_before_the_meeting_is_made_now_and_no_time_is_asked(stage, item):
    time = "At what time, if not now? (optional)"
    assert time not in stage.as_("chair").get(rule_url(stage, item)).text
    opened(stage.scene)
    assert time in stage.client.get(rule_url(stage, item)).text


def test_a_new_interest_says_by_when_it_has_to_be_on_the_register(stage, item):
    opened(stage.scene)
    stage.at(minutes(20))
    url = stage.url(f"meetings/{item.meeting_id}/declarations/{stage.scene.lay.id}")
    assert stage.as_("scribe").post(url, {"point": "start", "interest": "new"}).errors == ["Enter what was declared"]
    page = stage.client.post(url, {"point": "start", "interest": "new", "text": "My son works for the bidder"})
    assert "It has to be on the register by 8 December 2026" in page.notices[0]


def test_whoever_is_recorded_as_out_of_the_room_declares_at_an_item_only_where_it_was_so(stage, item):
    opened(stage.scene)
    open_item(item, actor=SYSTEM, at=minutes(5))
    moved(stage.scene, "gp", PresenceKind.LEFT, minutes(8), item)
    stage.at(minutes(20))
    url = stage.url(f"meetings/{item.meeting_id}/declarations/{stage.scene.gp.id}?item={item.id}")
    said = {"point": "during_item", "interest": "new", "text": "My sister runs the bidder"}
    asked = stage.as_("scribe").post(url, {**said, "said_at": "10:09"})
    assert "By the movements recorded Dr Fay Fenn was out of the room at 10:09am" in asked.errors[0]
    assert "is_so" in asked.html and not db.session.scalars(sa.select(MeetingDeclaration)).all()
    assert "is_so" not in stage.client.post(url, {**said, "said_at": "10:08"}).html
    assert "is recorded" in stage.client.post(url, {**said, "said_at": "10:09", "is_so": "y"}).notices[0]
    assert len(db.session.scalars(sa.select(MeetingDeclaration)).all()) == 2


def test_what_is_declared_during_an_item_is_of_the_item_that_is_open_and_counts_in_who_presides(stage, item):
    a_declared_interest(stage.scene.chair, item.affected[0].organisation)
    opened(stage.scene)
    stage.at(minutes(20))
    url = stage.url(f"meetings/{item.meeting_id}/declarations/{stage.scene.people['vice'].id}")
    said = {"point": "during_item", "interest": "new", "text": "My sister runs the bidder"}
    refused = stage.as_("scribe").post(url, said)
    assert refused.error_for("Which item is it about?") == "Select the item that it was declared at"
    open_item(item, actor=SYSTEM, at=minutes(20))
    room = stage.client.get(stage.url(f"items/{item.id}/room/"))
    assert f"{stage.scene.people['vice'].name}, the vice chair, presides" in room.text
    page = stage.client.get(url)
    assert page.value_of("When was it declared?") == "During the item"
    assert page.value_of("Which item is it about?") == "Item 7: Variation of a contract"
    done = stage.client.post(url, {**said, "about": str(item.id)})
    assert "My sister runs the bidder" in done.text and "the vice chair, presides" not in done.text
    assert "The remaining voting members without a conflict agree who presides" in done.text


def test_everybody_in_the_room_can_declare_at_the_item_that_is_open(stage, item):
    opened(stage.scene)
    stage.at(minutes(20))
    page = stage.as_("scribe").get(stage.url(f"items/{item.id}/room/"))
    nurse = f"declare:{stage.scene.nurse.id}"
    assert nurse in [button.get("value") for button in page.soup.select("#people button")]
    there = stage.client.post(
        stage.url(f"items/{item.id}/room/keep"), {"do": nurse, "text": "", "seen": mark_of(item.discussion)}
    )
    assert there.heading == f"What {stage.scene.nurse.name} declared" and f"item={item.id}" in there.path


def test_nobody_outside_the_committee_sees_anything(stage, item):
    assert (
        stage.client.signed_out().get(stage.url(f"meetings/{item.meeting_id}/conflicts/"), follow=False).status_code
        == 303
    )
    assert stage.as_("nurse").get(f"/elsewhere/meetings/{item.meeting_id}/conflicts/").status_code == 404


def test_the_chair_is_told_what_each_button_does_and_the_secretary_what_is_hers(stage, item):
    address = stage.url(f"meetings/{item.meeting_id}/conflicts/")
    page = stage.as_("chair").get(address)
    assert "It is no conflict : you say why." in page.text
    assert "Record the ruling as dictated" not in page.text
    assert "You decide." in stage.client.get(rule_url(stage, item)).text
    page = stage.as_("scribe").get(address)
    assert "write down what the chair told you" in page.text
    assert "It is no conflict" not in page.text
    form = stage.client.get(rule_url(stage, item))
    assert "Suggested:" in form.text
    assert "You decide." not in form.text


def test_each_action_of_the_closed_list_says_what_it_means(stage, item):
    text = stage.as_("chair").get(rule_url(stage, item)).text
    assert (
        "Joins the discussion, is out of the room for the decision, does not vote, does not count towards the quorum."
        in text
    )
    assert (
        "Joins the discussion, is in the room for the decision, does not vote, does not count towards the quorum."
        in text
    )
    assert "Gets no papers." in text


def test_the_chair_is_not_told_to_rule_on_her_own_flag(stage, item):
    oak = an_organisation("Oak Surgery")
    a_declared_interest(stage.scene.chair, oak)
    an_item(stage.scene.meeting, "Rent review", [oak])
    page = stage.as_("chair").get(stage.url(""))
    assert "1 flag needs a ruling for 10 November 2026" in page.text
    assert "You have one item on 10 November 2026: answer and declare" in page.text


def test_an_interest_leads_to_the_items_that_it_touches(stage, item):
    interest = flags_of_item(item, known_at=PLANNED)[0].interest_id
    client = stage.as_("gp")
    page = client.get(stage.url(f"registers/interests/mine/{interest}"))
    page = client.click("Items of meetings that this interest touches")
    assert f"Item {item.position}: Variation of a contract" in page.links
    assert "Dr Fay Fenn → partner at Elm Surgery" in page.text
    other = a_declared_interest(stage.scene.nurse, an_organisation("Ash Ltd"))
    assert client.get(stage.url(f"interests/{other.id}/meetings")).status_code == 404


def a_guest(stage):
    guest = a_person("Mx Gus Guest")
    account(guest.id, "guest@example.nhs.uk")
    role(guest.id, Role.DECLARANT, stage.scene.body.id)
    attending(stage.scene, guest, at=PLANNED)
    return guest


def test_a_guest_without_a_role_sees_what_concerns_them_answers_and_tells_the_chair(stage, item):
    guest, elm = a_guest(stage), item.affected[0].organisation
    a_declared_interest(guest, elm)
    private = an_item(stage.scene.meeting, "A secret merger", [elm], part=Part.PRIVATE, private_reason="In confidence")
    page = stage.as_("guest").get(stage.url(""))
    page = stage.client.click("You have one item on 10 November 2026: answer and declare")
    assert page.heading == "You have one item on 10 November 2026"
    assert "merger" not in page.text
    own = next(flag for flag in flags_of_item(item, known_at=PLANNED) if flag.person_id == guest.id)
    done = stage.client.post(stage.url(f"items/{item.id}/flags/{flag_key(own)}/answer"), {"answer": "agree"})
    assert done.heading == "You have one item on 10 November 2026"
    told = stage.url(f"items/{item.id}/flags/raise")
    done = stage.client.post(told, {"person": str(stage.scene.lay.id), "text": "Her brother runs the bidder"})
    assert done.notices == ["The chair is told."]
    for path in (f"items/{private.id}/flags/raise", f"meetings/{item.meeting_id}/conflicts/", f"items/{item.id}/"):
        assert stage.client.get(stage.url(path)).status_code == 404, path


def test_what_was_ruled_is_asked_of_the_person_on_the_first_page_and_their_own(stage, item):
    ruled(stage.scene, item, "gp", "A3", "A4")
    page = stage.as_("gp").get(stage.url(""))
    page = stage.client.click("You have one item on 10 November 2026: answer, declare, leave and get no papers")
    assert "Leave for the discussion and the decision." in page.text
    assert "You get no papers on it." in page.text


def test_somebody_who_takes_no_part_has_no_items_there(stage, item):
    stranger = a_person("Ms Ona Ott")
    account(stranger.id, "ona@example.nhs.uk")
    role(stranger.id, Role.DECLARANT, stage.scene.body.id)
    assert stage.as_("ona").get(stage.url(f"meetings/{item.meeting_id}/conflicts/mine")).status_code == 404
    assert stage.client.get(stage.url(f"items/{item.id}/flags/raise")).status_code == 404


def test_the_chair_confirms_a_dictated_ruling_where_she_reads_it(stage, item):
    stage.as_("chair").post(stage.url(f"items/{item.id}/flags/{key(item)}/confirm"))
    data = {"actions": ["A4"], "rationale": "Her own contract", "decided_by": str(stage.scene.chair.id)}
    stage.as_("scribe").post(rule_url(stage, item), data)
    review, button = stage.url(f"meetings/{item.meeting_id}/conflicts/"), "Confirm the ruling on Dr Fay Fenn for item 7"
    page = stage.client.get(review)
    assert button not in page.text and "A conflict" in page.text
    page = stage.as_("chair").get(review)
    assert button in page.text and "Confirmed To be confirmed" not in page.text
    stage.client.post(page.soup.find("button", string=button).find_parent("form")["action"])
    assert one(Ruling).confirmed_at is not None
    assert button not in stage.client.get(review).text


def test_of_a_settled_item_that_named_nobody_it_is_said_that_it_was_not_screened(stage):
    nameless = an_item(stage.scene.meeting, "A plan")
    opened(stage.scene)
    stage.at(minutes(30))
    review = stage.url(f"meetings/{nameless.meeting_id}/conflicts/")
    assert "Not screened yet: it names no organisation." in stage.as_("scribe").get(review).text
    defer_item(nameless, "No time", actor=stage.scene.secretary, at=minutes(30))
    page = stage.client.get(review)
    assert "Not screened: it named no organisation." in page.text and "Not screened yet" not in page.text


def test_once_a_meeting_is_over_each_item_says_what_was_searched_for_it_then(stage, item):
    """Nothing is compared any more: the numbers of today are no answer."""
    opened(stage.scene)
    defer_item(item, "No time", actor=stage.scene.secretary, at=minutes(30))
    a_declared_interest(stage.scene.nurse, an_organisation("Oak Surgery"), at=minutes(40))
    stage.at(minutes(60))
    then = "Searched 8 people, 1 interest and 0 relations between organisations against 1 item."
    pages = [
        stage.as_("chair").get(stage.url(f"meetings/{item.meeting_id}/{each}")) for each in ("conflicts/", "agenda")
    ]
    for page in pages:
        assert "against 0 items" not in page.text and "2 interests" not in page.text
        assert (
            "Every item is settled. What was found, and what was searched for it, stands as it was then." in page.text
        )
    of_item = stage.client.get(stage.url(f"items/{item.id}/"))
    for page in (pages[0], of_item):
        assert f"When it was settled: {then}" in page.text
