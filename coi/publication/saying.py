"""What the public pages and files of a body say of themselves, and the marks that differ whenever they would say something else."""

import hashlib
from collections.abc import Sequence

from coi import clock
from coi.organisations.models import Body
from coi.organisations.policy_queries import rules_of
from coi.publication import exporting, looking
from coi.publication.looking import Published
from coi.registers.retention import statement, years_of
from coi.registers.vocabulary import RegisterKind

_LAYOUT = 4
"""Counts up when files of the same content are to be made again: 4, as each register says of itself how long its entries stay."""


def about(body: Body, found: Published, address: str) -> exporting.About:
    """Returns what the files of an edition say of themselves."""
    return exporting.About(
        body.name, body.slug, found.register.title, found.register.kind.value, found.edition.number, found.edition.as_at, address,
        retention_statement(body, found.register.kind),
    )  # fmt: skip


def retention_statement(body: Body, register: RegisterKind = RegisterKind.INTERESTS) -> str:
    """Returns what a public register of a body says about the past, by the rules in force today. Rule: REG-05."""
    rules = rules_of(body, clock.today())
    return statement(
        public_months=rules.number("public_after_expiry_months") or 0, private_years=rules.number(years_of(register)),
        contact=body.contact, register=register,
    )  # fmt: skip


def marks(body: Body, found: Sequence[Published], statement: str | None = None) -> str:
    """Returns a text that differs whenever a public page or file would say something else: what may be seen of its registers, or what
    the body says of itself and of the past (`statement`, where it was read already)."""
    return f"{_LAYOUT}|{looking.marks(found, clock.today())}|{_said_by(body, statement)}"


def _said_by(body: Body, statement: str | None = None) -> str:
    return repr((body.name, body.slug, body.contact, statement or retention_statement(body)))


def mark_of_file(body: Body, found: Published) -> str:
    """Returns a mark that differs whenever a file would say something else: another edition, another redaction, another day that takes
    something out, another name or statement of the body."""
    hidden = sorted((key, sorted(names)) for key, names in found.shown.hidden.items())
    said = _said_by(body, retention_statement(body, found.register.kind))
    return hashlib.sha256(f"{_LAYOUT}|{found.edition.id}|{hidden}|{found.shown.gone}|{said}".encode()).hexdigest()[:32]


def lines_about(said: exporting.About) -> list[str]:
    """Returns what stands above the table of a workbook."""
    return [f"{said.title} as at {said.as_at.isoformat()}", f"{said.body}, edition {said.edition}", said.statement]
