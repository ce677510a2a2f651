"""What the wording of an item suggests: offered with its reason, taken over with one press, and gone for good once declined."""

from datetime import date

import pytest
from flask import Flask

from coi.audit.queries import entries
from coi.database import db
from coi.errors import EditConflict
from coi.meetings import commands as meetings
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.models import AgendaItem
from coi.meetings.queries import item_of
from coi.meetings.suggesting import commands, queries
from coi.meetings.suggesting.vocabulary import SuggestedClass, SuggestedDetail, SuggestedOrganisation
from coi.meetings.vocabulary import AffectedRelation, ClassScope, ItemDetails, Purpose
from coi.organisations.models import Organisation
from coi.organisations.queries import by_code
from coi.organisations.vocabulary import OrganisationKind, RelationKind
from coi.permissions.vocabulary import Role, system_actor
from coi.registers.aliases.commands import teach
from coi.registers.aliases.vocabulary import AliasDetails
from coi.registers.interests.vocabulary import InterestRole
from tests.factories.accounts import account_with
from tests.factories.meetings import TEN, Scene, a_declared_interest, a_scene
from tests.factories.organisations import AT, a_relation, a_release, an_organisation, ods_row
from tests.factories.people import a_person, an_appointment
from tests.support.client import StrictClient

SECRETARY = "sam@example.nhs.uk"
SYSTEM = system_actor("cli")
ROWS = (
    ods_row("Y10001", "OAKRIDGE MEDICAL CENTRE", town="FARFORD"),
    ods_row("Y10002", "ELMHURST SURGERY", town="FARFORD"),
    ods_row("Y10003", "HOLTWICK SURGERY", town="HOLTWICK"),
    ods_row("Y10004", "ELMHURST SURGERY", commissioner="88X", town="ELSEWHERE"),
    ods_row("Y10005", "DISTANT BROOK SURGERY", commissioner="88X", town="ELSEWHERE"),
    ods_row("Y10006", "BEACON LANE SURGERY", town="HOLTWICK"),
    ods_row("Y10007", "BEACON HOUSE SURGERY", town="HOLTWICK"),
)


@pytest.fixture
def scene(app: Flask) -> Scene:
    made = a_scene()
    a_release(*ROWS)
    return made


def an_item_called(scene: Scene, title: str, description: str = "") -> AgendaItem:
    details = ItemDetails(title, Purpose.DECIDE, description=description)
    return meetings.add_item(scene.meeting, details, actor=SYSTEM, at=AT, area=scene.body.area_codes)


def sign_in_secretary(scene: Scene, client: StrictClient) -> None:
    secretary = a_person("Ms Sam Scribe")
    an_appointment(secretary, scene.body, "Committee secretary")
    account_with(secretary.id, SECRETARY, [Role.SECRETARY], scene.body.id)
    client.as_(SECRETARY)


def texts(scene: Scene, title: str, description: str = "") -> list[str]:
    return [each.text for each in queries.suggestions_for(an_item_called(scene, title, description), scene.body)]


def test_the_wording_names_organisations_with_their_relation_and_why(scene: Scene) -> None:
    item = an_item_called(scene, "Application to merge Oakridge Med Ctr and Elmhurst Surgery")
    found = queries.suggestions_for(item, scene.body)
    assert [(each.code, each.relation) for each in found if isinstance(each, SuggestedOrganisation)] == [
        ("Y10001", AffectedRelation.SUBJECT), ("Y10002", AffectedRelation.SUBJECT),
    ]  # fmt: skip
    assert f"in the area {scene.body.name}" in found[0].why
    assert item.affected == []


def test_a_practice_elsewhere_is_found_by_its_whole_name_alone(scene: Scene) -> None:
    assert texts(scene, "Boundary of Distant Brook Surgery") == ["DISTANT BROOK SURGERY"]
    assert texts(scene, "Distant Brook update") == []


def test_only_organisations_of_the_reference_data_are_suggested(scene: Scene) -> None:
    title = "Contract variation: O’Dornan’s Oakridge Medical Centre – Łódź"
    assert texts(scene, title) == ["OAKRIDGE MEDICAL CENTRE"]
    assert texts(scene, "Dr O’Dornan’s practice: Somewhere") == []


@pytest.mark.parametrize("title", ["Minutes of the last meeting", "Any other business", "🙂", "Finance report"])
def test_an_item_that_names_nobody_suggests_nobody(scene: Scene, title: str) -> None:
    assert texts(scene, title) == []


def test_all_practices_and_those_of_a_town_are_suggested_as_a_class(scene: Scene) -> None:
    (every,) = queries.suggestions_for(an_item_called(scene, "Local enhanced service for diabetes"), scene.body)
    assert (every.text, every.why) == ("All practices of the area", "the wording says “Local enhanced service”")
    (town,) = queries.suggestions_for(an_item_called(scene, "Winter scheme for all Farford practices"), scene.body)
    assert isinstance(town, SuggestedClass)
    assert (town.text, len(town.practices)) == ("All practices of Farford", 2)


def test_a_practice_that_a_scheme_for_all_leaves_out_is_not_suggested_and_the_others_are(scene: Scene) -> None:
    title = "Winter scheme offered to every practice except Holtwick Surgery"
    item = an_item_called(scene, title)
    (found,) = queries.suggestions_for(item, scene.body)
    assert isinstance(found, SuggestedClass)
    assert found.text == f"All practices of {scene.body.name} except Holtwick Surgery"
    assert by_code("Y10001").id in found.practices
    assert by_code("Y10003").id not in found.practices
    for code, person in (("Y10001", "gp"), ("Y10003", "chair")):
        a_declared_interest(scene.people[person], by_code(code))
    commands.accept(item, (found,), version=1, area=scene.body.area_codes, actor=SYSTEM, at=AT)
    flags = conflicts_at(scene.meeting, known_at=TEN).flags[item.id]
    assert {(each.name, each.level) for each in flags if each.interest_id} == {(scene.people["gp"].name, "F3")}


def test_the_practices_of_a_town_are_screened_as_a_class_and_nobody_else(scene: Scene) -> None:
    gps = {}
    for code in ("Y10001", "Y10003"):
        person = scene.people["gp"] if code == "Y10001" else scene.people["chair"]
        a_declared_interest(person, by_code(code))
        gps[code] = person.name
    item = an_item_called(scene, "Winter scheme for all Farford practices")
    commands.accept(
        item, queries.suggestions_for(item, scene.body), version=1, area=scene.body.area_codes, actor=SYSTEM, at=AT
    )
    assert (item.class_scope, item.class_words) == (ClassScope.ALL_PRACTICES, "All practices of Farford")
    flags = conflicts_at(scene.meeting, known_at=TEN, items=[item]).flags[item.id]
    found = {(each.name, each.level) for each in flags if each.interest_id}
    assert found == {(gps["Y10001"], "F3")}


NETWORK = "Hill and Vale PCN"


@pytest.fixture
def network(scene: Scene) -> Organisation:
    """A network of the area with one member, whose GP partner and another's declared it."""
    made = an_organisation(NETWORK, OrganisationKind.PCN)
    a_relation(made, RelationKind.COMMISSIONED_BY, by_code("99Z"))
    a_relation(by_code("Y10001"), RelationKind.MEMBER_OF_PCN, made)
    a_relation(by_code("Y10003"), RelationKind.MEMBER_OF_PCN, made, valid_to=date(2021, 3, 31))
    a_declared_interest(scene.people["gp"], by_code("Y10001"))
    a_declared_interest(scene.people["chair"], by_code("Y10003"))
    return made


def test_of_a_network_too_the_practice_that_is_left_out_is_not_suggested(scene: Scene, network: Organisation) -> None:
    a_relation(by_code("Y10006"), RelationKind.MEMBER_OF_PCN, network)
    title = f"Winter funding for all practices of the {NETWORK} apart from Oakridge Medical Centre"
    (found,) = queries.suggestions_for(an_item_called(scene, title), scene.body)
    assert isinstance(found, SuggestedClass)
    assert found.text == f"All practices of {NETWORK} except Oakridge Medical Centre"
    assert found.practices == (by_code("Y10006").id,)


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Funding for all PCNs", {"F4"}),
        ("Funding for all PCNs in Farford", {"F4"}),
        ("Funding for all PCNs in Holtwick", set()),
    ],
)
def test_whoever_leads_a_network_is_flagged_where_the_wording_offers_something_to_all_networks(
    scene: Scene, network: Organisation, title: str, found: set[str]
) -> None:
    """Rule: MTG-02; RULEBOOK §24 F4 (PCN officer)."""
    leader = scene.people["nurse"]
    a_declared_interest(leader, network, role=InterestRole.CLINICAL_DIRECTOR)
    item = an_item_called(scene, title)
    commands.accept(
        item, queries.suggestions_for(item, scene.body), version=1, area=scene.body.area_codes, actor=SYSTEM, at=AT
    )
    flags = conflicts_at(scene.meeting, known_at=TEN, items=[item]).flags[item.id]
    assert {each.level for each in flags if each.name == leader.name and each.interest_id} == found


@pytest.mark.parametrize(
    "title",
    ["Winter funding for all practices of the Hill and Vale PCN", "Winter funding: all Hill & Vale Primary Care Network practices",
     "Winter funding for practices in the Hill and Vale PCN", "Weekend hubs: all practices in Hill and Vale"],
)  # fmt: skip
def test_the_practices_of_a_network_are_a_class_of_those_who_are_in_it_that_day(
    scene: Scene, network: Organisation, title: str
) -> None:
    item = an_item_called(scene, title)
    (found,) = queries.suggestions_for(item, scene.body)
    assert (found.text, isinstance(found, SuggestedClass)) == (f"All practices of {NETWORK}", True)
    commands.accept(item, [found], version=1, area=scene.body.area_codes, actor=SYSTEM, at=AT)
    assert (item.class_scope, item.class_words) == (ClassScope.PCN, f"All practices of {NETWORK}")
    flags = conflicts_at(scene.meeting, known_at=TEN, items=[item]).flags[item.id]
    assert [(each.name, NETWORK in " ".join(each.path)) for each in flags if each.interest_id] == [
        (scene.people["gp"].name, True)
    ]
    assert queries.suggestions_for(item, scene.body) == ()


def test_a_network_that_is_named_itself_is_no_class(scene: Scene, network: Organisation) -> None:
    (found,) = queries.suggestions_for(an_item_called(scene, "Lease of Hill and Vale PCN"), scene.body)
    assert isinstance(found, SuggestedOrganisation)


def test_the_secretary_selects_the_practices_of_a_network(
    scene: Scene, network: Organisation, client: StrictClient
) -> None:
    sign_in_secretary(scene, client)
    add = f"/{scene.body.slug}/meetings/{scene.meeting.id}/agenda/add"
    data = {"title": "Estates", "purpose": "decide", "class_scope": "pcn", "part": "public"}
    assert "Select the primary care network" in client.post(add, data).text
    client.post(add, {**data, "network": str(network.id)})
    item = db.session.query(AgendaItem).filter_by(title="Estates").one()
    assert (item.class_words, item.class_area) == (f"All practices of {NETWORK}", [str(network.id)])
    edit = f"/{scene.body.slug}/items/{item.id}/edit"
    client.post(edit, {**data, "network": str(network.id), "title": "Estates strategy", "version": "1"})
    slower = client.post(edit, {**data, "class_scope": "all_practices", "title": "Estates strategy", "version": "1"})
    assert slower.table("The two versions") == [
        {
            "Part": "Concerns a whole class", "Saved now": f"Yes, all practices of {NETWORK}",
            "What you entered": "Yes, all practices of the area",
        },
    ]  # fmt: skip
    assert (item.title, item.class_words) == ("Estates strategy", f"All practices of {NETWORK}")
    client.post(edit, {**data, "class_scope": "all_practices", "version": "2"})
    assert item.class_words == "All practices of the area"


@pytest.mark.parametrize("title", ["Merger of Oakridge and Holtwick", "Oakridge/Holtwick merger"])
def test_a_merger_suggests_both_by_their_bare_names(scene: Scene, title: str) -> None:
    assert sorted(texts(scene, title)) == ["HOLTWICK SURGERY", "OAKRIDGE MEDICAL CENTRE"]


def test_a_doubtful_name_of_a_merger_is_offered_as_a_choice_and_never_with_the_rest(
    scene: Scene, client: StrictClient
) -> None:
    sign_in_secretary(scene, client)
    item = an_item_called(scene, "Merger of Oakridge and Beacon")
    db.session.commit()
    url = f"/{scene.body.slug}/items/{item.id}/"
    offered = queries.suggestions_for(item, scene.body)
    assert [(each.code, each.doubt) for each in offered] == [("Y10001", ""), ("Y10006", "Beacon"), ("Y10007", "Beacon")]
    page = client.get(url)
    assert [row["Suggestion"][:6] for row in page.table("What “Beacon” may mean")] == ["BEACON", "BEACON"]
    assert "Add all" not in page.text
    client.post(f"{url}suggestions/accept", {"version": "1", "key": "*"})
    assert [row.organisation.code for row in item.affected] == ["Y10001"]
    client.post(f"{url}suggestions/accept", {"version": "2", "key": offered[1].key})
    assert [row.organisation.code for row in item.affected] == ["Y10001", "Y10006"]
    assert queries.suggestions_for(item, scene.body) == ()


def test_a_doubtful_name_that_means_none_of_them_is_left_out_in_one_go(scene: Scene, client: StrictClient) -> None:
    sign_in_secretary(scene, client)
    item = an_item_called(scene, "Merger of Oakridge and Beacon")
    db.session.commit()
    url = f"/{scene.body.slug}/items/{item.id}/suggestions/decline"
    page = client.post(url, {"version": "1", "key": "none of Beacon"})
    assert page.notices == [
        "BEACON LANE SURGERY and BEACON HOUSE SURGERY are not suggested again while the wording stays as it is."
    ]
    assert [each.code for each in queries.suggestions_for(item, scene.body)] == ["Y10001"]


def test_a_name_that_was_taught_is_asked_first(scene: Scene) -> None:
    details = AliasDetails("Ridge Docs", by_code("Y10001").id, "Its website says so")
    teach(scene.body.id, details, actor=SYSTEM, at=AT)
    (found,) = queries.suggestions_for(an_item_called(scene, "Rent review: Ridge Docs"), scene.body)
    assert (found.code, found.why) == ("Y10001", "taught by the system on 1 April 2026")


def test_what_was_declined_comes_back_only_when_the_wording_changes(scene: Scene) -> None:
    item = an_item_called(scene, "Rent review: Oakridge Medical Centre and Elmhurst Surgery")
    first, second = queries.suggestions_for(item, scene.body)
    commands.decline(item, [first], version=1, actor=SYSTEM, at=AT)
    assert entries(1)[0].event == "meetings:suggestion:declined"
    assert queries.suggestions_for(item, scene.body) == (second,)
    commands.accept(item, [second], version=1, area=(), actor=SYSTEM, at=AT)
    assert queries.suggestions_for(item, scene.body) == ()
    item.title = "Rent review: Oakridge Medical Centre, postponed"
    assert [each.key for each in queries.suggestions_for(item, scene.body)] == [first.key]


def test_nobody_takes_over_a_suggestion_for_an_item_that_changed_meanwhile(scene: Scene) -> None:
    item = an_item_called(scene, "Rent review: Oakridge Medical Centre")
    with pytest.raises(EditConflict):
        commands.accept(item, queries.suggestions_for(item, scene.body), version=9, area=(), actor=SYSTEM, at=AT)


def test_an_item_that_names_three_hundred_practices_or_goes_on_for_pages_is_read(scene: Scene) -> None:
    many = "; ".join(f"Rowan {number} Surgery" for number in range(300))
    assert isinstance(texts(scene, "Merger", f"{many}; Oakridge Medical Centre 🙂"), list)
    assert texts(scene, "Merger of Oakridge Medical Centre", "words " * 2000) == ["OAKRIDGE MEDICAL CENTRE"]


def test_the_secretary_adds_one_leaves_one_out_and_adds_all(scene: Scene, client: StrictClient) -> None:
    sign_in_secretary(scene, client)
    title = "Merger of Oakridge Medical Centre, Elmhurst Surgery and Holtwick Surgery"
    scheme = an_item_called(scene, "Winter scheme for all Farford practices")
    item = an_item_called(scene, title)
    here = f"/{scene.body.slug}/items/{item.id}/"
    client.as_(SECRETARY)
    assert "All practices of Farford 2 practices" in client.get(f"/{scene.body.slug}/items/{scheme.id}/").text
    page = client.get(here)
    assert "Suggested from the wording" in page.text and "Nothing is added until you say so" in page.text
    keys = [each.key for each in queries.suggestions_for(item, scene.body)]
    how = {f"how_{keys[0]}": "premises_owner", f"how_{keys[2]}": "bidder"}
    page = client.post(f"{here}suggestions/accept", {"version": "1", "key": keys[0], **how})
    assert page.notices == ["The item concerns OAKRIDGE MEDICAL CENTRE. It was screened at once."]
    page = client.post(f"{here}suggestions/decline", {"version": "2", "key": keys[1]})
    assert page.notices == ["ELMHURST SURGERY is not suggested again while the wording stays as it is."]
    page = client.post(f"{here}suggestions/accept", {"version": "2", "key": "*"})
    assert "Practice mergers" in page.text and "HOLTWICK SURGERY" not in str(page.soup.select(".coi-how"))
    kept = item_of(item.id, body_id=scene.body.id, actor=SYSTEM)
    assert [(row.organisation.code, row.relation) for row in kept.affected if row.organisation] == [
        ("Y10001", AffectedRelation.PREMISES_OWNER), ("Y10003", AffectedRelation.SUBJECT),
    ]  # fmt: skip
    page = client.post(f"{here}suggestions/accept", {"version": "3", "key": "*"})
    assert page.notices == ["The wording no longer suggests this. See what it suggests now"]


def details(item: AgendaItem, scene: Scene) -> list[tuple[str, str]]:
    found = queries.wording_read(item, scene.body).suggestions
    return [(each.key, each.why) for each in found if isinstance(each, SuggestedDetail)]


def test_the_function_and_the_stage_are_read_from_the_wording_and_taken_by_nobody_but_the_secretary(
    scene: Scene, client: StrictClient
) -> None:
    item = an_item_called(scene, "Merger of Oakridge and Elmhurst: award of the contract")
    assert details(item, scene) == [
        ("function mergers", "the wording says “Merger”"), ("stage award", "the wording says “award”"),
    ]  # fmt: skip
    assert (item.function_code, item.stage) == ("", None)
    sign_in_secretary(scene, client)
    where = f"/{scene.body.slug}/items/{item.id}/"
    version = {"version": str(item.version)}
    client.get(where)
    client.post(f"{where}suggestions/accept", {"key": "*", **version})
    db.session.refresh(item)
    assert (item.function_code, item.stage, len(item.affected)) == ("", None, 2)
    page = client.post(f"{where}suggestions/accept", {"key": "function mergers", "version": str(item.version)})
    assert page.notices == ["The item says now: Practice mergers. It was screened at once."]
    assert page.summary()["Function"] == "Practice mergers"
    db.session.refresh(item)
    client.post(f"{where}suggestions/decline", {"key": "stage award", "version": str(item.version)})
    db.session.refresh(item)
    assert (item.function_code, item.stage, details(item, scene)) == ("mergers", None, [])


def test_words_that_are_the_name_of_too_many_to_list_say_so_and_lead_to_the_choice(
    scene: Scene, client: StrictClient
) -> None:
    elsewhere = [ods_row(f"Y3000{each}", "THE SURGERY", commissioner="88X", town="ELSEWHERE") for each in range(2)]
    a_release(*ROWS, *(ods_row(f"Y2000{each}", "THE SURGERY", town=f"VALE {each}") for each in range(8)), *elsewhere)
    item = an_item_called(scene, "The Surgery – remedial notice")
    (crowd,) = queries.wording_read(item, scene.body).crowds
    assert crowd.number == 10
    sign_in_secretary(scene, client)
    page = client.get(f"/{scene.body.slug}/items/{item.id}/")
    assert f"“{crowd.words}” is the name of 10 organisations." in page.text
    page = client.click(f"Choose which one is meant by “{crowd.words}”")
    assert len(page.soup.select("input[name=organisation-choice]")) == 9 and not page.errors


def test_a_company_that_is_not_on_file_is_suggested_by_its_words_and_meets_whoever_declared_it(scene: Scene) -> None:
    a_declared_interest(scene.people["gp"], "Gullwing Health Limited", InterestRole.DIRECTOR, nature="Director")
    item = an_item_called(scene, "Award of the vaccination contract to Gullwing Health Ltd")
    (one,) = queries.suggestions_for(item, scene.body)
    assert (one.text, one.organisation_id, one.why) == ("Gullwing Health Ltd", None, queries.NOT_ON_FILE)
    commands.accept(item, [one], version=item.version, area=scene.body.area_codes, actor=SYSTEM, at=AT)
    assert queries.suggestions_for(item, scene.body) == ()
    (flag,) = conflicts_at(scene.meeting, known_at=TEN, items=[item]).flags[item.id]
    assert flag.level == "F1"
