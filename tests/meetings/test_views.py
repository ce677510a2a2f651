"""Pages of planning, as people use them: plan, add, name an organisation, see who is flagged, reorder, take off."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coi import clock
from coi.accounts.models import RoleGrant
from coi.database import db
from coi.errors import RuleBroken
from coi.meetings.conflicts.flag_commands import check_open
from coi.meetings.deferral_commands import call_off, carry_on
from coi.meetings.proceedings.commands import close_meeting
from coi.meetings.queries import agenda_of
from coi.meetings.vocabulary import Part, Purpose
from coi.notifications.models import OutboxMessage
from coi.permissions.vocabulary import Role
from tests.factories.accounts import account_with
from tests.factories.interests import an_interest, details_of
from tests.factories.meetings import (
    HELD_ON,
    PLANNED,
    Scene,
    a_declared_interest,
    a_meeting,
    a_scene,
    an_item,
    attending,
    minutes,
    opened,
    ruled,
)
from tests.factories.organisations import an_organisation
from tests.factories.people import a_person, an_appointment
from tests.support.client import StrictClient

SECRETARY = "sam@example.nhs.uk"
BEFORE = date(2019, 1, 1)  # anybody had a role


@pytest.fixture
def scene(app: Flask, client: StrictClient) -> Scene:
    """A committee with a planned meeting; its secretary is signed in."""
    scene = a_scene()
    secretary = a_person("Ms Sam Scribe")
    an_appointment(secretary, scene.body, "Committee secretary")
    account_with(secretary.id, SECRETARY, [Role.SECRETARY], scene.body.id)
    return scene


def url(scene: Scene, rest: str = "") -> str:
    return f"/{scene.body.slug}/{rest}"


def test_the_secretary_plans_a_meeting_and_lands_on_its_agenda(scene: Scene, client: StrictClient) -> None:
    client.as_(SECRETARY)
    page = client.post(
        url(scene, "meetings/plan"),
        {"committees": [str(scene.committee.id)], "held_on-day": "4", "held_on-month": "2", "held_on-year": "2027",
         "starts_at": "2pm", "venue": "Mill Room"},
    )  # fmt: skip
    assert page.heading == "Agenda, 4 February 2027"
    assert "Declarations of interest for any item on the agenda" in page.text


def test_a_meeting_in_a_far_year_is_asked_about_and_one_is_called_off_with_a_reason(
    scene: Scene, client: StrictClient
) -> None:
    client.as_(SECRETARY)
    day = {"held_on-day": "4", "held_on-month": "2", "held_on-year": "2099", "starts_at": "2pm"}
    page = client.post(url(scene, "meetings/plan"), {"committees": [str(scene.committee.id)], **day})
    assert page.errors == ["The date of the meeting must be within the next 2 years. Check the year"]
    meeting = scene.meeting
    page = client.post(url(scene, f"meetings/{meeting.id}/call-off"), {"because": ""})
    assert page.errors == ["Enter why the meeting is called off"]
    page = client.post(url(scene, f"meetings/{meeting.id}/call-off"), {"because": "Snow on all roads"})
    assert page.notices == ["The meeting is called off."] and "by Ms Sam Scribe" in page.text
    assert "Snow on all roads" in page.text and "Hold the meeting" not in page.text
    for path in ("agenda", "room/", "conflicts/", "minutes/", "edit"):
        assert client.get(url(scene, f"meetings/{meeting.id}/{path}")).status_code == 200


def test_those_who_were_to_come_are_told_once_that_a_meeting_was_called_off(
    app: Flask, scene: Scene, client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Ash", "Fenn"):
        attending(scene, a_person(f"Ms {name}", email=f"{name.lower()}@example.nhs.uk"))
    client.as_(SECRETARY)
    meeting = url(scene, f"meetings/{scene.meeting.id}/")
    assert client.post(f"{meeting}called-off/tell").notices == ["The meeting was not called off"]
    page = client.post(f"{meeting}call-off", {"because": "Snow on all roads"})
    assert "Copy these addresses" in page.text and "ash@example.nhs.uk; fenn@example.nhs.uk" in page.text
    monkeypatch.setitem(app.config, "COI", replace(app.config["COI"], smtp_url="smtp://localhost:25"))
    assert "Tell 2 people by email" in client.get(meeting).text
    page = client.post(f"{meeting}called-off/tell")
    assert page.notices == ["2 emails are on the way."]
    assert "An email was written to Ms Ash and Ms Fenn." in page.text and "by email" not in page.text
    assert client.post(f"{meeting}called-off/tell").notices == ["Everybody with an email address was told already"]
    mails = db.session.scalars(sa.select(OutboxMessage).where(OutboxMessage.subject.like("Called off%"))).all()
    assert sorted(each.to_address for each in mails) == ["ash@example.nhs.uk", "fenn@example.nhs.uk"]
    assert all("10 November 2026 was called off" in each.text and "Snow" not in each.text for each in mails)


def test_every_page_says_of_a_meeting_that_was_called_off_that_it_was(scene: Scene, client: StrictClient) -> None:
    item = an_item(scene.meeting, "A grant", ["Elm Surgery"])
    call_off(scene.meeting, "Snow", actor=scene.secretary, at=PLANNED)
    later = a_meeting(scene.committee, held_on=HELD_ON + timedelta(days=7))
    carry_on(later, item, actor=scene.secretary, at=PLANNED)
    client.as_(SECRETARY)
    assert "so it has no minutes" in client.get(url(scene, f"meetings/{scene.meeting.id}/minutes/")).text
    assert "which was called off." in client.get(url(scene, f"meetings/{later.id}/agenda")).text
    assert "so nothing was decided at it" in client.get(url(scene, f"items/{item.id}/story"), queries=60).text
    with pytest.raises(RuleBroken, match="called off"):
        check_open(item)


def test_a_second_meeting_on_one_day_is_asked_about_and_not_forbidden(scene: Scene, client: StrictClient) -> None:
    client.as_(SECRETARY)
    day = {"held_on-day": "10", "held_on-month": "11", "held_on-year": "2026", "starts_at": "2pm", "venue": "Mill Room"}
    data = {"committees": [str(scene.committee.id)], **day}
    page = client.post(url(scene, "meetings/plan"), data)
    assert page.status_code == 422
    assert "There is a meeting on that day already: " in page.errors[0] and scene.meeting.reference in page.errors[0]
    page = client.post(url(scene, "meetings/plan"), {**data, "second_that_day": "y"})
    assert page.heading == "Agenda, 10 November 2026"
    other = a_meeting(scene.committee, held_on=date(2026, 12, 8))
    edit = url(scene, f"meetings/{other.id}/edit")
    seen = client.get(edit).soup.find("input", attrs={"name": "seen"})["value"]
    page = client.post(edit, {**day, "seen": seen})
    assert page.status_code == 422 and "There is a meeting on that day already" in page.errors[0]
    page = client.post(edit, {**day, "seen": seen, "second_that_day": "y"})
    assert page.notices == ["The meeting is changed."]


@pytest.mark.parametrize(
    ("day", "time", "label", "error"),
    [
        ("31", "2pm", "Date of the meeting", "must be a real date"),
        ("", "2pm", "Date of the meeting", "must include a day"),
        ("4", "25:99", "Start time", "Start time must be"),
    ],
)
def test_a_date_or_time_that_cannot_be_is_said_beside_its_field(
    scene: Scene, client: StrictClient, day: str, time: str, label: str, error: str
) -> None:
    client.as_(SECRETARY)
    data = {
        "committees": [str(scene.committee.id)],
        "held_on-day": day,
        "held_on-month": "2",
        "held_on-year": "2027",
        "starts_at": time,
    }
    page = client.post(url(scene, "meetings/plan"), data)
    assert page.status_code == 422
    assert error in (page.error_for(label) or "")


def test_naming_an_organisation_shows_at_once_who_is_flagged_and_why(scene: Scene, client: StrictClient) -> None:
    practice = an_organisation("Otter Vale Surgery")
    a_declared_interest(scene.gp, practice)
    client.as_(SECRETARY)
    page = client.post(
        url(scene, f"meetings/{scene.meeting.id}/agenda/add"),
        {"title": "A contract", "purpose": "decide", "class_scope": "none", "part": "public"},
    )
    assert page.heading == "A contract"
    assert "cannot be screened" in page.text
    adding = page.links["Add an organisation"]
    found = client.post(adding, {"organisation-text": "Otter", "organisation-find": "1"})
    assert "Otter Vale Surgery" in found.text
    page = client.post(
        adding,
        {
            "organisation-text": "Otter",
            "organisation-asked": "Otter",
            "organisation-choice": str(practice.id),
            "relation": "contract_holder",
        },
    )
    assert "Dr Fay Fenn → partner at Otter Vale Surgery → contract holder" in page.text
    assert "Quorate" in page.text


def test_a_name_that_is_not_found_is_kept_only_on_purpose_and_the_near_ones_are_offered(
    scene: Scene, client: StrictClient
) -> None:
    an_organisation("Otter Vale Surgery")
    item = an_item(scene.meeting, "A contract")
    adding = url(scene, f"items/{item.id}/organisations/add")
    typed = {"organisation-text": "Oter Vale Surgry", "relation": "bidder"}
    page = client.as_(SECRETARY).post(adding, typed)
    assert "“Oter Vale Surgry” was not found. Did you mean one of these?" in page.text
    assert "Otter Vale Surgery" in page.text and "compared with interests by these words only" in page.text
    page = client.post(adding, {**typed, "organisation-asked": "Oter Vale Surgry"})
    assert page.status_code == 422 and "was found. Select one below" in page.errors[0]
    page = client.post(adding, {**typed, "organisation-asked": "Oter Vale Surgry", "organisation-choice": "words"})
    assert page.notices == [
        "The item concerns Oter Vale Surgry. It was screened at once, by these words only: they are not matched to an organisation."
    ]
    assert "Unmatched" in page.text
    page = client.post(adding, {"organisation-text": "Zzyx", "relation": "bidder"})
    assert "“Zzyx” was not found. Keep your own words?" in page.text
    db.session.refresh(item)
    gone = url(scene, f"items/{item.id}/organisations/{item.affected[0].id}/remove")
    page = client.post(gone, {"version": str(item.version)})
    assert page.notices == ["The item does not name Oter Vale Surgry any more. It was screened at once."]


@pytest.mark.parametrize("where", ["actions/add", "matter/add", "papers/add"])
def test_two_people_of_one_name_are_told_apart_wherever_one_is_chosen(
    scene: Scene, client: StrictClient, where: str
) -> None:
    for post in ("GP member", "Nurse lead"):
        an_appointment(a_person("Dr Anna Quill"), scene.body, post)
    item = an_item(scene.meeting, "A contract")
    page = client.as_(SECRETARY).get(url(scene, f"items/{item.id}/{where}"))
    assert "Dr Anna Quill, GP member" in page.text and "Dr Anna Quill, Nurse lead" in page.text


def test_the_registers_own_words_are_offered_where_nearly_the_same_are_entered(
    scene: Scene, client: StrictClient
) -> None:
    for words in ("Harbour Row Physio", "harbour row physio ltd", "Castle Dental"):
        a_declared_interest(scene.gp, words)
    item = an_item(scene.meeting, "A contract")
    adding = url(scene, f"items/{item.id}/organisations/add")
    typed = {"organisation-text": "Harbour Row Fysio", "relation": "bidder"}
    page = client.as_(SECRETARY).post(adding, typed)
    assert page.text.count("As the register of interests has it") == 1 and "Castle Dental" not in page.text
    offered = page.soup.select_one("input[name=organisation-choice][value^='as ']")["value"]
    chosen = {"organisation-asked": "Harbour Row Fysio", "organisation-choice": offered}
    page = client.post(adding, {**typed, **chosen})
    db.session.refresh(item)
    assert [(row.organisation_id, row.text.casefold()[:18]) for row in item.affected] == [(None, "harbour row physio")]
    assert "Dr Fay Fenn" in page.text
    page = client.post(adding, {**typed, **chosen, "organisation-choice": "as Anything"})
    assert page.status_code == 422


def test_an_item_moves_down_by_a_button_and_its_reference_stays(scene: Scene, client: StrictClient) -> None:
    item = an_item(scene.meeting, "First")
    an_item(scene.meeting, "Second")
    place, reference = item.position, item.reference
    client.as_(SECRETARY).get(url(scene, f"meetings/{scene.meeting.id}/agenda"))
    version = str(scene.meeting.agenda_version)
    page = client.post(
        url(scene, f"meetings/{scene.meeting.id}/agenda/move"),
        {"item": str(item.id), "places": "1", "version": version},
    )
    assert page.text.index("Second") < page.text.index("First")
    assert [each.reference for each in agenda_of(scene.meeting)][place] == reference


def test_an_agenda_that_somebody_else_changed_is_not_moved_blindly(scene: Scene, client: StrictClient) -> None:
    item = an_item(scene.meeting, "First")
    page = client.as_(SECRETARY).post(
        url(scene, f"meetings/{scene.meeting.id}/agenda/move"), {"item": str(item.id), "places": "1", "version": "1"}
    )
    assert page.status_code == 409


def test_who_is_slower_sees_every_field_that_the_other_window_changed(scene: Scene, client: StrictClient) -> None:
    earlier = an_item(a_meeting(scene.committee, held_on=HELD_ON - timedelta(days=28)), "Rent review, first part")
    item = an_item(scene.meeting, "Rent review")
    data = {"title": "Rent review", "purpose": "decide", "class_scope": "none", "part": "public", "version": "1"}
    told = {
        "class_scope": "all_practices",
        "function_code": "enhanced_services",
        "stage": "award",
        "continues": str(earlier.id),
    }
    # what the change takes from the item is looked for as well, so that its flags are kept
    client.as_(SECRETARY).post(url(scene, f"items/{item.id}/edit"), {**data, **told}, queries=50)
    page = client.post(url(scene, f"items/{item.id}/edit"), data)
    rows = page.table("The two versions")
    assert [row["Part"] for row in rows] == [
        "Concerns a whole class", "Function", "How far the matter is", "Continues an earlier item",
    ]  # fmt: skip
    assert rows[0]["Saved now"] == "Yes, all practices of the area"
    assert (
        rows[3]["Saved now"].startswith("Rent review, first part (") and rows[3]["What you entered"] == "No, it is new"
    )


def test_an_unmatched_organisation_beside_a_flagged_one_is_said_wherever_flags_are(
    scene: Scene, client: StrictClient
) -> None:
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, affected=[elm, "Oke Surgry"])
    said = "“Oke Surgry”: compared by these words only, so a flag may be missing."
    client.as_(SECRETARY)
    for path in (f"items/{item.id}/", f"meetings/{scene.meeting.id}/agenda", f"meetings/{scene.meeting.id}/briefing"):
        assert said in client.get(url(scene, path)).text


def test_an_item_that_names_nobody_is_not_said_to_be_quorate(scene: Scene, client: StrictClient) -> None:
    item = an_item(scene.meeting)
    client.as_(SECRETARY)
    for path in (f"items/{item.id}/", f"meetings/{scene.meeting.id}/what-if?title=Draft"):
        page = client.get(url(scene, path))
        assert "Nothing was compared: the item names no organisation." in page.text
        assert "However the chair rules" not in page.text and "are needed" not in page.text
    page = client.get(url(scene, f"meetings/{scene.meeting.id}/agenda"))
    assert "so it cannot be said who stands down" in page.text and "remain" not in page.text
    ruled(scene, item, "gp", "A4")
    db.session.commit()
    assert "Dr Fay Fenn stands down." in client.get(url(scene, f"meetings/{scene.meeting.id}/agenda")).text


@pytest.mark.parametrize(
    ("function", "purpose", "said"),
    [
        ("capital_expenditure", Purpose.DECIDE, True),
        ("capital_expenditure", Purpose.NOTE, False),
        ("contracts", Purpose.DECIDE, False),
    ],
)
def test_what_the_committee_may_not_decide_is_said_while_the_agenda_is_planned(
    scene: Scene, client: StrictClient, function: str, purpose: Purpose, said: bool
) -> None:
    """Rule: PCCC-05."""
    item = an_item(scene.meeting, function_code=function, purpose=purpose)
    db.session.commit()
    client.as_(SECRETARY)
    for path in (f"items/{item.id}/", f"meetings/{scene.meeting.id}/agenda"):
        text = client.get(url(scene, path)).text
        assert ("Cannot be decided here" in text) is said
        assert ("NHS England decides on this" in text) is said


def test_the_agenda_names_who_leaves_without_a_vote_besides_those_who_stand_down(
    scene: Scene, client: StrictClient
) -> None:
    elm = an_organisation("Elm Surgery")
    guest = a_person("Ms Gail Guest")
    attending(scene, guest)
    for person in (scene.gp, guest):
        a_declared_interest(person, elm)
    an_item(scene.meeting, affected=[elm])
    db.session.commit()
    page = client.as_(SECRETARY).get(url(scene, f"meetings/{scene.meeting.id}/agenda"))
    assert "Dr Fay Fenn stands down. Ms Gail Guest, who has no vote, leaves too." in page.text


@pytest.mark.parametrize("ended", ["closed", "called off"])
def test_nothing_prepares_a_meeting_that_is_over(scene: Scene, client: StrictClient, ended: str) -> None:
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm)
    an_item(scene.meeting, "A grant", [elm])
    if ended == "closed":
        opened(scene)
        close_meeting(scene.meeting, minutes(5), actor=scene.secretary, at=minutes(9))
    else:
        call_off(scene.meeting, "Snow", actor=scene.secretary, at=PLANNED)
    db.session.commit()
    client.as_(SECRETARY)
    pages = {
        path: client.get(url(scene, f"meetings/{scene.meeting.id}/{path}")).text
        for path in ("", "agenda", "conflicts/")
    }
    for text in pages.values():
        assert not any(
            each in text.lower() for each in ("briefing", "what it means", "what if", "less leaving", "needs a ruling")
        )
    for path in ("briefing", "briefing.pdf", "what-it-means", "what-if", "order/"):
        page = client.get(url(scene, f"meetings/{scene.meeting.id}/{path}"))
        assert page.notices == ["This meeting is over, so that page is no longer there."]


def test_two_people_who_edit_one_item_see_both_texts(scene: Scene, client: StrictClient) -> None:
    item = an_item(scene.meeting, "Ours")
    data = {"title": "Theirs", "purpose": "decide", "class_scope": "none", "part": "public", "version": "1"}
    client.as_(SECRETARY).post(url(scene, f"items/{item.id}/edit"), data)
    page = client.post(url(scene, f"items/{item.id}/edit"), {**data, "title": "Mine <b>"})
    assert page.status_code == 409
    assert "Theirs" in page.text and page.value_of("Title of the item") == "Mine <b>"
    assert page.table("The two versions") == [{"Part": "Title", "Saved now": "Theirs", "What you entered": "Mine <b>"}]
    page = client.post(url(scene, f"items/{item.id}/edit"), {**page.form_fields(), "purpose": "decide"})
    assert page.notices == ["The item is changed."] and page.heading == "Mine <b>"


def test_a_form_sent_twice_adds_one_item(scene: Scene, client: StrictClient) -> None:
    client.as_(SECRETARY)
    data = {
        "title": "Once",
        "purpose": "note",
        "class_scope": "none",
        "part": "public",
        "form_key": "6f6e6365-0000-4000-8000-000000000001",
    }
    for _time in range(2):
        page = client.post(url(scene, f"meetings/{scene.meeting.id}/agenda/add"), data)
        assert page.heading == "Once"
    assert [item.title for item in agenda_of(scene.meeting)].count("Once") == 1
    page = client.post(url(scene, f"meetings/{scene.meeting.id}/agenda/add"), data | {"form_key": str(uuid.uuid4())})
    assert page.status_code == 422 and "is the same. Give another item a title of its own" in page.text


def test_an_item_in_public_that_lands_behind_one_in_private_says_so(scene: Scene, client: StrictClient) -> None:
    an_item(scene.meeting, "In confidence", part=Part.PRIVATE, private_reason="Commercially confidential")
    client.as_(SECRETARY)
    data = {"title": "A late item", "purpose": "note", "class_scope": "none", "part": "public"}
    page = client.post(url(scene, f"meetings/{scene.meeting.id}/agenda/add"), data)
    assert any("stands after an item in private" in each for each in page.notices)
    agenda = client.get(url(scene, f"meetings/{scene.meeting.id}/agenda"))
    assert agenda.text.count("stands after an item in private") == 1


def test_an_item_is_taken_off_after_asking(scene: Scene, client: StrictClient) -> None:
    item = an_item(scene.meeting, "Gone")
    client.as_(SECRETARY).get(url(scene, f"items/{item.id}/remove"))
    page = client.post(url(scene, f"items/{item.id}/remove"))
    assert "off the agenda" in page.text
    assert "Gone" not in [each.title for each in agenda_of(scene.meeting)]


def test_the_first_page_says_what_waits_and_the_meeting_opens_on_its_tasks(scene: Scene, client: StrictClient) -> None:
    practice = an_organisation("Otter Vale Surgery")
    a_declared_interest(scene.gp, practice)
    an_item(scene.meeting, "A contract", [practice])
    page = client.as_(SECRETARY).get(url(scene))
    assert page.heading == "What waits for you"
    assert "1 flag needs a ruling for 10 November 2026" in page.text
    page = client.get(url(scene, f"meetings/{scene.meeting.id}/"))
    assert "Needs a ruling" in page.text
    assert "1 person on 1 item" in page.text


def test_an_administrator_sees_what_to_look_after_and_what_a_body_lacks(scene: Scene, client: StrictClient) -> None:
    keeper = a_person("Ms Adi Akers")
    account_with(keeper.id, "adi@example.nhs.uk", [Role.ADMINISTRATOR], scene.body.id)
    page = client.as_("adi@example.nhs.uk").get(url(scene))
    assert "Nobody is the Conflicts of Interest Guardian. Give somebody the role" in page.text
    assert "people have no account yet" in page.text
    assert "What you look after" in page.text
    for words in ("Accounts and roles", "People", "Organisations"):
        assert client.get(page.links[words]).status_code == 200
    assert "Enter a commissioning body" not in page.links
    assert "You do not see registers, meetings or minutes." in page.text


def test_an_administrator_is_told_of_a_guardian_who_has_declared_an_interest_in_a_provider_since(
    scene: Scene, client: StrictClient
) -> None:
    """Source: RULEBOOK §9 (provided no provider interests)."""
    account_with(a_person("Ms Adi Akers").id, "adi@example.nhs.uk", [Role.ADMINISTRATOR], scene.body.id)
    guardian = a_person("Ms Gua Rdian")
    account_with(guardian.id, "gua@example.nhs.uk", [Role.GUARDIAN], scene.body.id)
    (grant,) = db.session.scalars(sa.select(RoleGrant).where(RoleGrant.person_id == guardian.id))
    given = clock.end_of_day(grant.valid_from)
    said = "Ms Gua Rdian, the Conflicts of Interest Guardian, has declared an interest in a provider since they have the role"
    elm, other = an_organisation("Elm Surgery"), an_organisation("Oak Surgery")
    an_interest(
        guardian,
        details_of(elm, arose_on=BEFORE, keep_private_because="I was threatened"),
        at=given + timedelta(hours=1),
    )
    assert said not in client.as_("adi@example.nhs.uk").get(url(scene)).text, "what the public may not see is not told"
    an_interest(guardian, details_of(other, arose_on=BEFORE), at=given + timedelta(hours=2))
    db.session.commit()
    page = client.get(url(scene))
    assert said in page.text and "Oak Surgery" not in page.text


def test_a_reason_was_asked_of_a_guardian_who_had_an_interest_in_a_provider_before(
    scene: Scene, client: StrictClient
) -> None:
    account_with(a_person("Ms Adi Akers").id, "adi@example.nhs.uk", [Role.ADMINISTRATOR], scene.body.id)
    guardian = a_person("Ms Gua Rdian")
    account_with(guardian.id, "gua@example.nhs.uk", [Role.GUARDIAN], scene.body.id)
    (grant,) = db.session.scalars(sa.select(RoleGrant).where(RoleGrant.person_id == guardian.id))
    an_interest(
        guardian, details_of(an_organisation("Elm Surgery"), arose_on=BEFORE), at=clock.end_of_day(grant.valid_from)
    )
    db.session.commit()
    assert "Ms Gua Rdian" not in client.as_("adi@example.nhs.uk").get(url(scene)).text


def test_a_secretary_is_not_shown_what_administrators_do(scene: Scene, client: StrictClient) -> None:
    assert "What you look after" not in client.as_(SECRETARY).get(url(scene)).text


def test_an_item_moves_past_one_that_is_kept_from_the_secretary(scene: Scene, client: StrictClient) -> None:
    account_with(scene.gp.id, "fay@example.nhs.uk", [Role.SECRETARY], scene.body.id)
    first = an_item(scene.meeting, "First")
    hidden = an_item(scene.meeting, "Hidden", part=Part.PRIVATE, private_reason="A contract")
    an_item(scene.meeting, "Last", part=Part.PRIVATE, private_reason="A contract")
    ruled(scene, hidden, "gp", "A3", "A4")
    page = client.as_("fay@example.nhs.uk").get(url(scene, f"meetings/{scene.meeting.id}/agenda"))
    assert "Hidden" not in page.text
    moves = page.soup.select_one(f"#item-{first.id} form")
    sent = {each["name"]: each["value"] for each in (*moves.select("input"), moves.select("button")[-1])}
    client.post(moves["action"], {name: sent[name] for name in ("item", "places", "version")})
    order = [each.title for each in agenda_of(scene.meeting)]
    assert order.index("First") > order.index("Last")
