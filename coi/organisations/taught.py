"""What a body calls an organisation, asked of whoever keeps the names that it taught: they are kept further up, and plugged in."""

import uuid
from collections.abc import Callable

from flask import current_app, g

from coi.organisations.vocabulary import OrganisationHit

TAUGHT = "coi.taught-names"
Meaning = Callable[[uuid.UUID, str], OrganisationHit | None]


def taught(text: str) -> OrganisationHit | None:
    """Returns the organisation that the body of this page was taught to mean by these words, with who taught it; None where nobody did.
    Rule: REG-01; RULEBOOK §24 (matching is by organisation)."""
    body = g.get("body")
    if body is None or not text:
        return None
    meaning: Meaning = current_app.extensions[TAUGHT]
    return meaning(body.id, text)
