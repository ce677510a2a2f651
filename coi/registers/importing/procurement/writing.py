"""Making the rows of an import of procurement decisions. Only the command of the room above uses it, which records them all."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from coi import clock
from coi.database import db
from coi.registers.importing.procurement import queries
from coi.registers.importing.procurement.details import changed_details, new_details
from coi.registers.importing.procurement.vocabulary import DecisionPlan, DecisionProposal, StatedDecision
from coi.registers.importing.row_plans import check_stands
from coi.registers.importing.taking import Taking
from coi.registers.importing.vocabulary import Action, Matches
from coi.registers.procurement.commands import Change, add_version, number_from, reference_start, still_checked
from coi.registers.procurement.models import ProcurementDecision
from coi.registers.procurement.vocabulary import DecisionDetails, State, Supplier
from coi.wording import day


class DecisionWriter:
    """Writes the rows of a plan. Everything is added to the session; nothing is recorded or committed here."""

    def __init__(self, taking: Taking, plan: DecisionPlan, matches: Matches) -> None:
        self._taking, self._plan, self._matches = taking, plan, matches
        self._numbers: dict[str, Iterator[int]] = {}
        changed = (each.entry for each in plan.proposals if each.action is Action.CHANGED and each.entry)
        self._decisions = queries.decisions(uuid.UUID(each.id) for each in changed)
        kept = (each for each in self._decisions.values() if each.disposed_at is None)
        check_stands(plan, {str(each.id): each.versions[-1].number for each in kept})

    def write(self) -> None:
        for proposal in self._plan.proposals:
            if proposal.action is Action.NEW:
                self._enter(proposal)
            elif proposal.action is Action.CHANGED and proposal.entry is not None:
                self._change(self._decisions[uuid.UUID(proposal.entry.id)], proposal)
        db.session.flush()

    def _enter(self, proposal: DecisionProposal) -> None:
        """One more decision: on the register, and in the next edition that somebody publishes."""
        taking, stated = self._taking, proposal.stated
        details = new_details(stated, taking.as_at, clock.local(taking.at).date())
        row = ProcurementDecision(
            id=uuid.uuid4(), body_id=taking.body_id, state=State.ON_REGISTER, item_reference="", opened_at=taking.at,
            reference=self._reference(details), is_taken_over=True, old_reference=stated.reference,
            origin=f"row {stated.line} of {taking.file_name}, a register as at {day(taking.as_at)}",
        )  # fmt: skip
        db.session.add(row)
        add_version(
            row, Change(self._with_supplier(details, stated), note=self._note(proposal)), taking.actor, taking.at
        )

    def _change(self, row: ProcurementDecision, proposal: DecisionProposal) -> None:
        """The next version, with what the row says differently. Who the supplier is stays, unless the row names another."""
        assert proposal.entry is not None  # of a change
        stands, details = row.versions[-1], changed_details(proposal.stated, proposal.entry.details)
        if "supplier" in proposal.stated.said and details.supplier != proposal.entry.details.supplier:
            details = self._with_supplier(details, proposal.stated)
        row.old_reference = row.old_reference or proposal.stated.reference
        is_checked = still_checked(stands, details)
        change = Change(details, stands, self._note(proposal), is_checked=is_checked)
        add_version(row, change, self._taking.actor, self._taking.at)

    def _with_supplier(self, details: DecisionDetails, stated: StatedDecision) -> DecisionDetails:
        """Who the supplier is, where the engine was sure; else their words wait for a person."""
        named, told = self._matches.get(stated.key, ()), details.supplier
        if told is None or not named or named[0].id is None:
            return details
        return replace(details, supplier=Supplier(told.name, named[0].id, address=told.address))

    def _note(self, proposal: DecisionProposal) -> str:
        said = (f"Taken over from {self._taking.file_name}, row {proposal.stated.line}", *proposal.reasons)
        return ". ".join(each.rstrip(".") for each in said) + "."

    def _reference(self, details: DecisionDetails) -> str:
        """The next reference of the year of a decision, from one look at the table for each year."""
        start = reference_start(details)
        if start not in self._numbers:
            self._numbers[start] = count(number_from(start))
        return f"{start}{next(self._numbers[start]):03d}"
