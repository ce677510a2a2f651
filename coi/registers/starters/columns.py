"""Which columns of a payroll export are read, by what they are called. Pure."""

from collections.abc import Mapping

from coi.registers.people_sheets import NAME_COLUMNS

COLUMNS: Mapping[str, tuple[str, ...]] = {
    **NAME_COLUMNS,
    "post": (
        "position title",
        "position",
        "job title",
        "post",
        "post title",
        "role",
        "assignment title",
        "position name",
    ),
    "start": (
        "assignment start date",
        "position start date",
        "post start date",
        "effective start date",
        "start date",
        "first day",
        "date started",
        "started",
    ),
    "hired": (
        "latest start date",
        "latest hire date",
        "hire date",
        "date of hire",
        "original hire date",
        "date of joining",
        "joining date",
    ),
    "end": (
        "termination date",
        "actual termination date",
        "leaving date",
        "date left",
        "end date",
        "leave date",
        "last working day",
        "last day",
    ),
    "band": (
        "pay band",
        "afc band",
        "afc pay band",
        "agenda for change band",
        "band",
        "pay grade",
        "pay scale",
        "pay scale description",
        "payscale",
        "grade",
        "grade name",
        "assignment grade",
    ),
    "status": ("assignment status", "assignment status name", "employee status", "employment status"),
}
"""The columns of an ESR export and of spreadsheets like it. The day on which somebody was hired is no first day of a later post."""
NEEDED = {"post": "the post"}
