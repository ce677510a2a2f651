"""Each type of interest asks what it needs and nothing else; what goes with a practice is suggested; a name is warned of once."""

from datetime import date

import pytest
import sqlalchemy as sa

from coi import clock
from coi.database import db
from coi.documents.vocabulary import text_of
from coi.organisations.vocabulary import OrganisationKind, RelationKind
from coi.people.models import Person
from coi.registers.interests import commands, queries, rules, subtypes
from coi.registers.interests.annex import document_of
from coi.registers.interests.annex_queries import annex_of
from coi.registers.interests.columns import described
from coi.registers.interests.entries import STEPS, Entry
from coi.registers.interests.models import RedactionRequest
from coi.registers.interests.particular_forms import REVEALS_HEALTH
from coi.registers.interests.related_queries import fellow_partners
from coi.registers.interests.sitting import from_draft
from coi.registers.interests.vocabulary import ROLE_WORDS, InterestRole, InterestSubtype, InterestType, Via
from tests.factories.interests import SYSTEM, an_interest, details_of
from tests.factories.organisations import a_relation, an_organisation
from tests.factories.people import a_person, an_appointment
from tests.registers.interests.test_views import change_of

HOME = "/mid-marsh/registers/interests"
GP = "gp@example.nhs.uk"


@pytest.mark.parametrize("subtype", list(InterestSubtype))
def test_each_type_has_its_words_and_its_questions_have_names_of_their_own(subtype):
    facts = subtypes.SUBTYPES[subtype]
    names = [each.name for each in facts.particulars]
    assert facts.words
    assert facts.hint
    assert len(set(names)) == len(names)
    assert len({each.heading for each in facts.particulars}) == len(names)


@pytest.mark.parametrize(
    ("subtype", "skipped"),
    [
        ("partnership", {"kind", "role"}),
        ("shareholding", {"kind", "role"}),
        ("outside_employment", {"kind"}),
        ("patent", {"role"}),
        ("loyalty", set()),
        ("other", set()),
    ],
)
def test_what_a_type_settles_is_not_asked(subtype, skipped):
    entry = Entry(directness="direct").with_answers("what", {"subtype": subtype})
    assert set(STEPS) - set(entry.steps) | (set() if entry.asks_role else {"role"}) == skipped


def test_nobody_is_asked_about_the_employer_of_somebody_close_and_no_employer_is_published():
    said = {"work": "Locum GP", "time": "6 sessions", "permission": "No"}
    entry = Entry(directness="direct").with_answers("what", {"subtype": "outside_employment"})
    entry = entry.with_answers("about", {"role": "locum", "particulars": said, "arose_on": "2026-01-01"})
    assert entry.description == "Locum. Work: Locum GP. Time: 6 sessions"
    entry = entry.with_answers("what", {"subtype": "outside_employment", "directness": "indirect", "via": "spouse"})
    assert entry.asked == ()
    assert entry.particulars == {}


@pytest.mark.parametrize("subtype", ["partnership", "loyalty", "private_practice", "outside_employment"])
def test_nobody_is_asked_what_only_somebody_elses_own_doing_tells(subtype):
    assert subtypes.particulars_of(subtype)
    assert not subtypes.particulars_of(subtype, is_indirect=True)


def test_a_type_settles_category_and_role_and_another_type_asks_again():
    entry = Entry(directness="direct").with_answers("what", {"subtype": "shareholding"})
    assert (entry.type, entry.role) == (InterestType.FINANCIAL, InterestRole.SHAREHOLDER)
    entry = entry.with_answers("about", {"particulars": {"share": "5%"}}).with_answers("what", {"subtype": "loyalty"})
    assert (entry.particulars, entry.role) == ({}, "")
    assert {"kind", "about"} <= set(entry.steps) - set(entry.answered)


def test_a_draft_of_an_older_release_goes_on_where_it_stood():
    taken = ["what", "whose", "organisation", "role", "nature", "dates", "privacy"]
    old = {"subtype": "partnership", "directness": "direct", "type": "financial", "role": "partner", "organisation": "Elm",
           "nature": "Partner", "arose_on": "2026-05-01", "answered": taken}  # fmt: skip
    assert from_draft({"entries": [old]}).is_complete
    begun = from_draft({"entries": [{"subtype": "partnership", "answered": ["what"]}]})
    assert begun.missing == (1, "what")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My wife Jane owns the company", "Jane"),
        ("Owned by Mr Harold Finch", "Harold Finch"),
        ("son, Tom, works there", "Tom"),
        ("My brother is Peter Marsh", "Peter Marsh"),
        ("Director of Harold Ltd", ""),
        ("My husband works at Larkfield Surgery", ""),
        ("With a business partner Larkfield Surgery", ""),
        ("Owns a tenth of the company.", ""),
    ],
)
def test_what_looks_like_a_name_is_seen(text, name):
    assert rules.apparent_name(text) == name


def declare(client, *answers):
    """Answers the questions of a first interest."""
    page = None
    for step, given in answers:
        page = client.post(f"{HOME}/declare/1/{step}", given)
    return page


ORGANISATION = ("organisation", {"organisation-text": "Beech Ltd", "organisation-asked": "Beech Ltd"})
STARTED = {"arose_on-day": "1", "arose_on-month": "4", "arose_on-year": "2019"}
SIGNED = {"has_reason": "no"}


def what(subtype, **said):
    return ("what", {"what": subtype, "whose": "direct", **said})


def about(**said):
    return ("about", {**STARTED, **said})


def test_shares_are_declared_with_how_many_and_of_what_kind(as_gp, gp):
    page = declare(as_gp, what("shareholding"))
    assert page.heading == "Which company is it?"
    page = declare(as_gp, ORGANISATION)
    assert page.heading == "About Beech Ltd"
    assert "Do not declare collective investments" in page.text
    declare(as_gp, about(share="5%", share_kind="Shares of a private company"))
    page = as_gp.get(f"{HOME}/declare/check")
    made = "Shareholder, Beech Ltd. Holding: 5%. Kind of holding: Shares of a private company"
    assert (page.summary()["Holding"], page.summary()["What it is"]) == ("5%", made)
    assert "Kind of interest" not in page.summary()
    page = as_gp.get(f"{HOME}/declare/1/nature")
    assert page.value_of("Describe the interest in your own words") == made
    assert "We wrote this from your answers" in page.text
    declare(as_gp, ("nature", {"nature": "A twentieth"}))
    as_gp.post(f"{HOME}/declare/check", SIGNED)
    (version,) = queries.interests_known_at([gp.id], clock.now())
    assert (version.subtype, version.particulars["share"], version.role, version.nature) == (
        "shareholding",
        "5%",
        InterestRole.SHAREHOLDER,
        "A twentieth",
    )
    page = as_gp.get(f"{HOME}/mine/{version.interest_id}")
    assert "Shares of a private company" in page.text
    page = as_gp.get(f"{HOME}/mine/{version.interest_id}/change")
    assert page.value_of("How much do you hold? (optional)") == "5%"


def test_of_other_work_it_is_asked_what_and_how_much_and_the_agreement_need_not_be_told(as_gp):
    page = declare(as_gp, what("outside_employment"), ORGANISATION, about(role="locum"))
    assert page.errors == ["Answer: What do you do there?", "Answer: How much time does it take?"]
    declare(as_gp, about(role="locum", work="Sessions", time="2 a week", nature="Saturdays"))
    said = as_gp.get(f"{HOME}/declare/check").summary()["What it is"]
    assert said == "Locum, Beech Ltd. Work: Sessions. Time: 2 a week. Saturdays"
    page = as_gp.get(f"{HOME}/declare/1/about")
    assert page.value_of("Anything to add in your own words? (optional)") == "Saturdays"


def test_what_happens_once_is_asked_for_one_day_and_is_over_with_it(as_gp, gp):
    declare(as_gp, what("donation"), ("kind", {"kind": "non_financial_professional"}))
    page = declare(as_gp, ORGANISATION)
    assert page.value_of("When was it?") == ["", "", ""]
    assert "When did it end? (optional)" not in page.text and "You learned of it later" in page.text
    told = {"fund": "The practice’s fund", "why": "An old patient gave it"}
    page = declare(as_gp, ("about", told))
    assert page.errors == ["Enter the day on which it was, or select that it has not happened yet"]
    declare(as_gp, about(**told))
    page = as_gp.get(f"{HOME}/declare/check")
    assert page.summary()["Dates"] == "On 1 April 2019"
    as_gp.post(page.path, SIGNED)
    (version,) = queries.interests_known_at([gp.id], clock.now())
    assert (version.arose_on, version.ended_on, version.is_pursuing) == (date(2019, 4, 1), date(2019, 4, 1), False)
    page = as_gp.get(f"{HOME}/mine/{version.interest_id}")
    assert page.summary()["When"] == "1 April 2019"
    assert "End told" not in page.text
    page = as_gp.get(f"{HOME}/mine/{version.interest_id}/change")
    page = as_gp.post(page.path, {**change_of(page), "arose_on-day": "2"})
    (version,) = queries.interests_known_at([gp.id], clock.now())
    assert (version.arose_on, version.ended_on) == (date(2019, 4, 2), date(2019, 4, 2))
    assert "Its end was told" not in as_gp.get(f"{HOME}/mine/{version.interest_id}").text


def test_a_sponsored_event_that_is_still_to_come_has_no_day(as_gp, gp):
    declare(as_gp, what("sponsored_event"), ("kind", {"kind": "financial"}), ORGANISATION)
    declare(as_gp, ("about", {"event": "Spring study day", "part": "Chaired it", "arose_on-ongoing": "yes"}))
    as_gp.post(f"{HOME}/declare/check", SIGNED)
    (version,) = queries.interests_known_at([gp.id], clock.now())
    assert (version.arose_on, version.ended_on, version.is_pursuing) == (None, None, True)


def test_private_patients_in_own_rooms_are_at_no_organisation(as_gp, gp):
    page = declare(as_gp, what("private_practice"))
    assert "In own rooms, at no organisation" in page.text
    declare(as_gp, ("organisation", {"no_organisation": "y"}))
    declare(as_gp, about(specialty="Dermatology", sessions="Fridays"))
    as_gp.post(f"{HOME}/declare/check", SIGNED)
    (version,) = queries.interests_known_at([gp.id], clock.now())
    assert (version.nature, version.organisations) == (
        "Private practice in own rooms. Specialty: Dermatology. Sessions: Fridays",
        [],
    )


@pytest.mark.parametrize(
    ("subtype", "asked"),
    [
        ("research", {"study", "approval", "papers"}),
        ("sponsored_post", {"post", "approval", "checkpoint", "assurance"}),
        ("private_practice", {"specialty", "sessions"}),
        ("outside_employment", {"work", "time"}),
    ],
)
def test_what_the_guidance_asks_to_be_declared_of_a_type_is_required(subtype, asked):
    assert {each.name for each in subtypes.particulars_of(subtype) if each.is_required} == asked


def test_a_role_that_a_description_begins_with_is_said_once():
    for role, words in ROLE_WORDS.items():
        assert (
            described(f"{words}, Beech Ltd. Study: knees", role, is_in_one=True) == f"{words}, Beech Ltd. Study: knees"
        )
    assert described("Partnership income", InterestRole.PARTNER, is_in_one=True) == "Partner. Partnership income"


def test_a_mistyped_practice_is_asked_about_and_kept_words_stay_unmatched(as_gp, gp):
    practice = an_organisation("Harbour Row Surgery")
    db.session.commit()
    declare(as_gp, what("partnership"))
    page = declare(as_gp, ("organisation", {"organisation-text": "Harbur Row Surgery"}))
    assert (page.status_code, page.errors) == (200, [])
    assert "“Harbur Row Surgery” was not found. Did you mean one of these?" in page.text
    assert str(practice.id) in page.html
    asked = {"organisation-text": "Harbur Row Surgery", "organisation-asked": "Harbur Row Surgery"}
    page = declare(as_gp, ("organisation", {**asked, "organisation-choice": "words"}))
    assert page.heading == "About Harbur Row Surgery"
    declare(as_gp, about())
    as_gp.post(f"{HOME}/declare/check", SIGNED)
    (version,) = queries.interests_known_at([gp.id], clock.now())
    assert [(each.text, each.organisation_id) for each in version.organisations] == [("Harbur Row Surgery", None)]


def test_a_gift_is_pointed_to_its_own_register(as_gp):
    page = declare(as_gp, ("what", {"what": "gift"}))
    assert page.heading == "Gifts have a register of their own"
    assert as_gp.get(page.links["Enter a gift or hospitality"]).status_code == 200


def test_an_apparent_name_is_warned_of_once(as_gp):
    declare(as_gp, what("other", whose="indirect", via="spouse"), ("kind", {"kind": "financial"}), ORGANISATION)
    said = {"role": "owner", "nature": "My wife Jane owns it"}
    page = declare(as_gp, about(**said))
    assert "“Jane” looks like a name" in page.errors[0]
    assert page.value_of("Describe the interest in your own words") == "My wife Jane owns it"
    page = declare(as_gp, about(**said, warned_of="Jane"))
    assert page.heading == "You have added 1 interest"


def test_what_reveals_health_waits_for_the_guardian(as_gp, gp):
    declare(as_gp, what("other"), ("kind", {"kind": "non_financial_personal"}), ORGANISATION,
            about(role="member", nature="Member of a patients’ group"))  # fmt: skip
    declare(as_gp, ("privacy", {"has_reason": "no", "reveals_health": "y"}))
    as_gp.post(f"{HOME}/declare/check", SIGNED)
    (version,) = queries.interests_known_at([gp.id], clock.now())
    assert version.reveals_health
    request = queries.redactions_of([version.interest_id])[version.interest_id]
    assert isinstance(request, RedactionRequest)
    assert "health" in request.reason


def test_a_partner_is_asked_for_the_network_and_the_federation_of_the_practice(as_gp):
    practice = an_organisation("Larkfield Surgery")
    network = an_organisation("Marsh PCN", OrganisationKind.PCN)
    federation = an_organisation("Marsh Federation Ltd", OrganisationKind.FEDERATION)
    a_relation(practice, RelationKind.MEMBER_OF_PCN, network)
    a_relation(practice, RelationKind.SHAREHOLDER_IN, federation)
    chosen = {
        "organisation-text": "Larkfield",
        "organisation-asked": "Larkfield",
        "organisation-choice": str(practice.id),
    }
    page = declare(as_gp, what("partnership"), ("organisation", chosen), about())
    assert "Larkfield Surgery is in this network" in page.text
    assert "Larkfield Surgery owns a part of it" in page.text
    page = as_gp.post(page.path, {"also": [str(network.id), str(federation.id)]})
    assert page.heading == "What do you have in Marsh PCN?"
    page = as_gp.post(page.path, {"what": "directorship"})
    assert page.heading == "About Marsh PCN"  # whose it is and where are known
    page = as_gp.post(page.path, STARTED)
    assert page.heading == "What do you have in Marsh Federation Ltd?"
    page = as_gp.post(as_gp.get(page.links["Leave it out"]).path)
    assert page.heading == "Check your answers"
    page = as_gp.get(f"{HOME}/declare/check")
    assert "Director, Marsh PCN. Started 1 April 2019" in page.text


def test_what_fellow_partners_declare_is_derived_and_never_stored(gp, at, body):
    practice = an_organisation("Larkfield Surgery")
    mine = an_interest(gp, details_of(practice))
    other = a_person("Dr Bea Cole")
    an_interest(other, details_of(practice))
    an_interest(other, details_of("Beech Ltd", role=InterestRole.ADVISER))
    an_interest(other, details_of("Hidden Ltd", keep_private_because="Threats"))
    an_interest(other, details_of("Spouse Ltd", via=Via.SPOUSE))
    an_interest(a_person("Dr Not Partner"), details_of(practice, role=InterestRole.SALARIED_GP))
    hidden = a_person("Dr Hid Denn")
    an_interest(hidden, details_of(practice, keep_private_because="Threats"))
    elsewhere = a_person("Dr Far Away")
    an_interest(elsewhere, details_of(practice))
    seen = sa.select(Person.id).where(Person.id != elsewhere.id)
    (partner,) = fellow_partners(mine.versions[-1], clock.now(), seen, body.id)
    assert partner.name == "Dr Bea Cole"
    assert [each.organisation for each in partner.interests] == ["Beech Ltd"]
    assert partner.words == "Dr Bea Cole: Beech Ltd (adviser, I/2026/0003)"
    db.session.commit()


def test_a_partner_reads_what_counts_by_cross_reference_on_their_own_page_and_copy(client, body, gp):
    practice = an_organisation("Larkfield Surgery")
    mine = an_interest(gp, details_of(practice))
    other = a_person("Dr Bea Cole")
    an_appointment(other, body)
    an_interest(other, details_of(practice))
    an_interest(other, details_of("Beech Ltd", role=InterestRole.ADVISER))
    an_interest(other, details_of("Hidden Ltd", keep_private_because="Threats"))
    later = commands.declare_interests(gp, [details_of("Elm Ltd")], actor=SYSTEM, at=clock.now(), body_id=body.id)
    told = "Dr Bea Cole: Beech Ltd (adviser, I/2026/0003)"
    text = text_of(document_of(annex_of(later, body)))
    assert told in text and "Hidden" not in text
    db.session.commit()
    page = client.as_(GP).get(f"{HOME}/mine/{mine.id}")
    assert told in page.text and "counts for you too" in page.text and "Hidden" not in page.text


def test_what_may_tell_of_health_is_asked_beside_the_interest_itself_and_not_behind_another_link(as_gp, gp):
    said = {"role": "member", "nature": "I have the illness myself", "reveals_health": "y"}
    declare(as_gp, what("partnership"), ORGANISATION)
    assert REVEALS_HEALTH not in as_gp.get(f"{HOME}/declare/1/about").text
    declare(as_gp, what("partnership", whose="indirect", via="spouse"), ORGANISATION)
    assert REVEALS_HEALTH in as_gp.get(f"{HOME}/declare/1/about").text
    declare(as_gp, what("other"), ("kind", {"kind": "financial"}), ORGANISATION)
    assert REVEALS_HEALTH in as_gp.get(f"{HOME}/declare/1/about").text
    declare(as_gp, about(**said))
    page = as_gp.get(f"{HOME}/declare/check")
    assert "Give a reason not to publish it" not in page.text
    as_gp.post(f"{HOME}/declare/check", SIGNED)
    (version,) = queries.interests_known_at([gp.id], clock.now())
    assert version.reveals_health
    assert "health" in queries.redactions_of([version.interest_id])[version.interest_id].reason
