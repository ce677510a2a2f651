"""The public site: open to everybody, and silent about what may not be shown."""

import csv
import io
import json
import uuid
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from coi import clock
from coi.database import db
from coi.people.models import Person
from coi.publication import saying
from coi.publication.catalogue import GIFTS, PROCUREMENT
from coi.registers.gifts.commands import withdraw_gift
from coi.registers.interests import commands as interests
from coi.registers.interests.vocabulary import InterestRole, Via
from tests.factories.committees import a_committee, a_member
from tests.factories.gifts import a_gift
from tests.factories.interests import SYSTEM, a_nil_return, an_interest, details_of
from tests.factories.organisations import a_body, an_organisation
from tests.factories.people import a_person, an_appointment
from tests.factories.procurement import a_procurement
from tests.factories.publication import AT, an_edition

HOME = "/mid-marsh/public/"
REGISTER = f"{HOME}interests"
CAPTION = "Register of interests as at 1 November 2026"
LATER = AT + timedelta(days=5)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: LATER)


def somebody(body, name="Dr Ama Boateng"):
    person = a_person(name)
    an_appointment(person, body)
    return person


@pytest.fixture
def scene(app):
    body = a_body("NHS Mid Marsh ICB", "mid-marsh")
    surgery = an_organisation("Larkfield Surgery", code="Y00001")
    ama, zoe = somebody(body), somebody(body, "Dr Zoë Abbot")
    a_member(a_committee(body, "Quality Committee", "QUAL"), ama)
    interest = an_interest(ama, details_of(surgery))
    an_interest(somebody(body, "Dr Ben Cole"), details_of("The Kite Consultancy", nature="Director’s fees"))
    a_nil_return(zoe)
    an_edition(body)
    db.session.commit()
    return body, interest, ama, surgery


def test_nobody_has_to_sign_in_and_each_register_says_its_date(client, scene):
    """Rules: REG-02, REG-05."""
    page = client.get(HOME)
    assert page.heading == "Public registers"
    assert "As at 1 November 2026, edition 1" in page.text
    assert "at least 6 months" in page.text
    page = client.click("Register of interests")
    assert "To ask about past interests, contact governance@example.nhs.uk." in page.text
    rows = page.table(CAPTION)
    assert [row["Name"].split(" D/")[0].split(" I/")[0] for row in rows] == [
        "Dr Zoë Abbot",
        "Dr Ama Boateng",
        "Dr Ben Cole",
    ]
    assert rows[0]["Declared interest"] == "No interests declared"
    assert rows[1]["Declared interest"] == "Larkfield Surgery (GP practice)"


def test_in_the_order_of_organisations_whoever_declared_none_comes_last(client, scene):
    names = [row["Name"] for row in client.get(f"{REGISTER}?sort=subject").table(CAPTION)]
    assert [name.rsplit(" ", 1)[0] for name in names] == ["Dr Ama Boateng", "Dr Ben Cole", "Dr Zoë Abbot"]


def test_words_and_filters_stand_in_the_address(client, scene):
    page = client.get(f"{REGISTER}?find=boateng&committees=Quality+Committee")
    assert len(page.table(CAPTION)) == 1
    assert page.value_of("Committees") == "Quality Committee"
    assert page.value_of("Name, organisation or words") == "boateng"
    assert client.get(f"{REGISTER}?about=kite").table(CAPTION)[0]["Name"].startswith("Dr Ben Cole")
    assert "Nothing on the register fits" in client.get(f"{REGISTER}?find=zebra").text
    assert client.get(f"{REGISTER}?find=%00%27%22%3C&sort=x&letter=%C3%A9&after=nothing").status_code == 200


@pytest.mark.parametrize(
    ("asked", "said", "found"),
    [
        ("find=Larkfeild+Surgury", "Larkfield Surgery (GP practice)", "Dr Ama Boateng"),
        ("find=Larkfield+Medical", "Larkfield Surgery (GP practice)", "Dr Ama Boateng"),
        ("about=Kyte+Consultansy&type=Financial", "The Kite Consultancy", "Dr Ben Cole"),
        ("find=Dr+Amma+Botaeng", "Dr Ama Boateng", "Dr Ama Boateng"),
    ],
)
def test_a_name_that_is_spelt_wrongly_leads_to_the_one_on_the_register(client, scene, asked, said, found):
    page = client.get(f"{REGISTER}?{asked}")
    assert "Nothing on the register fits" in page.text and "Did you mean?" in page.text
    page = client.click(said)
    assert page.table(CAPTION)[0]["Name"].startswith(found)
    assert page.value_of("Type of interest") == ("Financial" if "type" in asked else [])


def test_a_page_that_was_narrowed_says_to_what_and_an_earlier_edition_gives_its_own_files(client, scene):
    page = client.get(f"{REGISTER}?find=larkfield&type=Financial")
    assert "Only entries that fit “larkfield”, Financial. Show the whole register" in page.text
    assert "The files below hold the whole register." in page.text
    an_edition(scene[0], again=True)
    db.session.commit()
    page = client.get(f"{REGISTER}/editions/1")
    assert page.links["Edition 1 as CSV"].endswith("register.csv?edition=1")
    assert "Go to the public registers" in client.get(f"{HOME}people/{uuid.uuid4()}").links


def test_nobody_is_led_to_a_name_that_is_withheld(client, scene):
    _, interest, _, surgery = scene
    secret = details_of(surgery, keep_private_because="I was threatened")
    interests.change_interest(interest, secret, version=1, actor=SYSTEM, at=AT + timedelta(days=1))
    for asked in ("find=Larkfeild", "find=Botaeng", "about=Larkfeild"):
        page = client.get(f"{REGISTER}?{asked}")
        assert "Nothing on the register fits" in page.text and "Did you mean" not in page.text, asked


def test_direct_and_indirect_interests_can_be_told_apart_on_the_page_and_in_its_file(client, scene):
    body, *_ = scene
    an_interest(somebody(body, "Dr Eve Ash"), details_of("Ostrelle Health", via=Via.SPOUSE))
    an_edition(body, at=AT + timedelta(days=1))
    db.session.commit()
    page = client.get(f"{REGISTER}?directness=Indirect")
    assert page.value_of("Direct or indirect") == "Indirect"
    assert [row["Direct or indirect"] for row in page.table(CAPTION.replace("1 N", "2 N"))] == [
        "Indirect: husband, wife or partner"
    ]
    file = client.click("CSV")
    assert "selection.csv" in file.headers["Content-Disposition"]
    names = [row["name"] for row in csv.DictReader(io.StringIO(file.data.decode()))]
    assert names == ["Dr Eve Ash"]
    held = json.loads(client.get(f"{REGISTER}/register.json?directness=Direct").data)
    assert [row["name"] for row in held] == ["Dr Ama Boateng", "Dr Ben Cole"]


def test_gifts_are_filtered_by_their_kind_which_is_also_a_word_of_the_address(client, scene):
    body, *_ = scene
    a_gift(body, somebody(body, "Dr Eve Ash"))
    an_edition(body, GIFTS)
    db.session.commit()
    page = client.get(f"{HOME}gifts?kind=Gift&sort=newest")
    assert len(page.table("Register of gifts and hospitality as at 1 November 2026")) == 1
    assert client.click("Name").path == f"{HOME}gifts?kind=Gift"
    assert "Dr Eve Ash" in client.get(f"{HOME}gifts/register.csv?kind=Gift").data.decode()


def test_who_holds_an_interest_in_a_practice_is_one_link_away(client, scene):
    client.get(REGISTER)
    page = client.click("Larkfield Surgery (GP practice)")
    assert page.path == f"{HOME}organisations/Y00001"
    assert page.heading == "Larkfield Surgery (GP practice)"
    assert page.links["interests"] == f"{REGISTER}?about=Larkfield+Surgery"
    assert page.links["contracts"] == f"{HOME}procurement?about=Larkfield+Surgery"
    assert page.table(CAPTION)[0]["Name"].startswith("Dr Ama Boateng")
    assert client.click("Dr Ama Boateng").heading == "Dr Ama Boateng"


def test_a_supplier_without_a_code_leads_nowhere(client, scene):
    body, *_ = scene
    a_procurement(body, public_from=AT.date())
    an_edition(body, PROCUREMENT)
    db.session.commit()
    page = client.get(f"{HOME}procurement")
    assert "Larkfield Federation" in page.text
    assert not any(address.endswith("organisations/") for address in page.links.values())


def test_a_record_has_an_address_for_good(client, scene):
    _, interest, _, _ = scene
    page = client.get(f"{REGISTER}/record/{interest.reference}")
    assert page.heading == f"Dr Ama Boateng, {interest.reference}"
    said = page.summary()
    assert said["Declared interest"] == "Larkfield Surgery (GP practice)"
    assert (said["Date declared"], said["First published"]) == ("1 June 2026", "1 November 2026, in edition 1")
    assert "Person identifier" not in said


def test_the_record_of_a_partner_leads_to_what_fellow_partners_declared_and_that_of_an_employee_does_not(client, scene):
    """Rule: DECL-08."""
    body, interest, _, surgery = scene
    an_interest(somebody(body, "Dr Una Vale"), details_of(surgery))
    employed = details_of(surgery, role=InterestRole.EMPLOYEE, nature="Nurse there")
    nurse = an_interest(somebody(body, "Ms Ann Reed"), employed)
    spouse = an_interest(somebody(body, "Dr Ivy Moor"), details_of(surgery, via=Via.SPOUSE))
    an_edition(body, at=AT + timedelta(days=1))
    db.session.commit()
    for each in (nurse, spouse):
        assert "Fellow partners" not in client.get(f"{REGISTER}/record/{each.reference}").summary()
    page = client.get(f"{REGISTER}/record/{interest.reference}")
    assert page.summary()["Fellow partners"].startswith("What they declare counts here too, by cross-reference:")
    page = client.click("who declared an interest in Larkfield Surgery (GP practice)")
    assert "Dr Una Vale" in page.text


def test_whoever_looks_for_a_name_is_led_to_the_other_registers_with_it(client, scene):
    client.get(f"{REGISTER}?find=boat%26eng")
    page = client.click("procurement decisions and contracts awarded")
    assert page.path == f"{HOME}procurement?find=boat%26eng"
    assert "Look for" not in client.get(REGISTER).text


def test_the_address_of_a_record_that_left_says_since_when_and_which_edition_had_it(client, scene):
    body, *_ = scene
    nil = client.get(f"{REGISTER}?find=abbot").table(CAPTION)[0]["Name"].split()[-1]
    zoe = db.session.scalars(sa.select(Person).where(Person.name == "Dr Zoë Abbot")).one()
    an_interest(zoe, details_of("The Kite Consultancy"), at=AT + timedelta(days=1))
    an_edition(body, at=AT + timedelta(days=2))
    db.session.commit()
    assert "No longer on the public register: " + nil in client.get(f"{REGISTER}/changes").text
    page = client.click(nil)
    assert "This entry has not been on the register since 3 November 2026" in page.text
    assert page.summary()["Declared interest"] == "No interests declared"
    assert nil in client.click("Read edition 1, as at 1 November 2026").text


def test_an_entry_withdrawn_as_a_mistake_leaves_the_register_at_once_and_stays_in_the_edition_that_had_it(
    client, scene
):
    body, *_ = scene
    eve = somebody(body, "Dr Eve Ash")
    gift = a_gift(body, eve)
    secret = a_gift(body, eve, keep_private_because="I was threatened")
    an_edition(body, GIFTS)
    for each in (gift, secret):
        withdraw_gift(each, "Entered twice", version=1, actor=SYSTEM, at=AT + timedelta(days=1))
    db.session.commit()
    assert gift.reference not in client.get(f"{HOME}gifts").text
    assert "has been withdrawn since" in client.get(f"{HOME}gifts/record/{gift.reference}").text
    an_edition(body, GIFTS, at=AT + timedelta(days=2))
    db.session.commit()
    page = client.get(f"{HOME}gifts/record/{gift.reference}")
    assert "has not been on the register since 3 November 2026" in page.text
    past = client.click("Read edition 1, as at 1 November 2026")
    assert gift.reference in past.text and secret.reference not in past.text
    assert client.get(f"{HOME}gifts/record/{secret.reference}").status_code == 404
    assert gift.reference not in client.get(f"{HOME}gifts").text


def test_what_is_withheld_since_is_nowhere_on_the_site(client, scene):
    body, interest, person, surgery = scene
    interests.change_interest(
        interest,
        details_of(surgery, keep_private_because="I was threatened"),
        version=1,
        actor=SYSTEM,
        at=AT + timedelta(days=1),
    )
    interests.change_interest(
        interest, details_of(surgery, nature="Salaried"), version=2, actor=SYSTEM, at=AT + timedelta(days=1)
    )
    an_edition(body, at=AT + timedelta(days=2))
    for path in (
        "", "interests", "interests?find=boateng", "interests/editions/1", "interests/changes?from=0&to=1", "interests/changes",
        "interests/editions", "interests?committees=Quality+Committee",
    ):  # fmt: skip
        assert "Boateng" not in client.get(HOME + path).html, path
    for path in (f"people/{person.id}", "organisations/Y00001"):
        assert client.get(HOME + path).status_code == 404
    gone = client.get(f"{REGISTER}/record/{interest.reference}")
    assert gone.status_code == 410 and "Boateng" not in gone.html and "Larkfield" not in gone.html


def test_the_address_of_a_record_of_the_past_says_that_it_left_and_not_what_it_said(client, scene):
    body, *_ = scene
    past = an_interest(somebody(body, "Dr Eve Ash"), details_of("Larkfield Surgery", arose_on=date(2020, 1, 1)))
    an_edition(body, at=AT + timedelta(days=1))
    interests.end_interest(past, date(2026, 1, 1), version=1, actor=SYSTEM, at=AT + timedelta(days=2))
    an_edition(body, at=AT + timedelta(days=3))
    db.session.commit()
    page = client.get(f"{REGISTER}/record/{past.reference}")
    assert page.status_code == 410 and page.heading == f"{past.reference} has left the register"
    assert "at least 6 months after it ends" in page.text
    assert "Ash" not in page.html and "Larkfield" not in page.html
    never = an_interest(somebody(body, "Dr Una Vale"), details_of(keep_private_because="I was threatened"))
    db.session.commit()
    for reference in (never.reference, "I/2026/9999"):
        assert client.get(f"{REGISTER}/record/{reference}").status_code == 404


def test_differences_say_what_was_and_what_is(client, scene):
    body, interest, _, surgery = scene
    interests.change_interest(
        interest, details_of(surgery, nature="Salaried"), version=1, actor=SYSTEM, at=AT + timedelta(days=1)
    )
    an_edition(body, at=AT + timedelta(days=2), note="Yearly review")
    page = client.get(f"{REGISTER}/editions")
    assert page.table("Editions, the newest first")[0]["Note"] == "Yearly review"
    page = client.get(f"{REGISTER}/changes")
    assert page.summary()["Nature of interest"] == "Partner in the practice Partner. Salaried"
    assert "3 new, 0 changed" in client.get(f"{REGISTER}/changes?from=0&to=1").text
    past = client.get(f"{REGISTER}/editions/1")
    assert "This is an earlier edition" in past.text
    assert "Partner in the practice" in past.text


def test_a_visitor_gets_a_page_again_only_when_it_differs(client, scene):
    _, interest, _, surgery = scene
    first = client.get(REGISTER)
    assert first.headers["Cache-Control"] == "public, no-cache"
    known = {"If-None-Match": first.headers["ETag"]}
    assert client.get(REGISTER, headers=known, follow=False).status_code == 304
    assert client.get(f"{REGISTER}?find=kite", headers=known).status_code == 200
    interests.change_interest(
        interest,
        details_of(surgery, keep_private_because="I was threatened"),
        version=1,
        actor=SYSTEM,
        at=AT + timedelta(days=1),
    )
    again = client.get(REGISTER, headers=known)
    assert again.status_code == 200 and "Boateng" not in again.html


def test_what_was_not_published_yet_says_so_and_what_is_no_register_is_missing(client, app):
    a_body("NHS Mid Marsh ICB", "mid-marsh")
    assert "Not published yet" in client.get(HOME).text
    assert "Nothing of this register has been published yet" in client.get(REGISTER).text
    for path in (
        "interests/editions/1",
        "interests/editions",
        "interests/changes",
        "nonsense",
        "people/" + "0" * 32,
        "organisations/Y1",
    ):
        assert client.get(HOME + path).status_code == 404
    assert client.get("/nowhere/public/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("from=2&to=1", "Choose an edition under From that is earlier"),
        ("from=1&to=9", "There is no edition 9. The newest is edition 2"),
        ("to=99999999999999999999", "not the number of an edition"),
        ("from=abc&to=2", "not the number of an edition"),
    ],
)
def test_editions_that_cannot_be_compared_are_said_to_be_so(client, scene, asked, words):
    an_edition(scene[0], again=True, at=AT + timedelta(days=1))
    db.session.commit()
    page = client.get(f"{REGISTER}/changes?{asked}")
    assert page.status_code == 422
    assert words in page.text


@pytest.mark.parametrize("number", ["0", "2147483647", "99999999999999999999", "9" * 900])
def test_a_number_that_no_edition_has_leads_nowhere(client, scene, number):
    for path in (f"editions/{number}", f"register.csv?edition={number}"):
        assert client.get(f"{REGISTER}/{path}").status_code == 404


def test_a_page_says_that_it_changed_when_the_body_says_something_else(client, scene, monkeypatch):
    tag = client.get(REGISTER).headers["ETag"]
    assert client.get(REGISTER, headers={"If-None-Match": tag}, follow=False).status_code == 304
    monkeypatch.setattr(saying, "retention_statement", lambda *_of: "Kept for ten years")
    assert client.get(REGISTER, headers={"If-None-Match": tag}).headers["ETag"] != tag
