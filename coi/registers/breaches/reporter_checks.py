"""Checking that nobody changed who reported a breach: it is kept out of the ledger but for a digest. A check for `coi audit verify`."""

import sqlalchemy as sa

from coi.audit.findings import Problem
from coi.registers.breaches.models import BreachReport
from coi.registers.breaches.rules import digest_of_reporter

R = BreachReport.__table__


def check_reporters(connection: sa.Connection) -> list[Problem]:
    """Returns a problem for each report whose reporter, or the codes they come back with, are not those that the ledger has the digest of.
    Of one that was disposed of nothing is left, the digest neither."""
    kept = (R.c.reporter_name, R.c.reporter_contact, R.c.reporter_salt, R.c.reference, R.c.code_hash)
    wanted = sa.select(R.c.id, R.c.reporter_digest, *kept)
    found = []
    for row in connection.execute(wanted.order_by(R.c.id)):
        who, codes = row[2:5], row[5:]
        right = {digest_of_reporter(*who, *codes), digest_of_reporter(*who)} if any(who) else {""}
        if row.reporter_digest not in right:
            what = "who reported it, or the codes they come back with, are not what was kept"
            found.append(Problem(None, R.name, str(row.id), "reporter_name", what))
    return found
