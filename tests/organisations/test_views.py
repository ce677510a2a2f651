"""Pages about organisations, as a secretary uses them."""

from datetime import date

from coi.database import db
from coi.organisations import queries
from coi.organisations.vocabulary import OrganisationKind, RelationKind
from coi.permissions.vocabulary import Role
from tests.factories import accounts
from tests.factories.organisations import a_body, a_relation, a_release, an_organisation, ods_row
from tests.factories.people import a_person
from tests.support.client import StrictClient


def test_an_organisation_is_found_by_a_former_name_and_its_page_shows_both(secretary: StrictClient) -> None:
    a_release(ods_row("Z99001", "LARK SURGERY"), released_on=date(2019, 11, 1))
    a_release(ods_row("Z99001", "WREN MEDICAL CENTRE"), released_on=date(2023, 1, 1))
    page = secretary.get("/mid-marsh/organisations?q=lark")
    assert "WREN MEDICAL CENTRE" in page.text and "Formerly LARK SURGERY" in page.text
    page = secretary.click("WREN MEDICAL CENTRE, Z99001")
    assert page.heading == "WREN MEDICAL CENTRE"
    assert [row["Name"] for row in page.table("Names over time")] == ["WREN MEDICAL CENTRE", "LARK SURGERY"]


def test_a_search_that_finds_nothing_says_what_to_try(secretary: StrictClient) -> None:
    for text in ("<script>", "%00", "%25", "%F0%9F%A9%BA", "x" * 500):
        page = secretary.get(f"/mid-marsh/organisations?q={text}")
        assert page.status_code == 200
        assert "Nothing was found" in page.text or text == "%00"


def test_no_relation_of_an_organisation_that_closed_is_called_current(secretary: StrictClient) -> None:
    a_release(ods_row("Z99001", "LARK SURGERY", status="C", closed="20240331"))
    lark, federation = queries.by_code("Z99001"), an_organisation("Marsh GP Federation", OrganisationKind.FEDERATION)
    assert lark is not None
    a_relation(lark, RelationKind.MEMBER_OF_PCN, federation)
    db.session.commit()
    for which in (lark, federation):
        page = secretary.get(f"/mid-marsh/organisations/{which.id}")
        assert "LARK SURGERY closed on 31 March 2024" in page.text
        assert "Current" not in [row["To"] for row in page.table("Relations to other organisations")]


def test_a_code_that_is_taken_is_refused_beside_its_field_and_nothing_typed_is_lost(secretary: StrictClient) -> None:
    a_release(ods_row("Z99001", "LARK SURGERY"))
    sent = {"name": "Lark Holdings", "kind": "company", "code": "z99001"}
    page = secretary.post("/mid-marsh/organisations/new", sent)
    assert page.status_code == 422
    assert "Z99001 is the code of LARK SURGERY" in (page.error_for("ODS code") or "")
    assert page.value_of("Name of the organisation") == "Lark Holdings"


def test_an_organisation_that_is_called_like_another_is_added_only_by_somebody_who_says_that_it_is_another(
    secretary: StrictClient,
) -> None:
    sent = {"name": "Twin Health Ltd", "kind": "company", "town": "Larch", "postcode": "ZZ9 9ZZ"}
    secretary.post("/mid-marsh/organisations/new", sent)
    page = secretary.post("/mid-marsh/organisations/new", {**sent, "name": "The Twin Health Limited"})
    assert page.status_code == 422
    said = page.error_for("It is another one: add it all the same") or ""
    assert said.startswith("Perhaps it is here already: Twin Health Ltd (company, Larch ZZ9 9ZZ, added on ")
    assert page.soup.find("a", string="Twin Health Ltd")
    page = secretary.post("/mid-marsh/organisations/new", {**sent, "is_another": "y"})
    assert page.heading == "Twin Health Ltd"
    page = secretary.get("/mid-marsh/organisations?q=twin+health")
    assert page.text.count("Company, Larch ZZ9 9ZZ, added on ") == 2


def test_a_relation_is_entered_with_the_picker_in_two_steps_without_javascript(secretary: StrictClient) -> None:
    lark = an_organisation("Larkfield Surgery")
    federation = an_organisation("Marsh GP Federation", OrganisationKind.FEDERATION)
    db.session.commit()
    url = f"/mid-marsh/organisations/{lark.id}/relations/new"
    page = secretary.get(url)
    page = secretary.post(url, {"other-text": "marsh fed", "other-asked": "", "other-find": "1"})
    assert page.status_code == 200 and not page.errors
    assert "Marsh GP Federation" in page.text
    sent = {
        "other-text": "marsh fed",
        "other-asked": "marsh fed",
        "other-choice": str(federation.id),
        "kind": "shareholder_in",
    }
    page = secretary.post(url, sent)
    assert page.heading == "Larkfield Surgery"
    assert "Shareholder in Marsh GP Federation" in page.text
    page = secretary.click("End the relation shareholder in Marsh GP Federation")
    page = secretary.post(page.path, {"valid_to-day": "31", "valid_to-month": "2", "valid_to-year": "2025"})
    assert page.error_for("When did this end?") == "The date it ended must be a real date"
    page = secretary.post(page.path, {"valid_to-day": "28", "valid_to-month": "2", "valid_to-year": "2025"})
    assert "28 February 2025" in page.text


def test_who_enters_that_two_organisations_own_each_other_is_asked_and_may_say_that_it_is_right(
    secretary: StrictClient,
) -> None:
    lark, wren = an_organisation("Lark Holdings"), an_organisation("Wren Holdings")
    a_relation(wren, RelationKind.OWNED_BY, lark)
    db.session.commit()
    url, box = f"/mid-marsh/organisations/{lark.id}/relations/new", "It is right: each of them belongs to the other"
    assert box not in secretary.get(url).text
    sent = {"other-text": "wren", "other-asked": "wren", "other-choice": str(wren.id), "kind": "owned_by"}
    page = secretary.post(url, sent)
    assert page.error_for(box) == (
        "Wren Holdings belongs to Lark Holdings already. Check which of them owns the other, or say that it is right"
    )
    page = secretary.post(url, {**sent, "is_circle": "y"})
    assert page.heading == "Lark Holdings"
    assert "Owned by Wren Holdings" in page.text


def test_words_changed_after_the_list_was_shown_must_be_chosen_for_again(secretary: StrictClient) -> None:
    lark, wren = an_organisation("Larkfield Surgery"), an_organisation("Wrenfield Surgery")
    db.session.commit()
    sent = {"other-text": "wren", "other-asked": "lark", "other-choice": str(lark.id), "kind": "owned_by"}
    address = f"/mid-marsh/organisations/{wren.id}/relations/new"
    page = secretary.post(address, sent)
    assert page.heading != "Wrenfield Surgery" and not page.errors
    page = secretary.post(address, {**sent, "other-asked": "wren"})
    assert page.errors == ["Select the organisation that you mean"]


def test_a_suggested_successor_is_only_recorded_when_somebody_says_so(secretary: StrictClient) -> None:
    a_release(
        ods_row("Z99001", "LARK SURGERY", status="C", closed="20240331", left="20240331"),
        ods_row("Z99002", "LARKS SURGERY", opened="20240401"),
    )
    closed = queries.by_code("Z99001")
    assert closed is not None
    db.session.commit()
    page = secretary.get(f"/mid-marsh/organisations/{closed.id}")
    assert "may have come after it" in page.text
    assert not queries.successions()
    page = secretary.click("Record LARKS SURGERY as the successor")
    page = secretary.post(page.path, page.form_fields())
    assert "Succeeded by LARKS SURGERY" in page.text
    assert "may have come after it" not in page.text


def test_a_declarant_may_search_but_not_enter(client: StrictClient) -> None:
    body = a_body()
    accounts.account_with(a_person("Dr Ada Obi").id, "gp@example.nhs.uk", [Role.DECLARANT], body.id)
    db.session.commit()
    client.as_("gp@example.nhs.uk")
    assert client.get("/mid-marsh/organisations").status_code == 200
    assert client.get("/mid-marsh/organisations/new").status_code == 404
