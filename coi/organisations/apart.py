"""What tells organisations of one name apart, in words. Pure."""

from datetime import datetime

from coi.organisations.models import Organisation
from coi.organisations.vocabulary import KIND_WORDS
from coi.wording import moment


def told_by(organisation: Organisation, added_at: datetime | None) -> str:
    """Returns what is known of an organisation besides its name: "company, Larch ZZ9 9ZZ, added on 1 April 2026, 9am"."""
    where = " ".join(each for each in (organisation.town, organisation.postcode) if each)
    kind = KIND_WORDS[organisation.kind]
    parts = (
        kind if kind[1:2].isupper() else f"{kind[:1].lower()}{kind[1:]}",
        where,
        organisation.code or "",
        f"added on {moment(added_at)}" if added_at else "",
    )
    return ", ".join(each for each in parts if each)
