"""Published registers for tests, all invented, made by the command that publishes in the product."""

from datetime import UTC, date, datetime

from coi import clock
from coi.organisations.models import Body
from coi.permissions.vocabulary import system_actor
from coi.publication import queries
from coi.publication.catalogue import INTERESTS, Register
from coi.publication.commands import publish_edition
from coi.publication.models import Edition
from coi.publication.register_queries import Asked, PublicPage, Shown, public_page

AT = datetime(2026, 11, 1, 10, 0, tzinfo=UTC)
SYSTEM = system_actor("cli")


def an_edition(
    body: Body, register: Register = INTERESTS, *, at: datetime = AT, again: bool = False, note: str = ""
) -> Edition:
    """The register as it is, published."""
    return publish_edition(body, register, note=note, nothing_changed=again, actor=SYSTEM, at=at)


def shown(
    body: Body, register: Register = INTERESTS, *, number: int = 0, at: datetime = AT, today: date | None = None
) -> Shown:
    """An edition as a visitor looks at it; the newest where no number is given."""
    shelf = queries.shelf(body.id, register.kind)
    assert shelf is not None
    return Shown(
        register, shelf.id, number or shelf.edition, shelf.edition, shelf.rows, today or clock.local(at).date(),
        register.withheld(body.id, at=at),
    )  # fmt: skip


def a_page(body: Body, *, number: int = 0, at: datetime = AT, today: date | None = None, **asked: object) -> PublicPage:
    """A page of the register of interests as a visitor sees it."""
    return public_page(shown(body, number=number, at=at, today=today), Asked(**asked))  # type: ignore[arg-type]
