"""Pure rules about what may be entered of organisations: codes, names, dates and successions. No database here."""

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher

from coi.organisations.naming import folded
from coi.organisations.vocabulary import BodyDetails, OrganisationDetails, RelationDetails

_CODE = re.compile(r"[A-Z0-9]{3,10}")
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
RESERVED_SLUGS = frozenset(
    {
        "accessibility", "account", "accounts", "before-meeting", "bodies", "body", "cookies", "declare", "declare-for-procurement",
        "files", "forgotten-password", "health", "jobs",
        "ledger", "privacy", "public", "set-password", "sign-in", "sign-out", "static",
    }
)  # fmt: skip
EARLIEST = date(1900, 1, 1)
AROUND_CLOSING = timedelta(days=366)  # how far from a closing a successor opens
SIMILAR = 0.82  # how alike two folded names are that may mean one practice


@dataclass(frozen=True)
class Verdict:
    """Whether something may be entered, and if not, why and beside which field that belongs."""

    allowed: bool
    reason: str = ""
    field: str | None = None

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def may_enter_organisation(details: OrganisationDetails) -> Verdict:
    """Whether an organisation's name and code can be kept as they were entered."""
    if not folded(details.name):
        return Verdict(False, "Enter the name of the organisation", "name")
    if details.code and not _CODE.fullmatch(details.code):
        return Verdict(False, "Enter an ODS code as 3 to 10 capital letters and numbers, like F81022", "code")
    return ALLOWED


def may_enter_relation(from_id: uuid.UUID, to_id: uuid.UUID, details: RelationDetails) -> Verdict:
    """Whether two organisations can stand in a relation for these dates."""
    if from_id == to_id:
        return Verdict(False, "Choose another organisation. One cannot be related to itself", "other")
    if details.valid_from and details.valid_from < EARLIEST:
        return Verdict(False, "The date the relation began must be after 1900", "valid_from")
    if details.valid_from and details.valid_to and details.valid_to < details.valid_from:
        return Verdict(False, "The date the relation ended must be the same as or after the date it began", "valid_to")
    return ALLOWED


def may_end_on(began_on: date | None, ends_on: date) -> Verdict:
    """Whether something that began on one day can end on another."""
    if began_on and ends_on < began_on:
        return Verdict(False, "The date it ended must be the same as or after the date it began", "valid_to")
    return ALLOWED


def may_succeed(
    organisation_id: uuid.UUID, successor_id: uuid.UUID, successors: Mapping[uuid.UUID, Iterable[uuid.UUID]]
) -> Verdict:
    """Whether one organisation can be succeeded by another: never by itself, nor by one that it succeeded. `successors` are the
    successions known already."""
    if organisation_id == successor_id:
        return Verdict(False, "Choose another organisation. One cannot succeed itself", "other")
    if way_between(successor_id, organisation_id, successors) is not None:
        return Verdict(False, "Choose another organisation. This one came before, not after", "other")
    return ALLOWED


def way_between(
    start: uuid.UUID, end: uuid.UUID, following: Mapping[uuid.UUID, Iterable[uuid.UUID]]
) -> tuple[uuid.UUID, ...] | None:
    """Returns who stands between two organisations on the shortest way from one to the other; None where no way leads there."""
    ways: dict[uuid.UUID, tuple[uuid.UUID, ...]] = {start: ()}
    ahead = [start]
    for one in ahead:  # it grows while it is walked, nearest first
        for each in following.get(one, ()):
            if each == end:
                return (*ways[one], one)[1:]
            if each not in ways:
                ways[each] = (*ways[one], one)
                ahead.append(each)
    return None


def may_enter_body(details: BodyDetails) -> Verdict:
    """Whether a commissioning body's name and address can be kept."""
    if not folded(details.name):
        return Verdict(False, "Enter the name of the body", "name")
    if not _SLUG.fullmatch(details.slug) or len(details.slug) > 40:
        return Verdict(
            False, "Enter the start of its web address in small letters, numbers and hyphens, like mid-marsh", "slug"
        )
    if details.slug in RESERVED_SLUGS:
        return Verdict(False, "Enter another start of its web address. This one is taken by the product itself", "slug")
    wrong = [code for code in details.area_codes if not _CODE.fullmatch(code)]
    if wrong:
        return Verdict(False, f"Enter commissioner codes like 06Q. “{wrong[0]}” is not one", "area_codes")
    return ALLOWED


def why_successor(
    closed_name: str, closed_postcode: str, closed_on: date, name: str, postcode: str, opened_on: date | None
) -> str:
    """Returns why an organisation looks like the successor of a closed one, or "" where it does not. Only a suggestion."""
    same_place = bool(postcode) and postcode == closed_postcode
    alike = SequenceMatcher(None, folded(closed_name), folded(name)).ratio() >= SIMILAR
    opened_then = opened_on is not None and abs(opened_on - closed_on) <= AROUND_CLOSING
    if not opened_then or not (same_place or alike):
        return ""
    same = [words for words, holds in (("the same postcode", same_place), ("a similar name", alike)) if holds]
    return f"has {' and '.join(same)}, and opened around the closing"
