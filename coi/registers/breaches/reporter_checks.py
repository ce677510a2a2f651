"""Checking that nobody changed who reported a breach: it is kept out of the ledger but for a digest. A check for `coi audit verify`."""

import sqlalchemy as sa

from coi.audit.findings import Problem
from coi.registers.breaches.models import BreachReport
from coi.registers.breaches.rules import digest_of_reporter

R = BreachReport.__table__


def check_reporters(connection: sa.Connection) -> list[Problem]:
    """Returns a problem for each report whose reporter is not the one that the ledger has the digest of. Of one that was disposed of
    nothing is left, the digest neither."""
    wanted = sa.select(R.c.id, R.c.reporter_name, R.c.reporter_contact, R.c.reporter_salt, R.c.reporter_digest)
    found = []
    for row in connection.execute(wanted.order_by(R.c.id)):
        kept = (row.reporter_name, row.reporter_contact, row.reporter_salt)
        if row.reporter_digest != (digest_of_reporter(*kept) if any(kept) else ""):
            what = "who reported it is not what was kept"
            found.append(Problem(None, R.name, str(row.id), "reporter_name", what))
    return found
