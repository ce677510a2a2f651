"""Pure rules of two records that are one person: what moves from one to the other, what stays, and what keeps them apart."""

from collections.abc import Collection, Mapping

from coi.errors import RuleBroken

Place = tuple[str, str]
"""A column that names a person: its table, and its name."""

MOVES: frozenset[Place] = frozenset(
    (table, "person_id")
    for table in (
        "absence", "appointment", "breach_person", "decision_maker", "declaration", "declaration_drafter",
        "declaring_link", "gift", "independent_clinician", "interest", "member_question", "reminder", "training_record",
    )
)  # fmt: skip
"""What somebody holds, declared or is asked, wherever it stands: it is theirs under either record."""

STAYS: frozenset[Place] = frozenset({
    ("breach_note", "recorded_by"), ("breach_twin", "written_by"), ("breachless_year", "stated_by"), ("decision_maker", "answered_by"),
    ("declaration_draft", "person_id"),  # there is none: see `check_apart`
    ("gift_version", "decided_by"), ("guardian_substitute", "named_by"), ("interest_version", "mitigation_agreed_by"),
    ("meeting_task_end", "ended_by"), ("minutes", "confirmed_by"), ("non_declarer", "person_id"), ("non_declarers_list", "confirmed_by"),
    ("person_merge", "kept_id"), ("person_merge", "merged_id"), ("possible_breach", "judged_by"), ("procurement_declarant", "asked_by"),
    ("procurement_declaration", "recorded_by"), ("procurement_measure", "recorded_by"), ("procurement_version", "recorded_by"),
    ("redaction_decision", "decided_by"), ("redaction_request", "decided_by"),
})  # fmt: skip
"""What was done under a name, or published of it, and happened so. Everything else keeps two records apart: an account, a role, a seat, a
part in a meeting."""

COUNTED: Mapping[str, tuple[str, str]] = {
    "declaration": ("declaration", "declarations"), "interest": ("interest", "interests"),
    "gift": ("gift or hospitality", "gifts and hospitality"), "appointment": ("post", "posts"),
    "training_record": ("training", "trainings"), "absence": ("long absence", "long absences"),
    "independent_clinician": ("line of the roster", "lines of the roster"),
    "member_question": ("question from a public list", "questions from public lists"),
}  # fmt: skip
"""What the page counts of what moves. Whether a report in confidence names somebody is told to nobody here."""


def check_apart(
    *, merged: str, kept: str, in_the_way: Collection[str], is_known_elsewhere: bool, has_begun: bool, is_same_record: bool
) -> None:  # fmt: skip
    """Raises RuleBroken where a record cannot go into another: it has what cannot be moved, is known at another body as well, or somebody
    has begun to declare under it. Rules: REG-01, REG-07."""
    if is_same_record:
        raise RuleBroken("Select the other record", field="other")
    if in_the_way:
        raise RuleBroken(
            f"{merged} has an account, a role, a seat or a part in meetings under this record, which stay with it. Go to the record of "
            f"{kept} that you want to take out, and say there that it is the same person as this one", field="other",
        )  # fmt: skip
    if is_known_elsewhere:
        raise RuleBroken(
            f"The record of {merged} is known at another organisation as well. Keep that one, and take out the other",
            field="other",
        )
    if has_begun:
        raise RuleBroken(
            f"{merged} has begun a declaration under that record and not sent it, or lets somebody draft for them. End that first",
            field="other",
        )
