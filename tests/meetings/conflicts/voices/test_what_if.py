"""What if: a draft item, a proposed member, deputy or guest. The same screening and forecast, and nothing stored."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from coi.committees.vocabulary import MemberClass
from coi.database import db
from coi.meetings.commands import add_affected, add_item
from coi.meetings.conflicts.voices.trial_queries import try_out
from coi.meetings.conflicts.voices.trial_vocabulary import Proposal, TrialDetails
from coi.meetings.models import AffectedOrganisation, AgendaItem, Attendance
from coi.meetings.queries import agenda_of
from coi.meetings.vocabulary import AffectedDetails, AffectedRelation, ItemDetails, Purpose
from coi.organisations.models import Organisation
from coi.organisations.vocabulary import OrganisationKind, RelationKind
from coi.registers.aliases.commands import teach
from coi.registers.aliases.vocabulary import AliasDetails
from tests.factories.meetings import PLANNED, a_declared_interest, a_meeting, a_nil_return, a_scene, an_item
from tests.factories.organisations import a_relation, a_release, an_organisation, ods_row
from tests.factories.people import a_person


@pytest.fixture
def elm(app):
    return an_organisation("Elm Surgery")


def counts():
    return [
        db.session.scalar(sa.select(sa.func.count()).select_from(each))
        for each in (AgendaItem, AffectedOrganisation, Attendance)
    ]


def test_a_draft_item_shows_flags_quorum_and_voice_and_stores_nothing(stage, elm):
    a_declared_interest(stage.scene.gp, elm)
    a_declared_interest(stage.scene.other_gp, elm)
    db.session.commit()
    before = counts()
    url = stage.url(f"meetings/{stage.scene.meeting.id}/what-if")
    chosen = f"first-text=Elm&first-asked=Elm&first-choice={elm.id}&first_relation=contract_holder"
    page = stage.as_("scribe").get(f"{url}?title=Elm+branch&{chosen}")
    assert "Dr Fay Fenn → partner at Elm Surgery → contract holder in item 9" in page.text
    assert "No GP remains. Mrs Eve Elder (nurse) remains." in page.text
    assert page.value_of("Title of the draft item (optional)") == "Elm branch"
    assert counts() == before


def test_the_title_of_a_draft_item_is_read_as_on_the_agenda(stage):
    a_release(ods_row("Z10001", "ELM SURGERY"), ods_row("Z10002", "OAK SURGERY"))
    (elm,) = db.session.scalars(sa.select(Organisation).where(Organisation.code == "Z10001"))
    a_declared_interest(stage.scene.gp, elm)
    db.session.commit()
    url = stage.url(f"meetings/{stage.scene.meeting.id}/what-if")
    page = stage.as_("scribe").get(f"{url}?title=Elm+Surgery+contract+extension")
    assert "Read from the title: ELM SURGERY, since" in page.text
    assert "Dr Fay Fenn → partner at ELM SURGERY → " in page.text
    every = stage.client.get(f"{url}?title=Local+enhanced+service+for+all+practices")
    assert "Read from the title: All practices of the area" in every.text
    assert "All practices alike" in every.text
    assert "Nothing was compared" in stage.client.get(f"{url}?title=Finance+report").text


def test_a_draft_item_concerns_the_practices_of_a_network(stage, elm):
    network = an_organisation("Hill Network", OrganisationKind.PCN)
    a_relation(network, RelationKind.COMMISSIONED_BY, an_organisation("NHS Mid Marsh", code="99Z"))
    a_relation(elm, RelationKind.MEMBER_OF_PCN, network)
    a_declared_interest(stage.scene.gp, elm)
    db.session.commit()
    url = stage.url(f"meetings/{stage.scene.meeting.id}/what-if?title=Winter&class_scope=pcn")
    unsaid = stage.as_("scribe").get(url)
    assert unsaid.error_for("Primary care network") == "Select the primary care network"
    page = stage.client.get(f"{url}&network={network.id}")
    assert "Dr Fay Fenn → partner at Elm Surgery → member of Hill Network → beneficiary of item 9" in page.text


def test_somebody_who_would_come_is_compared_with_every_item(stage, elm):
    item = an_item(stage.scene.meeting, affected=[elm])
    guest = a_person("Dr Una Bright")
    a_declared_interest(guest, elm)
    url = stage.url(f"meetings/{stage.scene.meeting.id}/what-if")
    page = stage.as_("scribe").get(f"{url}?person={guest.id}&proposal=invitee")
    assert "Flagged on 1 of 1 item." in page.text
    (line,) = page.table("Items, if Dr Una Bright came")
    assert line["Item"] == f"{item.position}. {item.title}"
    assert "partner at Elm Surgery" in line["Dr Una Bright"]


def test_a_draft_item_and_somebody_who_would_come_are_tried_at_once_beside_an_item_that_continues_a_matter(stage, elm):
    first = an_item(
        stage.scene.meeting, affected=[elm, an_organisation("Oak Surgery")], relation=AffectedRelation.BIDDER
    )
    meeting = a_meeting(stage.scene.committee, held_on=stage.scene.meeting.held_on + timedelta(days=30))
    details = ItemDetails("Award", Purpose.DECIDE, continues=first.id)
    item = add_item(meeting, details, actor=stage.scene.secretary, at=PLANNED)
    add_affected(item, AffectedDetails("Elm", AffectedRelation.BIDDER, elm.id), actor=stage.scene.secretary, at=PLANNED)
    guest = a_person("Dr Una Bright")
    a_declared_interest(guest, elm)
    url = stage.url(f"meetings/{meeting.id}/what-if?title=LES&class_scope=all_practices")
    page = stage.as_("scribe").get(f"{url}&person={guest.id}&proposal=invitee")
    found = [line["Item"] for line in page.table("Items, if Dr Una Bright came")]
    assert found[0] == f"{item.position}. Award" and found[1].endswith(". LES") and len(found) == 2


def test_a_guest_who_never_declared_is_asked_to_and_not_called_free_of_flags(stage, elm):
    """Rule: DECL-04; RULEBOOK §24, level F0."""
    an_item(stage.scene.meeting, affected=[elm])
    an_item(stage.scene.meeting, "Estates")
    guest = a_person("Ms Una Bright")
    url = stage.url(f"meetings/{stage.scene.meeting.id}/what-if?person={guest.id}&proposal=invitee")
    page = stage.as_("scribe").get(url)
    assert "Flagged on 2 of 2 items." in page.text and "has no declaration on file" in page.text
    a_nil_return(guest)
    db.session.commit()
    page = stage.client.get(url)
    assert "Free of flags on 1 of 2 items. Item 8 names no organisation, so nobody was compared with it." in page.text
    compared, unscreened = page.table("Items, if Ms Una Bright came")
    assert (compared["Ms Una Bright"], unscreened["Ms Una Bright"]) == ("No flag", "Not screened")
    assert unscreened["Quorum with"] == "Not known"


def test_finding_an_organisation_asks_nothing_else_and_nothing_at_all_says_what_to_do(stage, elm):
    url = stage.url(f"meetings/{stage.scene.meeting.id}/what-if")
    page = stage.as_("scribe").get(f"{url}?first-text=Elm&first-asked=&first-find=1")
    assert page.status_code == 200
    assert "Which organisation do you mean?" in page.text
    more = stage.client.get(f"{url}?second-text=Elm&second-asked=&more=1")
    assert "A third organisation (optional)" in more.text and "There is a problem" not in more.text
    empty = stage.client.get(f"{url}?title=&person=")
    assert empty.error_for("Title of the draft item (optional)") == "Enter a draft item, or select who would come"


@pytest.mark.parametrize("allowed", [True, False], ids=["terms with deputies", "terms without"])
def test_a_deputy_counts_where_the_terms_allow_it_and_brings_the_interests_of_both(elm, allowed):
    scene = a_scene(deputies_allowed=allowed)
    item = an_item(scene.meeting, affected=[elm])
    a_declared_interest(scene.gp, elm)
    deputy = a_person("Dr Una Bright")
    a_nil_return(deputy)
    details = TrialDetails(person_id=deputy.id, proposal=Proposal.DEPUTY, deputy_for=scene.gp.id)
    trial = try_out(scene.meeting, agenda_of(scene.meeting), details, area=(), known_at=PLANNED)
    assert bool(trial.note) is not allowed
    assert [bool(line.level) for line in trial.lines] == [allowed]
    assert trial.lines[0].number == item.position
    assert not db.session.new


def test_a_proposed_member_can_make_the_quorum(elm):
    scene = a_scene()
    for who in ("finance", "lay", "nurse"):
        a_declared_interest(scene.people[who], elm)
    an_item(scene.meeting, affected=[elm])
    member = a_person("Ms Ona Field")
    a_nil_return(member)
    details = TrialDetails(person_id=member.id, proposal=Proposal.MEMBER, member_class=MemberClass.EXECUTIVE)
    trial = try_out(scene.meeting, agenda_of(scene.meeting), details, area=(), known_at=PLANNED)
    assert [(line.quorate_without, line.quorate_with) for line in trial.lines] == [(False, True)]


def test_an_organisation_that_nobody_knows_is_said_to_be_compared_by_name_only(stage):
    details = TrialDetails("Elm", (AffectedDetails("Elm Hall Ltd", AffectedRelation.BIDDER),))
    trial = try_out(stage.scene.meeting, agenda_of(stage.scene.meeting), details, area=(), known_at=PLANNED)
    assert trial.conflicts.searched.unmatched == ("Elm Hall Ltd",)
    assert trial.meaning.followed.quorum.quorate


def test_a_taught_name_counts_at_once_and_says_who_taught_it(stage, elm):
    teach(stage.scene.body.id, AliasDetails("Quillen’s", elm.id, "Its sign"), actor=stage.scene.secretary, at=PLANNED)
    a_declared_interest(stage.scene.gp, elm)
    url = stage.url(f"meetings/{stage.scene.meeting.id}/what-if")
    page = stage.as_("scribe").get(f"{url}?first-text=quillen's&first-asked=&first_relation=contract_holder")
    assert "Dr Fay Fenn → partner at Elm Surgery → contract holder in item 9" in page.text
    assert "“quillen's” is read as Elm Surgery: taught by " in page.text


def test_a_draft_item_names_as_many_organisations_as_it_concerns(stage, elm):
    places = {"first": elm, "second": an_organisation("Oak Surgery"), "third": an_organisation("Ash Surgery")}
    a_declared_interest(stage.scene.gp, places["third"])
    db.session.commit()
    named = "&".join(
        f"{place}-text={each.name}&{place}-asked={each.name}&{place}-choice={each.id}&{place}_relation=bidder"
        for place, each in places.items()
    ).replace(" ", "+")
    page = stage.as_("scribe").get(stage.url(f"meetings/{stage.scene.meeting.id}/what-if?{named}"))
    assert "partner at Ash Surgery → bidder in item 9" in page.text
    unsaid = stage.client.get(stage.url(f"meetings/{stage.scene.meeting.id}/what-if?third-text=Nowhere+Ltd"))
    assert unsaid.error_for("How is the third one concerned?") == "Select how it is concerned"


def test_a_deputy_for_the_chair_says_who_would_preside_instead(elm):
    scene = a_scene(deputies_allowed=True)
    item = an_item(scene.meeting, affected=[elm])
    deputy = a_person("Ms Una Bright")
    a_nil_return(deputy)
    details = TrialDetails(person_id=deputy.id, proposal=Proposal.DEPUTY, deputy_for=scene.people["chair"].id)
    trial = try_out(scene.meeting, [item], details, area=(), known_at=PLANNED)
    chair, vice = scene.people["chair"].name, scene.people["vice"].name
    assert trial.lines[0].presides == f"{vice}, instead of {chair}"


def test_a_title_too_long_for_an_address_cannot_be_typed_and_one_too_long_for_an_item_is_refused_in_words(stage):
    url = stage.url(f"meetings/{stage.scene.meeting.id}/what-if")
    page = stage.as_("scribe").get(f"{url}?title={'x' * 301}")
    assert page.errors == ["Title of the draft item must be 300 characters or fewer"]
    assert [each["maxlength"] for each in page.soup.select("main input[type=text]")] == ["300", "200", "200"]
