"""Papers for tests, all invented."""

from datetime import datetime

from coi.meetings.models import AgendaItem
from coi.meetings.papers import commands
from coi.meetings.papers.models import Paper
from coi.meetings.papers.vocabulary import PaperDetails
from coi.permissions.vocabulary import Actor
from tests.factories.meetings import PLANNED, SYSTEM
from tests.files.made_files import PNG


def a_paper(
    item: AgendaItem,
    title: str = "Options for the contract",
    *,
    name: str = "options.png",
    data: bytes = PNG,
    actor: Actor = SYSTEM,
    at: datetime = PLANNED,
) -> Paper:
    """A paper of an item."""
    return commands.add_paper(item, PaperDetails(title, name), data, actor=actor, at=at)
