"""Adding and withdrawing papers: one entry each, letters that never move, and nothing left of what was refused."""

import pytest
import sqlalchemy as sa

from coi.audit import queries as audit
from coi.audit.models import LedgerLeaf
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.files.models import FileChunk, StoredFile
from coi.files.queries import content_of
from coi.meetings import commands as planning
from coi.meetings.models import AgendaItem
from coi.meetings.papers import commands
from coi.meetings.papers.models import Paper
from coi.meetings.papers.queries import paper_counts, paper_of, papers_for, papers_kept_from, papers_of
from coi.meetings.vocabulary import MeetingState, Part
from coi.permissions.vocabulary import Role
from tests.factories.meetings import PLANNED, SYSTEM, Scene, an_item, opened, ruled
from tests.factories.papers import PNG, a_paper

EVERY_ROLE = [each for each in Role if each is not Role.ADMINISTRATOR]


def item_of(scene: Scene, part: Part = Part.PUBLIC) -> AgendaItem:
    assert scene.meeting is not None
    return an_item(scene.meeting, part=part, private_reason="Bids" if part is Part.PRIVATE else "")


def leaves() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(LedgerLeaf)) or 0


def test_a_paper_and_its_file_are_one_entry(scene: Scene) -> None:
    item = item_of(scene)
    before = leaves()
    paper = a_paper(item, name="C:\\secret\\Options é.png")
    db.session.commit()
    assert leaves() == before + 1
    assert (paper.file.name, paper.number, paper.title) == (
        "Options é.png",
        f"{item.position}a",
        "Options for the contract",
    )
    entry = audit.entries_about("paper", paper.id)[-1]
    assert entry.event == Event.PAPER_ADDED
    assert entry.body_id == scene.body.id
    assert {section.table for section in entry.sections} == {"paper", "stored_file"}
    assert b"".join(content_of(paper.file)) == PNG


def test_letters_stay_when_a_paper_is_withdrawn_and_numbers_follow_the_item(scene: Scene) -> None:
    item = item_of(scene)
    first, second = a_paper(item, "First"), a_paper(item, "Second")
    commands.withdraw_paper(first, actor=SYSTEM, at=PLANNED)
    third = a_paper(item, "Third")
    assert [each.letter for each in papers_of([item.id])[item.id]] == ["a", "b", "c"]
    assert paper_counts([item.id]) == {item.id: "2 papers"}
    place = item.position
    assert scene.meeting is not None
    others = [each.id for each in scene.meeting.items if each.id != item.id]
    planning.reorder_agenda(
        scene.meeting, [item.id, *others], version=scene.meeting.agenda_version, actor=SYSTEM, at=PLANNED
    )
    assert place != 1
    assert [second.number, third.number] == ["1b", "1c"]


def test_a_withdrawal_is_one_entry_that_says_by_whom(scene: Scene) -> None:
    paper = a_paper(item_of(scene))
    before = leaves()
    commands.withdraw_paper(paper, actor=scene.secretary, at=PLANNED)
    assert leaves() == before + 1
    assert audit.entries_about("paper", paper.id)[-1].event == Event.PAPER_WITHDRAWN
    assert paper.withdrawn_by is not None
    with pytest.raises(RuleBroken, match="already withdrawn"):
        commands.withdraw_paper(paper, actor=SYSTEM, at=PLANNED)
    with pytest.raises(NotFound):
        paper_of(paper.id, body_id=scene.body.id, actor=scene.secretary)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("paper.pdf", PNG, "content is something else"),
        ("paper.png", b"", "is empty"),
        ("paper.csv", b"a,b", "must be a PDF"),
        ("paper.png", PNG + bytes(40), "smaller than 0 MB"),
    ],
    ids=["renamed", "empty", "table", "too large"],
)
def test_a_refused_file_leaves_nothing_behind(scene: Scene, name: str, data: bytes, why: str) -> None:
    item = item_of(scene)
    before = leaves()
    with pytest.raises(RuleBroken, match=why):
        commands.add_paper(
            item, commands.PaperDetails("Options", name), data, actor=SYSTEM, at=PLANNED, largest=len(PNG)
        )
    db.session.commit()
    assert leaves() == before
    assert [db.session.scalars(sa.select(each)).all() for each in (Paper, StoredFile, FileChunk)] == [[], [], []]


def test_no_paper_comes_after_the_meeting(scene: Scene) -> None:
    item = item_of(scene)
    assert scene.meeting is not None
    scene.meeting.state = MeetingState.CLOSED
    with pytest.raises(RuleBroken, match="closed"), db.session.no_autoflush:
        a_paper(item)
    db.session.expire(scene.meeting)


@pytest.mark.parametrize("role", EVERY_ROLE)
@pytest.mark.parametrize("part", Part)
def test_no_role_passes_a_ruling_by(scene: Scene, role: Role, part: Part) -> None:
    item = item_of(scene, part)
    paper = a_paper(item)
    actor = scene.actor("gp", role, Role.MEMBER)
    assert paper_of(paper.id, body_id=scene.body.id, actor=actor) is paper
    ruled(scene, item, "gp", "A3", "A4")
    seen = papers_for(actor, item)
    assert (seen.papers, seen.withheld) == ((), 1)
    assert papers_kept_from(actor, [item.id]) == {item.id}
    with pytest.raises(NotFound):
        paper_of(paper.id, body_id=scene.body.id, actor=actor)
    other = scene.actor("nurse", role, Role.MEMBER)
    assert paper_of(paper.id, body_id=scene.body.id, actor=other) is paper


def test_a_later_ruling_gives_the_papers_back(scene: Scene) -> None:
    item = item_of(scene)
    a_paper(item)
    opened(scene)
    ruled(scene, item, "gp", "A3", "A4")
    actor = scene.actor("gp", Role.MEMBER)
    assert papers_for(actor, item).withheld == 1
    ruled(scene, item, "gp", "A4", rationale="It is held in public")
    assert papers_for(actor, item).withheld == 0


def test_a_paper_of_another_body_is_not_found(scene: Scene) -> None:
    paper = a_paper(item_of(scene))
    stranger = scene.actor("gp", Role.MEMBER)
    with pytest.raises(NotFound):
        paper_of(paper.id, body_id=paper.id, actor=stranger)
