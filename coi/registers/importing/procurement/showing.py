"""A row of an import of procurement decisions as a page shows it. Pure."""

from typing import Any

from coi.registers.importing.procurement.vocabulary import DecisionProposal, KnownDecision, StatedDecision
from coi.registers.importing.row_plans import told_of_disposed
from coi.registers.procurement.history import HEADINGS, said
from coi.wording import day

_OF_THE_ROW = ("title", "decided_on_or_before")  # said elsewhere in the row


def shown(each: DecisionProposal) -> dict[str, Any]:
    """Returns what a page shows of a row, by the names that rows of every register have, with its fields in the order of the register."""
    stated = each.stated
    return {
        "key": stated.key, "row": stated.row, "line": stated.line, "name": stated.title, "number": stated.reference,
        "organisation": stated.organisation, "fields": fields_of(stated), "cells": dict(stated.cells), "reasons": list(each.reasons),
        "reference": each.entry.reference if each.entry else "", "holder": "", "choices": [], "who": "",
        "twin": [each.twin.id, words_of(each.twin)] if each.twin else [],
    }  # fmt: skip


def fields_of(stated: StatedDecision) -> list[list[str]]:
    """Returns what a row says, each field with its heading."""
    found = [
        [HEADINGS[name], said(name, stated.said[name])]
        for name in HEADINGS
        if name in stated.said and name not in _OF_THE_ROW
    ]
    latest = bool(stated.said.get("decided_on_or_before"))
    return [
        [f"{heading[:-2]}on or before" if latest and heading == HEADINGS["decided_on"] else heading, text]
        for heading, text in found
    ]


def words_of(one: KnownDecision) -> str:
    """What a decision on the register says, in short: "PD/2018-19/003: Elm Surgery, 12 February 2019"."""
    if one.disposed_on:
        return told_of_disposed(one)
    who = one.details.supplier.name if one.details.supplier else "no supplier"
    before = "on or before " if one.details.decided_on_or_before else ""
    return f"{one.reference}: {who}, {before}{day(one.details.decided_on)}"
