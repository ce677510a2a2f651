"""Since when a flag stood: from the entry on with which register and agenda held what it rests on. Over rows that were read already."""

from collections.abc import Iterable, Mapping

from coi.assurance.facts import DIRECT
from coi.assurance.item_rows import ItemRows, Key, key_of
from coi.assurance.proof import Proof, Proofs
from coi.audit.vocabulary import Event
from coi.meetings.conflicts.models import ConflictFlag
from coi.meetings.conflicts.vocabulary import FOUND_BY_SCREENING, ItemFlag
from coi.registers.interests.models import InterestVersion

ProofsByKey = Mapping[Key, Proofs]


def stood_from(flag: ItemFlag | ConflictFlag, rows: ItemRows, proofs: ProofsByKey) -> Proof | None:
    """Returns the entry from which on a flag stood: of the interest or of the item, whichever came later. None where it rests on more than
    these, or where the first that was heard of it is somebody acting on it."""
    if flag.level not in FOUND_BY_SCREENING or len(flag.path) != DIRECT:
        return None
    version = next((row for row in rows.versions if row.id == flag.interest_version_id), None)
    if version is None:
        return None
    heard = _stored(flag, rows, proofs)
    interest = _first(_alike(version, rows.versions), proofs)
    item = _item(flag.path[1], rows, proofs, heard)
    if interest is None or item is None:
        return None
    found = max(interest, item, key=lambda each: each.seq)
    return found if heard is None or found.seq < heard.seq else None


def _stored(flag: ItemFlag | ConflictFlag, rows: ItemRows, proofs: ProofsByKey) -> Proof | None:
    own = flag.id if isinstance(flag, ConflictFlag) else flag.flag_id
    return _first([row for row in rows.flags if row.id == own], proofs)


def _alike(version: InterestVersion, versions: Iterable[InterestVersion]) -> list[InterestVersion]:
    """The versions of the same interest that say the same of who holds what in which organisations."""
    return [each for each in versions if each.interest_id == version.interest_id and _held(each) == _held(version)]


def _held(version: InterestVersion) -> tuple[object, ...]:
    named = frozenset(row.organisation_id for row in version.organisations)
    return version.role, version.type, version.via, version.ended_on, named


def _item(named: str, rows: ItemRows, proofs: ProofsByKey, before: Proof | None) -> Proof | None:
    """The entry with which the item named what a path meets: the organisation in its words, or the class, which any change of the item may
    have brought."""
    own = [row for row in rows.affected if row.organisation and row.organisation.name in named and not row.removed_at]
    if own:
        return _first(own, proofs)
    listed = proofs.get(key_of(rows.item), ())
    changes = [
        each for each in listed
        if each.event in (Event.ITEM_ADDED, Event.ITEM_CARRIED, Event.ITEM_CHANGED) and (before is None or each.seq < before.seq)
    ]  # fmt: skip
    return changes[-1] if changes else None


def _first(rows: Iterable[InterestVersion | ConflictFlag | object], proofs: ProofsByKey) -> Proof | None:
    found = [proofs[key][0] for key in map(key_of, rows) if proofs.get(key)]  # type: ignore[arg-type]
    return min(found, key=lambda each: each.seq, default=None)
