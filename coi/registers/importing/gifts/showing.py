"""A row of an import of gifts and hospitality as a page shows it. Pure."""

from typing import Any

from coi.registers.importing.gifts.entries import HEADINGS, said
from coi.registers.importing.gifts.planning import words_of
from coi.registers.importing.gifts.vocabulary import GiftProposal, StatedGift


def shown(each: GiftProposal) -> dict[str, Any]:
    """Returns what a page shows of a row, by the names that rows of every register have, with its fields in the order of the register."""
    stated, holder = each.stated, each.holder
    choices = (holder.choices or holder.offered) if holder else ()
    return {
        "key": stated.key, "row": stated.row, "line": stated.line, "name": stated.name, "position": stated.position,
        "organisation": stated.organisation, "fields": fields_of(stated), "cells": dict(stated.cells), "reasons": list(each.reasons),
        "reference": each.entry.reference if each.entry else "", "holder": (holder.asked or holder.key) if holder else "",
        "choices": [list(pair) for pair in choices], "who": holder.said if holder else "", "person": _person(each),
        "twin": [each.twin.id, words_of(each.twin)] if each.twin else [],
    }  # fmt: skip


def _person(each: GiftProposal) -> str:
    if each.stated.is_heading or not each.stated.name.strip():
        return ""
    return each.holder.words if each.holder else "The organisation itself"


def fields_of(stated: StatedGift) -> list[list[str]]:
    """Returns what a row says, each field with its heading."""
    return [[heading, said(name, stated.said)] for name, heading in HEADINGS.items() if name in stated.said]
