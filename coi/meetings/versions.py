"""What an item or a meeting says, in the words of its form: both versions of it where two people changed it at once."""

from coi.guidance.functions import FUNCTIONS
from coi.meetings.matters.queries import items_to_continue
from coi.meetings.models import AgendaItem
from coi.meetings.vocabulary import ClassScope, ItemDetails, MeetingDetails, Part, Purpose, Stage
from coi.permissions.vocabulary import Actor
from coi.wording import clock_time

PURPOSES = {
    Purpose.DECIDE: "To decide",
    Purpose.APPROVE: "To approve",
    Purpose.DISCUSS: "To discuss",
    Purpose.ASSURANCE: "For assurance",
    Purpose.NOTE: "To note",
    Purpose.INFORMATION: "For information",
}
STAGES = {
    Stage.STRATEGY: "Early ideas, strategy",
    Stage.DESIGN: "Design of a service or a pathway",
    Stage.SPECIFICATION: "Writing the specification",
    Stage.EVALUATION: "Evaluation of bids or applications",
    Stage.AWARD: "Award, or approval of a contract or payment",
    Stage.MONITORING: "Monitoring of what was agreed",
}
PARTS = {Part.PUBLIC: "Part 1, held in public", Part.PRIVATE: "Part 2, held in private"}
SCOPES = {
    ClassScope.NONE: "No, only the organisations that I name",
    ClassScope.ALL_PRACTICES: "Yes, all practices of the area",
}
OF_NETWORK = {ClassScope.PCN: "Yes, all practices of one primary care network"}


def all_practices_of(place: str) -> str:
    """Returns how the form calls a class that is narrower than the area."""
    return f"Yes, all practices of {place}"


def item_versions(item: AgendaItem, details: ItemDetails, actor: Actor) -> tuple[dict[str, str], dict[str, str]]:
    """Returns an item as it is saved and as somebody entered it, each field that differs under its label in the form."""
    earlier = items_to_continue(item.meeting, actor=actor, besides=item)
    before = (each.label for each in earlier if item.matter_id is not None and each.matter_id == item.matter_id)
    chosen = (each.label for each in earlier if each.item_id == details.continues)
    kept = item.class_place if details.class_scope is item.class_scope else None
    saved = _item_words(item, item.class_place, next(before, "No, it is new"))
    entered = _item_words(details, details.pcn_name or kept, next(chosen, "No, it is new"))
    differs = [label for label, said in saved.items() if said != entered[label]]
    return {label: saved[label] for label in differs}, {label: entered[label] for label in differs}


def _item_words(item: AgendaItem | ItemDetails, place: str | None, continues: str) -> dict[str, str]:
    in_class = item.class_scope is not ClassScope.NONE
    scope = all_practices_of(place) if in_class and place else {**SCOPES, **OF_NETWORK}[item.class_scope]
    function = FUNCTIONS[item.function_code].title if item.function_code in FUNCTIONS else "Not one of these"
    return {
        "Title": item.title, "Asked to": PURPOSES[item.purpose], "Concerns a whole class": scope, "Function": function,
        "How far the matter is": STAGES[item.stage] if item.stage else "Not said", "Continues an earlier item": continues,
        "Part": PARTS[item.part], "Reason for private": item.private_reason, "Presented by": item.presenter,
        "Summary": item.description,
    }  # fmt: skip


def meeting_words(details: MeetingDetails) -> dict[str, str]:
    """Returns what the form asks of a meeting, as its labels call it."""
    day = f"{details.held_on.day} {details.held_on:%B %Y}"
    return {"Day": day, "Time": clock_time(details.starts_at), "Place": details.venue, "Title": details.title}
