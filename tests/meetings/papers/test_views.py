"""Papers on their pages: adding, opening, withdrawing; what is withheld, and what the secretary and the chair are told."""

import io
import uuid

import pytest
import sqlalchemy as sa
from werkzeug.test import EnvironBuilder

from coi.audit import access
from coi.audit.models import AccessLog
from coi.audit.queries import entries_about
from coi.audit.vocabulary import Event
from coi.database import db
from coi.files.vocabulary import MIB
from coi.meetings.papers.models import Paper
from coi.meetings.vocabulary import Part
from coi.permissions.vocabulary import Role
from tests.factories.accounts import role as a_role
from tests.factories.meetings import a_declared_interest, an_item, minutes, opened, ruled
from tests.factories.organisations import an_organisation
from tests.factories.papers import PNG, a_paper
from tests.files import made_files as made

NEUTRAL = "A paper is withheld from you"
TITLE = "Options for the contract"


@pytest.fixture
def item(stage):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(stage.scene.gp, elm)
    return an_item(stage.scene.meeting, affected=[elm])


@pytest.fixture
def paper(stage, item):
    return a_paper(item)


def add(stage, item, name="options.pdf", data=None, title=TITLE, **others):
    file = (io.BytesIO(made.pdf() if data is None else data), name)
    return stage.client.post(stage.url(f"items/{item.id}/papers/add"), {"title": title, "file": file, **others})


def item_page(stage, item):
    return stage.client.get(stage.url(f"items/{item.id}/"))


def opening(stage, paper):
    return stage.client.get(stage.url(f"papers/{paper.id}"))


def papers():
    return db.session.scalars(sa.select(Paper)).all()


def test_the_secretary_adds_a_paper_and_a_member_opens_it(stage, item):
    stage.as_("scribe")
    item_page(stage, item)
    stage.client.click("Add a paper")
    page = add(stage, item, "Options (final).pdf")
    assert page.notices == [f"Paper {item.position}a is with the item."]
    stage.as_("nurse")
    page = item_page(stage, item)
    assert "Add a paper" not in page.text
    assert "Withdraw" not in page.text
    assert "(PDF, 1 KB)" in page.text
    answer = stage.client.click(f"Paper {item.position}a: {TITLE}")
    assert answer.data == made.pdf() or answer.data.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="Options (final).pdf"')
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Content-Type"] == "application/pdf"


def test_every_byte_of_a_large_paper_arrives(stage, item):
    data = PNG + bytes(range(256)) * 8_000
    paper = a_paper(item, data=data)
    stage.as_("nurse")
    assert opening(stage, paper).data == data


def test_opening_a_paper_is_in_the_access_log(stage, paper):
    stage.as_("nurse")
    opening(stage, paper)
    row = db.session.scalars(sa.select(AccessLog)).one()
    assert (row.what, row.subject_table, row.subject_id) == ("paper", "paper", str(paper.id))


def test_a_paper_leaves_only_once_its_reading_is_noted(stage, paper, monkeypatch):
    def fail(*_args):
        raise sa.exc.OperationalError("no disk", None, Exception())

    monkeypatch.setattr(access, "append", fail)
    stage.as_("nurse")
    with pytest.raises(sa.exc.OperationalError):
        opening(stage, paper)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("options.pdf", made.PNG, "The selected file is named .pdf, but its content is something else."),
        ("options.pdf", b"", "The selected file is empty"),
        ("options.exe", b"MZ", "The selected file must be a PDF, DOCX, XLSX, PPTX, PNG or JPG"),
        ("options.csv", b"a,b", "The selected file must be a PDF, DOCX, XLSX, PPTX, PNG or JPG"),
    ],
    ids=["renamed", "empty", "program", "table"],
)
def test_a_file_that_is_not_taken_in_says_why_and_keeps_the_title(stage, item, name, data, words):
    stage.as_("scribe")
    page = add(stage, item, name, data)
    assert page.status_code == 422
    assert page.error_for("File").startswith(words)
    assert page.value_of("Title of the paper") == TITLE
    assert papers() == []


def test_a_form_without_file_or_title_says_both(stage, item):
    stage.as_("scribe")
    page = stage.client.post(stage.url(f"items/{item.id}/papers/add"), {"title": " ", "file": (io.BytesIO(), "")})
    assert page.error_for("File") == "Select a file"
    assert page.error_for("Title of the paper") == "Enter the title of the paper"


def test_a_file_of_31_mb_is_told_beside_it_and_what_was_typed_stays(stage, item):
    stage.as_("scribe")
    page = add(stage, item, data=bytes(31 * MIB))
    assert page.status_code == 422
    assert page.error_for("File") == "The selected file must be smaller than 30 MB. Select a smaller one"
    assert page.value_of("Title of the paper") == TITLE
    assert papers() == []


@pytest.mark.parametrize(("size", "taken"), [(31 * MIB, 31 * MIB), (201 * MIB, 0)], ids=["paper", "flood"])
def test_a_browser_may_finish_sending_before_it_reads_that_a_file_is_too_large(stage, item, size, taken):
    """It would show a broken connection otherwise. A form without files lets in the same."""
    stage.as_("scribe")
    url, cookie = stage.url(f"items/{item.id}/edit"), stage.client._client.get_cookie("__Host-sid").value
    stream, said = io.BytesIO(bytes(31 * MIB)), []
    environ = EnvironBuilder(
        url, method="POST", base_url="https://localhost", input_stream=stream, headers={"Cookie": f"__Host-sid={cookie}"},
        content_type="multipart/form-data; boundary=x",
    ).get_environ()  # fmt: skip
    db.session.commit()
    environ["CONTENT_LENGTH"] = str(size)
    stage.client.app.wsgi_app(environ, lambda status, _headers: said.append(status)).close()
    assert said[0].startswith("413")
    assert stream.tell() == taken


def test_the_same_form_sent_twice_makes_one_paper(stage, item):
    stage.as_("scribe")
    key = str(uuid.uuid4())
    pages = [add(stage, item, form_key=key) for _ in range(2)]
    assert [page.path for page in pages] == [stage.url(f"items/{item.id}/")] * 2
    assert len(papers()) == 1


def test_a_settled_item_takes_no_paper(stage, item):
    opened(stage.scene)
    stage.at(minutes(10))
    stage.as_("scribe")
    stage.client.post(stage.url(f"items/{item.id}/room/keep"), {"do": "begin"})
    stage.client.post(stage.url(f"items/{item.id}/room/defer"), {"text": "More facts are needed"})
    assert "Add a paper" not in item_page(stage, item).text
    page = add(stage, item)
    assert "This item is settled. No paper can be added to it" in page.text
    assert papers() == []


def test_the_agenda_says_how_many_papers_an_item_has_to_everybody_alike(stage, item, paper):
    a_paper(item, "Costs")
    ruled(stage.scene, item, "gp", "A3", "A4")
    for who in ("scribe", "gp"):
        page = stage.as_(who).get(stage.url(f"meetings/{item.meeting_id}/agenda"))
        assert "· 2 papers" in page.text


def test_a_withdrawn_paper_is_named_and_cannot_be_opened(stage, item, paper):
    stage.as_("scribe")
    item_page(stage, item)
    page = stage.client.click(f"Withdraw paper {paper.number}")
    assert page.heading == f"Withdraw paper {paper.number}?"
    page = stage.client.post(stage.url(f"papers/{paper.id}/withdraw"))
    assert page.notices == [f"Paper {paper.number} is withdrawn. Its letter is not used again."]
    assert f"Paper {paper.number}: {TITLE} Withdrawn" in page.text
    assert opening(stage, paper).status_code == 404
    assert stage.client.post(stage.url(f"papers/{paper.id}/withdraw")).status_code == 404


def test_only_whoever_plans_the_agenda_adds_and_withdraws(stage, item, paper):
    for who in ("chair", "gp", "nurse", "vice"):
        stage.as_(who)
        assert add(stage, item).status_code == 404
        assert stage.client.post(stage.url(f"papers/{paper.id}/withdraw")).status_code == 404
    assert len(papers()) == 1
    assert papers()[0].withdrawn_at is None


def test_whoever_is_ruled_out_finds_a_neutral_line_and_no_paper_also_after_signing_in_again(stage, item, paper):
    stage.as_("gp")
    assert opening(stage, paper).status_code == 200
    ruled(stage.scene, item, "gp", "A3", "A4")
    for _ in range(2):
        page = item_page(stage, item)
        assert page.text.count(NEUTRAL) == 1
        assert TITLE not in page.text
        assert "PNG" not in page.text
        assert str(paper.id) not in page.html
        refused, missing = opening(stage, paper), stage.client.get(stage.url(f"papers/{uuid.uuid4()}"))
        assert refused.status_code == missing.status_code == 404
        assert refused.text == missing.text
        stage.as_("gp")


def test_no_role_opens_what_a_ruling_withholds(stage, item, paper):
    for role in (Role.SECRETARY, Role.AUDITOR, Role.GUARDIAN):
        a_role(stage.scene.gp.id, role, stage.scene.body.id)
    ruled(stage.scene, item, "gp", "A3", "A4")
    stage.as_("gp")
    assert opening(stage, paper).status_code == 404
    assert stage.client.post(stage.url(f"papers/{paper.id}/withdraw")).status_code == 404
    for path in (f"items/{item.id}/", f"items/{item.id}/room/", f"items/{item.id}/story", "ledger/"):
        assert TITLE not in stage.client.get(stage.url(path)).text
    for path in (f"ledger/about/paper/{paper.id}", f"ledger/about/stored_file/{paper.file_id}"):
        assert stage.client.get(stage.url(path)).status_code == 404
    stage.as_("vice")
    assert TITLE in stage.client.get(stage.url(f"ledger/{entry_of(paper)}")).text


def entry_of(paper):
    entry = entries_about("paper", paper.id)[0]
    assert entry.event == Event.PAPER_ADDED
    return entry.seq


def test_of_a_private_item_leaving_is_enough_and_the_papers_stay_withheld_after_the_meeting(stage):
    elm = an_organisation("Elm Surgery")
    item = an_item(stage.scene.meeting, "Bids", [elm], part=Part.PRIVATE, private_reason="Commercial")
    paper = a_paper(item)
    ruled(stage.scene, item, "gp", "A4")
    stage.as_("gp")
    assert item_page(stage, item).status_code == 404
    assert opening(stage, paper).status_code == 404
    opened(stage.scene)
    stage.at(minutes(90))
    stage.as_("scribe")
    stage.client.post(stage.url(f"items/{item.id}/room/keep"), {"do": "begin"})
    stage.client.post(stage.url(f"items/{item.id}/room/defer"), {"text": "More facts are needed"})
    stage.client.post(stage.url(f"meetings/{item.meeting_id}/room/close"), {"closed_at": "11:30"})
    stage.as_("gp")
    assert item_page(stage, item).status_code == 404, "until the minutes are confirmed"
    assert opening(stage, paper).status_code == 404


def test_before_a_ruling_the_secretary_is_told_that_the_papers_are_already_with_them(stage, item, paper):
    words = "A flag on Dr Fay Fenn waits for a ruling. The papers are already with them."
    for who in ("scribe", "chair", "vice"):
        stage.as_(who)
        assert words in item_page(stage, item).text
    for who in ("gp", "nurse"):
        stage.as_(who)
        page = item_page(stage, item)
        assert words not in page.text
        assert TITLE in page.text
    ruled(stage.scene, item, "gp", "A3", "A4")
    stage.as_("scribe")
    assert words not in item_page(stage, item).text


def test_scenario_49_the_secretary_and_those_who_may_preside_see_who_had_read_a_paper_before_the_ruling(
    stage, item, paper
):
    stage.as_("gp")
    opening(stage, paper)
    stage.at(minutes(-50))
    opening(stage, paper)
    stage.as_("nurse")
    opening(stage, paper)
    ruled(stage.scene, item, "gp", "A3", "A4")
    words = f"Paper {paper.number} was already read by Dr Fay Fenn: 10 November 2026, 9am."
    for who in ("scribe", "chair", "vice"):
        stage.as_(who)
        page = item_page(stage, item)
        assert page.text.count("was already read by") == 1
        assert words in page.text
    stage.as_("scribe")
    assert words in stage.client.get(stage.url(f"items/{item.id}/room/")).text
    for who in ("nurse", "gp"):
        stage.as_(who)
        assert "already read" not in item_page(stage, item).text


def test_a_chair_who_is_ruled_out_is_told_nothing_of_the_papers(stage, item, paper):
    stage.as_("gp")
    opening(stage, paper)
    ruled(stage.scene, item, "gp", "A3", "A4")
    ruled(stage.scene, item, "chair", "A1", "A3", "A4", by="vice")
    stage.as_("chair")
    page = item_page(stage, item)
    assert NEUTRAL in page.text
    assert "already read" not in page.text
    assert opening(stage, paper).status_code == 404
