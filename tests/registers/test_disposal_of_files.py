"""Disposal of what came from an older register: the file, what was said of its rows, and the ledger of the import say it no more."""

import uuid
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from coi import clock
from coi.assurance.file_checks import check_files
from coi.database import db
from coi.files.models import StoredFile
from coi.organisations.models import Body
from coi.organisations.policy_commands import set_policy
from coi.organisations.vocabulary import PolicyDetails
from coi.people.commands import change_person
from coi.people.vocabulary import PersonDetails
from coi.permissions.vocabulary import Actor, Grant, Role
from coi.registers.disposal import commands, queries
from coi.registers.importing import jobs, upload_commands, upload_queries
from coi.registers.importing.models import RegisterUpload
from coi.registers.importing.vocabulary import Action, UploadState
from coi.registers.interests.models import Interest, InterestVersion
from coi.registers.models import Disposal
from coi.registers.same_person.commands import join_records
from tests.factories.accounts import account_with
from tests.factories.breaches import acting
from tests.factories.interests import SYSTEM
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment
from tests.registers.importing.by_upload import THEN, imported, problems, tables_that_say, uploaded, work
from tests.registers.importing.decisions_seen import HEAD as DECISIONS
from tests.registers.importing.decisions_seen import SURGERY
from tests.registers.importing.registers_seen import Rows, as_csv
from tests.support.client import StrictClient

DUE = "/mid-marsh/registers/disposal/"
WHY = "Yearly review of the records"
HEAD = ["Name", "Position", "Declared interest", "Type of interest", "From", "To"]
ENDED = ["Dr Ama Ashdown", "GP member", "Director of Quintessence Ltd", "Financial", "11/2005", "31/03/2018"]
STANDS = ["Dr Bea Birch", "GP member", "Partner at Larkfield Surgery", "Financial", "11/2005", "Ongoing"]
REGISTER: Rows = [HEAD, ENDED, STANDS]
OFFERS: Rows = [
    ["Recipient name", "Date of offer", "Details of gift or hospitality", "Supplier / offeror", "Estimated value", "Accepted or declined",
     "Comments"],
    ["Dr Ama Ashdown", "04/05/2018", "Lunch", "Quintessence Ltd", "£20", "Declined", ""],
]  # fmt: skip
CONTRACTS: Rows = [
    [*DECISIONS, "Contract start date", "Contract end date"], [*SURGERY[:8], "Quintessence left", *SURGERY[9:], "01/04/2017", "31/03/2019"]
]  # fmt: skip


@pytest.fixture
def body(app: Flask) -> Body:
    return a_body()


def lead_of(body: Body) -> Actor:
    return Actor("Mr Kwabena Lead", grants=(Grant(Role.GOVERNANCE_LEAD, body.id),))


def corrected(app: Flask, upload: RegisterUpload) -> RegisterUpload:
    """With the first row as somebody says it, in its own words."""
    shown = upload_queries.shown_row(upload.id, 1).shown
    said = upload_commands.Correction(
        "Dr Ama Ashdown", "GP member", organisation="Quintessence Ltd", nature="Director", arose_on="11/2005", ended_on="31/03/2018"
    )  # fmt: skip
    upload_commands.correct_row(upload, upload.version, shown, said, actor=SYSTEM, at=clock.now())
    work(app)
    return upload_queries.upload(upload.id)


def the_interest(words: str) -> Interest:
    return db.session.scalars(sa.select(InterestVersion).where(InterestVersion.nature.contains(words))).one().interest


def dispose(app: Flask, body: Body, record_id: uuid.UUID) -> Disposal:
    made = commands.dispose(body, [record_id], WHY, actor=lead_of(body), at=clock.now())
    work(app)
    return made


def test_no_place_says_what_was_disposed_of_after_it_was_imported_corrected_and_uploaded_again(
    app: Flask, body: Body
) -> None:
    """Rule: REG-04."""
    done = imported(app, corrected(app, uploaded(app, body, REGISTER)))
    again = imported(app, uploaded(app, body, REGISTER))
    waiting = uploaded(app, body, [HEAD, ENDED], "draft.csv")
    assert {"file_chunk", "register_import", "register_upload", "register_upload_row"} <= tables_that_say(
        "Quintessence"
    )
    made = dispose(app, body, the_interest("Director").id)
    assert tables_that_say("Quintessence") == set()
    assert len(made.files or []) == 3 and problems(app) == []
    assert [upload_queries.upload(each.id).state for each in (done, again)] == [UploadState.IMPORTED] * 2
    refused = upload_queries.upload(waiting.id)
    assert (
        refused.state is UploadState.REFUSED and "when a record that it may have held was disposed of" in refused.reason
    )
    kept = db.session.scalars(sa.select(StoredFile)).all()
    assert len({each.sha256 for each in kept}) == 2 and all(each.size for each in kept)
    assert the_interest("Partner").versions[0].organisations[0].text == "Partner at Larkfield Surgery"


def test_a_file_that_cannot_hold_it_stays(app: Flask, body: Body) -> None:
    """One taken in before it was on the register, one of another register, one of a body that its holder does not serve."""
    far = a_body("NHS Far Fell ICB", "far-fell")
    imported(app, uploaded(app, body, [HEAD, STANDS], "before.csv"))
    imported(app, uploaded(app, body, [DECISIONS, SURGERY], "decisions.csv"))
    imported(app, uploaded(app, body, [HEAD, ENDED], "holds.csv"))
    imported(app, uploaded(app, far, [HEAD, ["Dr Cy Cedar", *STANDS[1:]]], "elsewhere.csv"))
    made = dispose(app, body, the_interest("Quintessence").id)
    names = db.session.scalars(sa.select(StoredFile.name).where(StoredFile.id.in_(map(uuid.UUID, made.files or []))))
    assert list(names) == ["holds.csv"]


def test_a_later_file_in_which_it_stood_already_goes_too_at_each_body_of_its_holder(app: Flask, body: Body) -> None:
    """Rules: REG-04, REG-07."""
    far = a_body("NHS Far Fell ICB", "far-fell")
    imported(app, uploaded(app, body, REGISTER))
    an_appointment(db.session.scalars(sa.select(Interest)).first().person, far)
    ended = the_interest("Quintessence")
    an_appointment(ended.person, far, valid_from=date(2016, 4, 1), valid_to=date(2018, 3, 31))
    imported(app, uploaded(app, far, [HEAD, ENDED], "theirs.csv"))
    imported(app, uploaded(app, body, [*REGISTER, ["Dr Cy Cedar", *STANDS[1:]]], "next.csv"))
    dispose(app, body, ended.id)
    assert "file_chunk" not in tables_that_say("Quintessence")


@pytest.mark.parametrize("rows", [OFFERS, CONTRACTS])
def test_so_it_is_with_an_offer_and_a_procurement_decision(app: Flask, body: Body, rows: Rows) -> None:
    """Rule: REG-04."""
    told = PolicyDetails("procurement_retention_years", 6, date(2013, 4, 1), "Records policy", "So it was before")
    set_policy(body, told, version=0, actor=SYSTEM, at=clock.now())
    upload = uploaded(app, body, rows)
    shown = upload_queries.shown_row(upload.id, 1).shown
    said = upload_commands.CellsSaid({**shown["cells"], "comments": "Quintessence again"})
    upload_commands.correct_row(upload, upload.version, shown, said, actor=SYSTEM, at=clock.now())
    work(app)
    imported(app, upload_queries.upload(upload.id))
    assert {"file_chunk", "register_import", "register_upload"} <= tables_that_say("Quintessence")
    guardian = acting(a_person("Ms Gaia Guardian").id, body)
    (due,) = queries.due_records(body.id, actor=guardian, at=clock.now())
    commands.dispose(body, [due.id], WHY, actor=guardian, at=clock.now())
    work(app)
    assert tables_that_say("Quintessence") == set() and problems(app) == []
    again = uploaded(app, body, rows)
    row = upload_queries.shown_row(again.id, 1)
    assert row.action == Action.NEEDS_YOU and f"It may be {due.reference}" in row.shown["reasons"][0]
    assert row.shown["twin"][0] == str(due.id) and "which was disposed of on" in row.shown["twin"][1]


def test_the_same_file_again_offers_what_was_disposed_of_to_a_person_and_says_why(app: Flask, body: Body) -> None:
    """By what stays of it, its holder, type and days: no digest of its words is kept, which could be guessed. Rule: REG-04."""
    imported(app, uploaded(app, body, REGISTER))
    ended = the_interest("Quintessence")
    dispose(app, body, ended.id)
    upload = uploaded(app, body, REGISTER)
    (told,) = (upload.remarks or {})["said"]
    assert "what it held was erased on" in told and "leave out what did not have to be kept any longer" in told
    row = upload_queries.shown_row(upload.id, 1)
    assert (row.action, row.shown["twin"][0]) == (Action.NEEDS_YOU, str(ended.id))
    assert (
        f"It may be {ended.reference}, an interest of this person, of this type and with these days"
        in row.shown["reasons"][0]
    )
    assert upload_queries.shown_row(upload.id, 2).action == Action.ALREADY
    for said, action in ((str(ended.id), Action.ALREADY), ("new", Action.NEW)):
        upload_commands.answer(upload, upload.version, {}, set(), same={"1": said}, actor=SYSTEM, at=clock.now())
        work(app)
        upload = upload_queries.upload(upload.id)
        assert upload_queries.shown_row(upload.id, 1).action == action
        assert (upload.remarks or {})["said"] == [told]
    other = uploaded(app, body, [HEAD, [*ENDED[:4], "12/2005", ENDED[5]]], "other.csv")
    assert upload_queries.shown_row(other.id, 1).action == Action.NEW and not (other.remarks or {})["said"]


def test_what_waits_to_be_read_or_imported_holds_nothing_up_and_brings_nothing_back(app: Flask, body: Body) -> None:
    imported(app, uploaded(app, body, REGISTER))
    starting = uploaded(app, body, [*REGISTER, ["Dr Cy Cedar", *STANDS[1:]]], "next.csv")
    upload_commands.start_import(starting, starting.version, actor=SYSTEM, at=clock.now())
    reading = upload_commands.take_in(body, "last.csv", as_csv([HEAD, ENDED]), THEN, actor=SYSTEM, at=clock.now())
    dispose(app, body, the_interest("Quintessence").id)
    assert [upload_queries.upload(each.id).state for each in (starting, reading)] == [UploadState.REFUSED] * 2
    assert tables_that_say("Quintessence") == set() == tables_that_say("Cedar")


@pytest.mark.parametrize("job", ["read", "take"])
def test_what_is_read_or_imported_right_then_brings_nothing_back(
    app: Flask, body: Body, job: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record is disposed of after the job read the file, and before it writes anything."""
    imported(app, uploaded(app, body, REGISTER))
    ended, last = the_interest("Quintessence").id, [*REGISTER, ["Dr Cy Cedar", *STANDS[1:]]]
    if job == "take":
        upload = uploaded(app, body, last, "next.csv")
        upload_commands.start_import(upload, upload.version, actor=SYSTEM, at=clock.now())
    else:
        upload = upload_commands.take_in(body, "next.csv", as_csv(last), THEN, actor=SYSTEM, at=clock.now())
    name = "_read" if job == "read" else "_read_before"
    original = getattr(jobs, name)

    def read(*args: object) -> object:
        found = original(*args)
        if not db.session.get(Interest, ended).disposed_at:
            db.session.rollback()
            commands.dispose(db.session.get(Body, body_id), [ended], WHY, actor=lead, at=clock.now())
            db.session.commit()
        return found

    body_id, lead = body.id, lead_of(body)
    monkeypatch.setattr(jobs, name, read)
    work(app)
    assert upload_queries.upload(upload.id).state is UploadState.REFUSED
    assert tables_that_say("Quintessence") == set() == tables_that_say("Cedar")


def files_of(made: Disposal) -> list[str]:
    named = sa.select(StoredFile.name).where(StoredFile.id.in_(map(uuid.UUID, made.files or [])))
    return sorted(db.session.scalars(named))


def test_a_file_that_does_not_name_its_holder_stays_and_can_still_be_imported(app: Flask, body: Body) -> None:
    """Imported since, or uploaded and not imported. Rule: REG-04."""
    imported(app, uploaded(app, body, REGISTER))
    others = [HEAD, ["Dr Cy Cedar", "GP member", "Partner at Quillbrook Surgery", "Financial", "2019", "Ongoing"]]
    imported(app, uploaded(app, body, others, "others.csv"))
    draft = uploaded(app, body, [HEAD, [*STANDS[:5], "31/12/2018"]], "draft.csv")
    made = dispose(app, body, the_interest("Quintessence").id)
    assert files_of(made) == ["register.csv"] and problems(app) == []
    assert "file_chunk" in tables_that_say("Cedar") and "register_upload_row" in tables_that_say("Birch")
    stands = the_interest("Partner at Larkfield")
    draft = imported(app, upload_queries.upload(draft.id))
    assert draft.state is UploadState.IMPORTED and stands.versions[-1].ended_on == date(2018, 12, 31)


def test_a_file_goes_that_names_its_holder_otherwise(app: Flask, body: Body) -> None:
    """By an earlier name, by one that somebody said to be theirs, and in a row that somebody corrected. Rule: REG-04."""
    imported(app, uploaded(app, body, REGISTER))
    ended = the_interest("Quintessence")
    uploaded(app, body, [HEAD, ["Dr Ama Ashdown", *STANDS[1:]]], "early.csv")
    renamed = PersonDetails("Ama", "Oakapple", "Dr", "", namesake_confirmed=True)
    change_person(ended.person, renamed, actor=SYSTEM, at=clock.now())
    asked = uploaded(app, body, [HEAD, ["Dr A Oakaple", *ENDED[1:]]], "asked.csv")
    key = upload_queries.shown_row(asked.id, 1).shown["holder"]
    upload_commands.answer(asked, asked.version, {key: str(ended.person_id)}, set(), actor=SYSTEM, at=clock.now())
    uploaded(app, body, [HEAD, ["Dr Oakaple A", *ENDED[1:]]], "again.csv")
    wrong = uploaded(app, body, [HEAD, ["?", *ENDED[1:]]], "corrected.csv")
    shown = upload_queries.shown_row(wrong.id, 1).shown
    said = upload_commands.Correction("Dr Ama Oakapple", "GP member", organisation="Other Ltd", nature="Director")
    upload_commands.correct_row(wrong, wrong.version, shown, said, actor=SYSTEM, at=clock.now())
    other = uploaded(app, body, [HEAD, STANDS], "other.csv")
    made = dispose(app, body, ended.id)
    assert files_of(made) == ["again.csv", "asked.csv", "corrected.csv", "early.csv", "register.csv"]
    assert upload_queries.upload(other.id).state is UploadState.READY
    assert tables_that_say("Quintessence") == set()


def test_a_file_goes_that_names_its_holder_as_a_record_that_was_joined_with_theirs(app: Flask, body: Body) -> None:
    """Rule: REG-04."""
    imported(app, uploaded(app, body, REGISTER))
    twice, ended = a_person("Dr Amy Ashling"), the_interest("Quintessence")
    uploaded(app, body, [HEAD, ["Dr Amy Ashling", *STANDS[1:]]], "joined.csv")
    join_records(ended.person, twice, body_id=body.id, actor=SYSTEM, at=clock.now())
    assert files_of(dispose(app, body, ended.id)) == ["joined.csv", "register.csv"]


def test_an_older_file_goes_in_which_its_row_was_left_out(app: Flask, body: Body) -> None:
    """A file that names its holder and says its words, and not one that only names them. Rule: REG-04."""
    imported(app, uploaded(app, body, [HEAD, ["Dr Ama Ashdown", *STANDS[1:]]], "before.csv"))
    left = uploaded(app, body, REGISTER, "left.csv")
    upload_commands.answer(left, left.version, {}, {1}, actor=SYSTEM, at=clock.now())
    work(app)
    imported(app, upload_queries.upload(left.id))
    imported(app, uploaded(app, body, [HEAD, ENDED], "holds.csv"))
    made = dispose(app, body, the_interest("Quintessence").id)
    assert files_of(made) == ["holds.csv", "left.csv"] and tables_that_say("Quintessence") == set()


@pytest.fixture
def lead(body: Body, client: StrictClient) -> StrictClient:
    person = a_person("Mr Kwabena Lead")
    an_appointment(person, body, "Governance lead")
    account_with(person.id, "lead@example.nhs.uk", [Role.GOVERNANCE_LEAD, Role.SECRETARY], body.id)
    db.session.commit()
    return client.as_("lead@example.nhs.uk")


def test_the_check_page_names_the_files_that_go_whole_before_anything_does(
    app: Flask, body: Body, lead: StrictClient
) -> None:
    imported(app, uploaded(app, body, REGISTER))
    uploaded(app, body, [HEAD, ["Dr Ama Ashdown", *STANDS[1:]]], "draft.csv")
    uploaded(app, body, [HEAD, STANDS], "stays.csv")
    ended = the_interest("Quintessence")
    db.session.commit()
    page = lead.post(DUE, {"records": str(ended.id)})
    assert "These files of an older register may hold it, since they name whom it is about" in page.text
    assert f"register.csv, uploaded on {clock.today().day}" in page.text and "stays.csv" not in page.text
    assert (
        "from which nothing was imported: what was answered about its rows goes too. Look through it first" in page.text
    )
    assert "about others stays on the register" in page.text and "dispose of it there" in page.text
    assert lead.click("Look through it first").heading == "draft.csv"


def test_nothing_is_erased_where_another_file_would_go_than_the_page_named(
    app: Flask, body: Body, lead: StrictClient
) -> None:
    imported(app, uploaded(app, body, REGISTER))
    ended = the_interest("Quintessence").id
    db.session.commit()
    page = lead.post(DUE, {"records": str(ended)})
    seen = page.form_fields()["announced"]
    draft = uploaded(app, body, [HEAD, ["Dr Ama Ashdown", *STANDS[1:]]], "draft.csv").id
    refused = lead.post(f"{DUE}check", {"reason": WHY, "announced": seen})
    assert refused.status_code == 422 and "Another file that names them was uploaded meanwhile" in refused.text
    assert "draft.csv" in refused.text and db.session.get_one(Interest, ended).disposed_at is None
    sent = {"reason": WHY, "announced": refused.form_fields()["announced"]}
    done = lead.post(f"{DUE}check", sent, queries=50)  # once for all records and files, however many
    assert "Disposed of: I/" in done.text
    work(app)
    assert upload_queries.upload(draft).state is UploadState.REFUSED


def test_the_content_of_a_file_that_no_disposal_names_is_missed(app: Flask, body: Body) -> None:
    upload = imported(app, uploaded(app, body, REGISTER))
    db.session.execute(sa.text("DELETE FROM file_chunk"))
    assert [each.row_id for each in check_files(db.session.connection())] == [str(upload.file_id)]
    db.session.rollback()
