"""Making the entries of an import of gifts and hospitality. Only the command of the room above uses it, which records them all."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from coi import clock
from coi.database import db
from coi.people.models import Person
from coi.registers.gifts import taking_over
from coi.registers.gifts.models import Gift, GiftVersion
from coi.registers.gifts.vocabulary import GiftDetails
from coi.registers.importing.entering import People
from coi.registers.importing.gifts import queries
from coi.registers.importing.gifts.entries import changed_entry, details_of, new_entry
from coi.registers.importing.gifts.planning import SUSPECTED
from coi.registers.importing.gifts.vocabulary import GiftPlan, GiftProposal
from coi.registers.importing.row_plans import check_stands
from coi.registers.importing.taking import Taking
from coi.registers.importing.vocabulary import Action, Matches
from coi.registers.interests.versions import references


class GiftWriter:
    """Writes the rows of a plan. Everything is added to the session; nothing is recorded or committed here."""

    def __init__(self, taking: Taking, plan: GiftPlan, matches: Matches) -> None:
        self._taking, self._plan, self._matches = taking, plan, matches
        self._references = references(Gift, "G", clock.local(taking.at).date())
        self.people = People(taking, [each.holder for each in plan.proposals if each.holder])
        self.new: list[Gift] = []
        self.versions: list[GiftVersion] = []  # of those that changed
        touched = (Action.CHANGED, Action.ASKED)
        self._gifts = queries.gifts(
            uuid.UUID(each.entry.id) for each in plan.proposals if each.action in touched and each.entry
        )
        kept = (each for each in self._gifts.values() if each.disposed_at is None)
        check_stands(plan, {str(each.id): each.versions[-1].number for each in kept})

    def write(self) -> None:
        for proposal in self._plan.proposals:
            if proposal.action is Action.NEW:
                self._ask(self._enter(proposal), proposal)
            elif proposal.action in (Action.CHANGED, Action.ASKED) and proposal.entry is not None:
                gift = self._gifts[uuid.UUID(proposal.entry.id)]
                if proposal.action is Action.CHANGED:
                    self._change(gift, proposal)
                self._ask(gift, proposal)
        db.session.flush()

    def _enter(self, proposal: GiftProposal) -> Gift:
        person: Person | None = self.people.of(proposal.holder) if proposal.holder else None
        made = new_entry(proposal.stated, self._taking.as_at, is_for_body=person is None)
        reference = next(self._references)
        gift = taking_over.enter(
            self._taking.body_id, person, reference, self._details(made, proposal, reference), _said(made),
            note=self._note(proposal), actor=self._taking.actor, at=self._taking.at,
        )  # fmt: skip
        self.new.append(gift)
        return gift

    def _change(self, gift: Gift, proposal: GiftProposal) -> None:
        """The next version, with what the row says differently. Who offered it stays matched, unless the row names another."""
        assert proposal.entry is not None  # of a change
        made, stands = changed_entry(proposal.stated, proposal.entry), gift.versions[-1]
        details = replace(details_of(made), offeror_id=stands.offeror_id, is_beyond_modest=stands.is_beyond_modest)
        if made["offeror"] != stands.offeror:
            details = self._details(made, proposal, gift.reference)
        self.versions.append(
            taking_over.change(
                gift, details, _said(made), note=self._note(proposal), actor=self._taking.actor, at=self._taking.at
            )
        )

    def _ask(self, gift: Gift, proposal: GiftProposal) -> None:
        if proposal.asks:
            taking_over.keep_private(gift, proposal.stated.keep_private_because, self._taking.at)

    def _details(self, made: Mapping[str, Any], proposal: GiftProposal, reference: str) -> GiftDetails:
        """Who offered it, where the engine was sure; else their words wait for a person. A patient stands as a patient, each by the entry:
        of two without a name nobody knows that they are one, and what one GP took from them is not added up. Rule: GIFT-02."""
        named, details = self._matches.get(proposal.stated.key, ()), details_of(made)
        if proposal.stated.organisation:
            return replace(details, offeror_id=named[0].id if named else None)
        return replace(details, offeror=f"{details.offeror}, {reference}")

    def _note(self, proposal: GiftProposal) -> str:
        told = (each for each in proposal.reasons if not each.endswith(SUSPECTED))
        said = (f"Taken over from {self._taking.file_name}, row {proposal.stated.line}", *told)
        return ". ".join(each.rstrip(".") for each in said) + "."


def _said(made: Mapping[str, Any]) -> taking_over.SaidThen:
    return taking_over.SaidThen(made["declared_on"], bool(made["declared_on_or_before"]), made["approval"])
