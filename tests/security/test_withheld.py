"""What a ruling keeps from somebody stays out of every page, whatever their role; and comes back when it may."""

import io
import re

import pypdf
import pytest
import sqlalchemy as sa

from coi import clock
from coi.audit import log
from coi.audit.models import LedgerLeaf
from coi.audit.vocabulary import Event
from coi.database import db
from coi.documents.vocabulary import DocumentStatus
from coi.meetings.actions.commands import ActionDetails, raise_action
from coi.meetings.minutes import commands as minuting
from coi.meetings.minutes.models import Minutes
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings import decision_commands as deciding
from coi.meetings.proceedings.vocabulary import NotesDetails, mark_of
from coi.meetings.vocabulary import MinutesState, Part, Purpose
from coi.permissions.vocabulary import Role
from tests.factories.accounts import account_with
from tests.factories.meetings import a_scene, an_item, minutes, opened, ruled
from tests.factories.organisations import an_organisation
from tests.factories.papers import a_paper
from tests.support.client import StrictClient
from tests.support.permission_stage import Stage
from tests.support.permission_world import RULED_OUT, SECRET, VICE

PAGES = (
    "", "meetings/", "meetings/{meeting}/", "meetings/{meeting}/agenda", "meetings/{meeting}/conflicts/",
    "meetings/{meeting}/conflicts/mine", "meetings/{meeting}/edit", "meetings/{meeting}/room/", "meetings/{meeting}/room/close",
    "meetings/{meeting}/minutes/", "meetings/{meeting}/minutes/minutes.pdf", "actions/", "rulings/to-confirm", "ledger/",
    "ledger/about/meeting/{meeting}", "meetings/{meeting}/grid", "meetings/{meeting}/order/", "meetings/{meeting}/briefing",
    "meetings/{meeting}/briefing.pdf",
)  # fmt: skip


def read(stage: Stage, who: str, page: str) -> tuple[int, str]:
    """What somebody gets, as words; of a PDF too."""
    url = f"/{stage.world.slug}/{page.format(meeting=stage.world.conflicted['meeting_id'])}"
    answer = stage.call(who, "GET", url)
    if answer.mimetype == "application/pdf":
        return answer.status_code, "".join(
            each.extract_text() for each in pypdf.PdfReader(io.BytesIO(answer.data)).pages
        )
    return answer.status_code, answer.text


@pytest.mark.parametrize("role", RULED_OUT)
def test_nothing_of_a_private_item_reaches_whoever_was_ruled_to_stand_down(stage: Stage, role: Role) -> None:
    leaking = [page for page in PAGES if SECRET in read(stage, role.value, page)[1]]
    assert leaking == []
    status, agenda = read(stage, role.value, "meetings/{meeting}/agenda")
    assert status == 200
    assert re.search(r"Because of a ruling on your interest, you cannot read item\s+\d+\s+until", agenda)
    assert "private part is kept from you" in read(stage, role.value, "meetings/{meeting}/minutes/")[1]


def test_whoever_was_not_ruled_on_reads_it_on_the_same_pages(stage: Stage) -> None:
    reading = [page for page in PAGES if SECRET in read(stage, VICE, page)[1]]
    assert set(reading) >= {
        "meetings/{meeting}/agenda", "meetings/{meeting}/conflicts/", "meetings/{meeting}/room/", "meetings/{meeting}/room/close",
        "meetings/{meeting}/minutes/", "meetings/{meeting}/minutes/minutes.pdf", "actions/", "ledger/",
        "meetings/{meeting}/grid", "meetings/{meeting}/order/",
        "meetings/{meeting}/briefing", "meetings/{meeting}/briefing.pdf",
    }  # fmt: skip


def test_every_ledger_entry_is_free_of_it(stage: Stage) -> None:
    for role in (Role.CHAIR, Role.LAY_MEMBER, Role.SECRETARY, Role.GUARDIAN, Role.AUDITOR):
        for seq in range(400):
            assert SECRET not in read(stage, role.value, f"ledger/{seq}")[1], f"{role}, entry {seq}"


@pytest.fixture
def scene(client: StrictClient, monkeypatch: pytest.MonkeyPatch):
    """A committee with a GP and a secretary who can sign in."""
    monkeypatch.setattr(clock, "now", lambda: minutes(30))
    scene = a_scene()
    for who, role in (("gp", Role.MEMBER), ("nurse", Role.MEMBER)):
        account_with(scene.people[who].id, f"{who}@example.nhs.uk", [role, Role.DECLARANT], scene.body.id)
    return scene


def a_private_item(scene, *actions: str):
    item = an_item(
        scene.meeting, "Merger of two practices", [an_organisation()], part=Part.PRIVATE, private_reason="In confidence"
    )
    if actions:
        ruled(scene, item, "gp", *actions)
    return item


@pytest.mark.parametrize(
    ("actions", "status"),
    [((), 200), (("A2",), 404), (("A3", "A4"), 404), (("A4",), 404), (("A3", "A5"), 404), (("A5",), 200), (("S1",), 200), (("A6",), 200)],
)  # fmt: skip
def test_what_a_ruling_takes_away_is_what_is_kept(
    scene, client: StrictClient, actions: tuple[str, ...], status: int
) -> None:
    item = a_private_item(scene, *actions)
    client.as_("gp@example.nhs.uk")
    assert client.get(f"/{scene.body.slug}/items/{item.id}/").status_code == status
    assert client.get(f"/{scene.body.slug}/items/{item.id}/story").status_code == status


def test_a_public_item_is_kept_from_no_member(scene, client: StrictClient) -> None:
    item = an_item(scene.meeting, "Public business")
    ruled(scene, item, "gp", "A3", "A4")
    assert client.as_("gp@example.nhs.uk").get(f"/{scene.body.slug}/items/{item.id}/").status_code == 200


def test_of_a_public_item_the_draft_minutes_are_kept_with_its_papers_until_they_are_confirmed(
    scene, client: StrictClient
) -> None:
    item = an_item(scene.meeting, "Public business", purpose=Purpose.NOTE)
    other = an_item(scene.meeting, "Other public business", purpose=Purpose.NOTE)
    ruled(scene, item, "gp", "A3", "S1")
    ruled(scene, other, "gp", "A4")
    meeting = opened(scene)
    draft = minuting.draft_minutes(meeting, scene.body, actor=scene.secretary, at=minutes(25))
    url = f"/{scene.body.slug}/meetings/{meeting.id}/minutes/"
    page, pdf = (client.as_("gp@example.nhs.uk").get(f"{url}{end}") for end in ("", "minutes.pdf"))
    texts = [page.text, " ".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(pdf.data)).pages)]
    for text in texts:
        assert "Public business" not in text and item.reference not in text
        assert "Kept from you" in text and "Other public business" in text
    assert "Public business" in client.as_("nurse@example.nhs.uk").get(url).text
    draft.state = MinutesState.CONFIRMED
    log.record(Event.MINUTES_CONFIRMED, subject=draft, actor=scene.secretary, at=minutes(29), body_id=scene.body.id)
    db.session.commit()
    assert "Public business" in client.as_("gp@example.nhs.uk").get(url).text


def test_of_a_public_item_nothing_of_the_record_is_read_until_then_on_any_page_either(
    scene, client: StrictClient
) -> None:
    account_with(scene.people["vice"].id, "vice@example.nhs.uk", [Role.LAY_MEMBER, Role.DECLARANT], scene.body.id)
    item = an_item(scene.meeting, "Public business", purpose=Purpose.NOTE)
    for who in ("gp", "vice"):
        ruled(scene, item, who, "A3", "S1")
    meeting = opened(scene)
    said = NotesDetails("They spoke of money", mark_of(""))
    proceedings.note_discussion(item, said, actor=scene.secretary, at=minutes(11))
    for owner in ("gp", "nurse"):
        task = ActionDetails(f"Count the money, {owner}", scene.people[owner], None)
        raise_action(item, task, actor=scene.secretary, at=minutes(12))
    last = db.session.scalars(sa.select(LedgerLeaf.seq).order_by(LedgerLeaf.seq.desc()).limit(3)).all()
    draft = minuting.draft_minutes(meeting, scene.body, actor=scene.secretary, at=minutes(25))

    def pages_of(who: str) -> str:
        client.as_(f"{who}@example.nhs.uk")
        paths = ["", "actions/", f"items/{item.id}/", f"items/{item.id}/story", f"meetings/{meeting.id}/room/"]
        if who == "vice":
            paths += ["ledger/", *(f"ledger/{seq}" for seq in last)]
        answers = [client.get(f"/{scene.body.slug}/{path}", queries=80) for path in paths]
        return " ".join(each.text for each in answers)

    vice, nurse, gp = (pages_of(who) for who in ("vice", "nurse", "gp"))
    assert "money" in nurse and "Count the money, gp" in nurse
    assert "They spoke" not in gp + vice and "Count the money, nurse" not in gp + vice
    assert "Count the money, gp" in gp and "cannot read what was said" in gp
    draft.state = MinutesState.CONFIRMED
    log.record(Event.MINUTES_CONFIRMED, subject=draft, actor=scene.secretary, at=minutes(26), body_id=scene.body.id)
    assert "They spoke of money" in client.get(f"/{scene.body.slug}/items/{item.id}/story", queries=80).text


def test_a_new_ruling_shuts_and_opens_the_item_on_the_next_click(scene, client: StrictClient) -> None:
    item = a_private_item(scene)
    paper = a_paper(item)
    urls = [f"/{scene.body.slug}/items/{item.id}/", f"/{scene.body.slug}/papers/{paper.id}"]
    client.as_("gp@example.nhs.uk")
    assert [client.get(url).status_code for url in urls] == [200, 200]
    ruled(scene, item, "gp", "A3", "A4")
    assert [client.get(url).status_code for url in urls] == [404, 404]
    ruled(scene, item, "gp", "A6", rationale="The interest was sold last year")
    assert [client.get(url).status_code for url in urls] == [200, 200]


def test_after_the_meeting_neither_the_item_nor_its_minutes_can_be_read_until_they_are_confirmed(
    scene, client: StrictClient
) -> None:
    item = a_private_item(scene, "A3", "A4")
    meeting = opened(scene)
    minuting.draft_minutes(meeting, scene.body, actor=scene.secretary, at=minutes(25))
    proceedings.close_meeting(meeting, minutes(28), actor=scene.secretary, at=minutes(28))
    client.as_("gp@example.nhs.uk")
    assert client.get(f"/{scene.body.slug}/items/{item.id}/story").status_code == 404
    draft = client.get(f"/{scene.body.slug}/meetings/{meeting.id}/minutes/")
    assert "private part is kept from you" in draft.text and item.title not in draft.text
    assert item.title in client.as_("nurse@example.nhs.uk").get(draft.path).text


def confirmed(scene, draft: Minutes) -> None:
    draft.state = MinutesState.CONFIRMED
    draft.content = {**draft.content, "whole": {**draft.content["whole"], "status": DocumentStatus.CONFIRMED.value}}
    log.record(Event.MINUTES_CONFIRMED, subject=draft, actor=scene.secretary, at=minutes(29), body_id=scene.body.id)
    db.session.commit()


@pytest.mark.parametrize(("actions", "is_kept"), [(("A3", "A4"), True), (("A4",), False)])
def test_a_private_item_stays_kept_after_confirmation_from_whom_its_papers_and_minutes_were_taken(
    scene, client: StrictClient, actions: tuple[str, ...], is_kept: bool
) -> None:
    item, other = a_private_item(scene, *actions), a_private_item(scene)
    item.title, other.title = "Merger of two practices", "Rent of a third"
    item.purpose = other.purpose = Purpose.NOTE
    meeting = opened(scene)
    for each in (item, other):
        proceedings.open_item(each, actor=scene.secretary, at=minutes(11))
        deciding.note_item(each, actor=scene.secretary, at=minutes(12))
    confirmed(scene, minuting.draft_minutes(meeting, scene.body, actor=scene.secretary, at=minutes(25)))
    url = f"/{scene.body.slug}/meetings/{meeting.id}/minutes/"
    page, pdf = (client.as_("gp@example.nhs.uk").get(f"{url}{end}") for end in ("", "minutes.pdf"))
    for text in (page.text, " ".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(pdf.data)).pages)):
        assert ("Merger of two" not in text) is is_kept
        assert "Rent of a third" in text
    story = client.get(f"/{scene.body.slug}/items/{item.id}/story", queries=80)
    assert story.status_code == (404 if is_kept else 200)
    assert "Merger of two practices" in client.as_("nurse@example.nhs.uk").get(url).text
