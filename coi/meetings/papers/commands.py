"""Attaching papers to items and withdrawing them. One command, one ledger entry."""

import uuid
from datetime import datetime

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.files.commands import store_file
from coi.files.vocabulary import MIB
from coi.meetings.matters.commands import add_part
from coi.meetings.matters.vocabulary import PartDetails, PartKind
from coi.meetings.models import AgendaItem
from coi.meetings.papers import rules
from coi.meetings.papers.models import Paper
from coi.meetings.papers.queries import next_letter_number
from coi.meetings.papers.vocabulary import PaperDetails
from coi.permissions.vocabulary import Actor


def add_paper(
    item: AgendaItem, details: PaperDetails, data: bytes, *, actor: Actor, at: datetime, largest: int = 30 * MIB
) -> Paper:
    """Attaches a file to an item, under the next letter. Whoever wrote it is kept with the matter of the item, and follows it (RULEBOOK
    §23 scenario 40). `largest` is the most bytes that the installation takes. Raises
    RuleBroken once the item is settled, and beside the field `file` where the file is not taken in."""
    rules.check_papers_may_be_added(item.meeting.state, item.state)
    rules.check_is_paper(details.file_name)
    letter = rules.letter_of(next_letter_number(item))
    body_id = item.meeting.body_id
    file = store_file(details.file_name, data, "paper", actor=actor, at=at, body_id=body_id, largest=largest)
    paper = Paper(
        id=uuid.uuid4(), item_id=item.id, item=item, file_id=file.id, file=file, letter=letter, title=details.title, added_at=at
    )  # fmt: skip
    db.session.add(paper)
    if details.author_id is not None:
        wrote = PartDetails(details.author_id, PartKind.WROTE, f"the paper “{details.title}”")
        add_part(item, wrote, actor=actor, at=at)
    log.record(Event.PAPER_ADDED, subject=paper, actor=actor, at=at, body_id=body_id)
    return paper


def withdraw_paper(paper: Paper, *, actor: Actor, at: datetime) -> Paper:
    """Withdraws a paper, at any time: a wrong file must not stay within reach. Its letter is not used again, and the file is kept
    with the ledger's digest of it. Raises RuleBroken where it was withdrawn already."""
    if paper.withdrawn_at is not None:
        raise RuleBroken("This paper was already withdrawn")
    paper.withdrawn_at, paper.withdrawn_by = at, actor.account_id
    log.record(Event.PAPER_WITHDRAWN, subject=paper, actor=actor, at=at, body_id=paper.item.meeting.body_id)
    return paper
