"""Making the rows of an import: people, posts, declarations, interests. Only the command of this room uses it, which records them all."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from coi import clock
from coi.database import db
from coi.organisations.naming import folded
from coi.people.models import Person
from coi.registers.deciders.commands import propose
from coi.registers.importing import queries
from coi.registers.importing.entering import People
from coi.registers.importing.row_plans import AnyPlan, check_same
from coi.registers.importing.taking import Taking
from coi.registers.importing.vocabulary import TAKEN, Action, Answers, Holder, Matches, Plan, Proposal
from coi.registers.interests.models import Declaration, Interest, InterestConfirmation, InterestVersion
from coi.registers.interests.versions import (
    REVEALS,
    add_version,
    ask_for_redaction,
    copy_of,
    references,
)
from coi.registers.interests.vocabulary import (
    DeclarationKind,
    InterestDetails,
    InterestStatus,
    NamedOrganisation,
)

DECIDES = "A register that was imported says so"


class Writer:
    """Writes the rows of a plan. Everything is added to the session; nothing is recorded or committed here."""

    def __init__(self, taking: Taking, plan: Plan, matches: Matches) -> None:
        self._taking, self._plan, self._matches = taking, plan, matches
        today = clock.local(taking.at).date()
        self._interest_references = references(Interest, "I", today)
        self._declaration_references = references(Declaration, "D", today)
        self.people = People(taking, (each.holder for each in plan.proposals))
        self.versions: list[InterestVersion] = []
        self._declarations: dict[tuple[uuid.UUID, date | None, DeclarationKind | None], Declaration] = {}
        touched = (Action.CHANGED, Action.ASKED)
        changed = [each.interest for each in plan.proposals if each.action in touched and each.interest]
        changed += [one for each in plan.proposals for one in each.confirms]
        self._interests = queries.interests_with_versions(uuid.UUID(each.id) for each in changed)
        check_same(changed, {str(each.id): each.versions[-1].number for each in self._interests.values()})

    def write(self) -> None:
        for proposal in self._plan.proposals:
            if proposal.action in TAKEN:
                self._write(proposal)
        db.session.flush()
        self._ask_who_decides()

    def _write(self, proposal: Proposal) -> None:
        person = self.people.of(proposal.holder)
        if proposal.action is Action.NIL:
            self._declaration(person, proposal, DeclarationKind.NIL)
        elif proposal.action is Action.CONFIRMED:
            self._confirm(person, proposal)
        elif proposal.action is Action.NEW:
            interest = Interest(
                id=uuid.uuid4(), person_id=person.id, person=person, reference=next(self._interest_references)
            )
            db.session.add(interest)
            declaration = self._declaration(person, proposal)
            version = add_version(
                interest, 1, self._details(proposal), declaration, self._taking.actor, self._taking.at
            )
            self._finish(version, proposal)
            self._ask(interest, proposal)
        elif proposal.interest is not None:
            interest = self._interests[uuid.UUID(proposal.interest.id)]
            if proposal.action is Action.CHANGED:
                self._change(interest, person, proposal)
            self._ask(interest, proposal)

    def _ask_who_decides(self) -> None:
        """Of whom the file says that they take decisions, it is asked; nothing is decided by it. Rule: REG-02; RULEBOOK §4."""
        said = [each.holder for each in self._plan.proposals if each.stated.decides and not each.holder.choices]
        known = self.people.known
        here = {each.key: known.get(uuid.UUID(each.person_id)) for each in said if each.person_id} | self.people.by_key
        reasons = {person.id: DECIDES for each in said if (person := here.get(each.key)) is not None}
        propose(reasons, self._taking.body_id, at=self._taking.at)

    def _confirm(self, person: Person, proposal: Proposal) -> None:
        """One act, by which everything that stood is still right."""
        declaration = self._declaration(person, proposal, DeclarationKind.ANNUAL)
        db.session.flush()
        for each in proposal.confirms:
            version = self._interests[uuid.UUID(each.id)].versions[-1]
            db.session.add(InterestConfirmation(declaration_id=declaration.id, version_id=version.id))

    def _ask(self, interest: Interest, proposal: Proposal) -> None:
        if proposal.asks:
            ask_for_redaction(interest, proposal.stated.keep_private_because or REVEALS, self._taking.at)

    def _change(self, interest: Interest, person: Person, proposal: Proposal) -> None:
        """The next version, with what the row says differently; what it leaves out stays as it is."""
        stated = proposal.stated
        stands = interest.versions[-1]
        before = stands.organisations[0].text if stands.organisations else ""
        named = self._named(proposal) if folded(stated.organisation) != folded(before) else ()
        version = copy_of(stands, self._taking.actor, self._taking.at, self._taking.body_id, named)
        version.declaration_id = self._declaration(person, proposal).id
        if stated.nature and folded(stated.nature) != folded(version.nature):
            version.nature = stated.nature
        version.arose_on = stated.arose_on or version.arose_on
        version.ended_on = stated.ended_on or version.ended_on
        version.type = stated.type if stated.says_type else version.type
        if stated.directness is not version.directness:
            version.directness, version.via = stated.directness, stated.via
        version.reveals_health = proposal.reveals or version.reveals_health
        version.is_pursuing = version.is_pursuing and version.ended_on is None
        version.status = InterestStatus.ENDED if version.ended_on else InterestStatus.SUBMITTED
        self._finish(version, proposal)

    def _finish(self, version: InterestVersion, proposal: Proposal) -> None:
        """Where the row is from, and the action that the old register names. What somebody agreed is never replaced by a spreadsheet:
        the file's words stand in the note, and the interest waits for whoever agrees."""
        self.versions.append(version)
        stated = proposal.stated
        said = (f"Taken over from {self._taking.file_name}, row {stated.line}", *proposal.reasons)
        is_agreed_here = version.mitigation_agreed_by is not None and stated.mitigation != version.mitigation
        if stated.mitigation and is_agreed_here:
            said = (*said, f"The file says of its management: {stated.mitigation.rstrip('.')}")
        version.change_note = ". ".join(said) + "."
        if stated.mitigation and not is_agreed_here:
            version.mitigation = stated.mitigation
            version.status = InterestStatus.ENDED if version.ended_on else InterestStatus.AGREED

    def _details(self, proposal: Proposal) -> InterestDetails:
        stated = proposal.stated
        return InterestDetails(
            type=stated.type, directness=stated.directness, role=stated.role, nature=stated.nature, organisations=self._named(proposal),
            arose_on=stated.arose_on, ended_on=stated.ended_on, via=stated.via, is_pursuing=stated.is_pursuing, subtype=stated.subtype,
            particulars=stated.particulars, reveals_health=proposal.reveals,
        )  # fmt: skip

    def _named(self, proposal: Proposal) -> tuple[NamedOrganisation, ...]:
        stated = proposal.stated
        return self._matches.get(stated.key) or (NamedOrganisation(stated.organisation),)

    def _declaration(
        self, person: Person, proposal: Proposal, said_to_be: DeclarationKind | None = None
    ) -> Declaration:
        """One act for all that a file says somebody declared on a day; where it says none, on the day of the register or before. Who typed
        it is whoever imports."""
        taking, said = self._taking, proposal.stated.declared_on
        on, key = said or taking.as_at, (person.id, said, said_to_be)
        if key not in self._declarations:
            first = person.id not in self.people.known
            kind = said_to_be or (DeclarationKind.ON_APPOINTMENT if first else DeclarationKind.CHANGE)
            made = Declaration(
                id=uuid.uuid4(), person_id=person.id, person=person, reference=next(self._declaration_references), kind=kind,
                declared_on=on, submitted_at=taking.at, entered_by=taking.actor.account_id, entered_by_name=taking.actor.name,
                on_behalf=True, on_or_before=said is None, body_id=taking.body_id,
                statement=f"Taken over from {taking.file_name}, a register as at {taking.as_at.isoformat()}",
            )  # fmt: skip
            db.session.add(made)
            self._declarations[key] = made
        return self._declarations[key]


def answered(holders: Iterable[Holder], people: Mapping[str, Person]) -> dict[str, str]:
    """Returns who was meant where somebody had to choose, by the key of the name: the next file asks no more."""
    chosen = [each for each in holders if each.asked and not each.is_remembered]
    made = {key: str(person.id) for key, person in people.items()}
    pairs = ((each.asked, each.person_id or made.get(each.key, "")) for each in chosen)
    return {key: person for key, person in pairs if person}


def all_corrections(said: Mapping[str, Any], answers: Answers) -> dict[str, Any] | None:
    """Returns what was said of single rows instead of the file, why rows stay out, and which interest a row is that looks like it, as it
    is kept; None where nothing was."""
    found = {"rows": dict(said), "why_out": dict(answers.why_out), "same": dict(answers.same)}
    if answers.reveals:
        found["reveals"] = dict(answers.reveals)
    return found if any(found.values()) else None


def all_counts(plan: AnyPlan) -> Iterator[tuple[str, int]]:
    """Yields how many rows went which way, and how many people are new."""
    yield from ((action.value, number) for action, number in plan.counts.items())
    yield "new_people", plan.new_people
