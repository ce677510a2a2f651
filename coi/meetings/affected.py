"""The rows that say whom an item concerns, as the commands that add and take them off write and compare them."""

import uuid
from collections.abc import Sequence

from coi.errors import EditConflict
from coi.meetings.conflicts.item_facts import moves_patients
from coi.meetings.conflicts.unreached_queries import items_alike
from coi.meetings.models import AffectedOrganisation, AgendaItem
from coi.meetings.vocabulary import AffectedDetails, AffectedRelation, ClassScope, ItemDetails


def affected_row(item: AgendaItem, details: AffectedDetails, position: int) -> AffectedOrganisation:
    """Returns the row that says whom an item concerns. The command that adds it records it."""
    return AffectedOrganisation(
        id=uuid.uuid4(), item_id=item.id, position=position, text=details.text.strip(), relation=details.relation,
        organisation_id=details.organisation_id,
    )  # fmt: skip


def class_area(scope: ClassScope, area: Sequence[str], network_id: uuid.UUID | None) -> list[str]:
    """Returns what an item keeps of its class: the commissioners' codes for all practices, the id of a primary care network."""
    if scope is ClassScope.PCN:
        return [str(network_id)] if network_id else []
    return list(area) if scope is ClassScope.ALL_PRACTICES else []


def is_same(row: AffectedOrganisation, details: AffectedDetails) -> bool:
    """Whether an item names this organisation in this way already."""
    same_name = row.text.casefold() == details.text.strip().casefold()
    same = row.organisation_id == details.organisation_id if details.organisation_id else same_name
    return same and row.relation is details.relation


def items_touched(item: AgendaItem, details: ItemDetails) -> list[AgendaItem]:
    """Returns the items on which screening may find something else once an item is changed: itself; where it leaves its matter and names
    whoever bids, the others of that matter too."""
    if item.matter_id is None or details.keeps_matter:
        return [item] if _leads_elsewhere(item, details) else []
    names_bidders = any(row.relation is AffectedRelation.BIDDER for row in item.affected)
    return items_alike(item) if names_bidders else [item]


def _leads_elsewhere(item: AgendaItem, details: ItemDetails) -> bool:
    """Whether what screening looks at would change with an item: its class, function or stage; of an item that moves patients, without a
    function that says so, the wording."""
    same = (item.class_scope, item.function_code, item.stage) == (
        details.class_scope, details.function_code, details.stage
    )  # fmt: skip
    worded_anew = (details.title.strip(), details.description) != (item.title, item.description)
    return not same or details.pcn_id is not None or (worded_anew and moves_patients(item))


def check_unchanged(item: AgendaItem, version: int | None, wanted: str) -> None:
    """Raises EditConflict, with what is `wanted`, where somebody changed the item since `version` (None: whatever)."""
    if version is not None and version != item.version:
        theirs = "; ".join(f"{row.text}, {row.relation.value.replace('_', ' ')}" for row in item.affected) or "None"
        raise EditConflict(
            f"Item {item.reference}",
            theirs={"Title": item.title, "Organisations that it concerns": theirs},
            yours={"Title": item.title, "Organisations that it concerns": wanted},
        )
