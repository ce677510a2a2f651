"""Tables of the register of procurement decisions: the row and its versions, the checklist's answers, declarations of bidders and
evaluators."""

import uuid
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Canonical, Instant, Keyed, Ledgered, words
from coi.organisations.models import Organisation
from coi.people.models import Person
from coi.registers.procurement.declared_vocabulary import Measure
from coi.registers.procurement.vocabulary import Arrangement, Outcome, Route, ServiceKind, Side, State


class ProcurementDecision(Ledgered, Base):
    """A row of the register. What it says stands in its versions; a correction is a new one."""

    __tablename__ = "procurement_decision"
    __ledger_version__ = 5

    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    reference: Mapped[str] = mapped_column(sa.String(30), unique=True)  # PD/2026-27/004, never reused
    state: Mapped[State] = mapped_column(words(State, "procurement_state"))
    decision_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("decision.id"), unique=True)  # of a meeting
    item_reference: Mapped[str] = mapped_column(sa.String(40), default="")  # of that meeting's item
    origin: Mapped[str] = mapped_column(sa.Text, default="")  # "item PCC/014 of the committee on 3 November 2026"
    bids_opened_on: Mapped[date | None]  # when the bids were given to whoever evaluates
    bids_reason: Mapped[str] = mapped_column(sa.Text, default="")  # why, where somebody had not declared
    concerned: Mapped[list[str]] = mapped_column(Canonical, default=list)  # the organisations that the item was about
    is_taken_over: Mapped[bool] = mapped_column(default=False)  # from an older register, which may say less
    old_reference: Mapped[str] = mapped_column(sa.Text, default="")  # its number there
    opened_at: Mapped[datetime] = mapped_column(Instant)
    disposed_at: Mapped[datetime | None] = mapped_column(Instant)  # what it said was erased by a person, then
    versions: Mapped[list["ProcurementVersion"]] = relationship(
        back_populates="decision", order_by="ProcurementVersion.number"
    )
    declarations: Mapped[list["ProcurementDeclaration"]] = relationship(
        back_populates="decision", order_by="ProcurementDeclaration.recorded_at"
    )
    asked: Mapped[list["ProcurementDeclarant"]] = relationship(
        back_populates="decision", order_by="ProcurementDeclarant.asked_at, ProcurementDeclarant.name"
    )


class ProcurementVersion(Ledgered, Base):
    """What the register said of a decision from `recorded_at` until the next version's."""

    __tablename__ = "procurement_version"
    __ledger_version__ = 4
    __table_args__ = (
        sa.UniqueConstraint("procurement_id", "number"),
        sa.CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="ends_after_it_starts"),
    )

    procurement_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("procurement_decision.id"), index=True)
    number: Mapped[int]
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    change_note: Mapped[str] = mapped_column(sa.Text, default="")
    title: Mapped[str] = mapped_column(sa.Text)
    description: Mapped[str] = mapped_column(sa.Text)
    outcome: Mapped[Outcome | None] = mapped_column(words(Outcome, "procurement_outcome"))
    outcome_details: Mapped[str] = mapped_column(sa.Text)
    arrangement: Mapped[Arrangement | None] = mapped_column(words(Arrangement))
    arrangement_details: Mapped[str] = mapped_column(sa.Text)
    service_kind: Mapped[ServiceKind | None] = mapped_column(words(ServiceKind))
    route: Mapped[Route | None] = mapped_column(words(Route, "procurement_route"))
    route_reasons: Mapped[str] = mapped_column(sa.Text)
    is_gp_provider: Mapped[bool | None]
    clinical_lead: Mapped[str] = mapped_column(sa.Text)
    contract_manager: Mapped[str] = mapped_column(sa.Text)
    process: Mapped[str] = mapped_column(sa.Text)
    committee: Mapped[str] = mapped_column(sa.Text)
    decided_on: Mapped[date]
    decided_on_or_before: Mapped[bool] = mapped_column(default=False)  # an older register gives no day
    involved: Mapped[str] = mapped_column(sa.Text)
    conflicts: Mapped[str] = mapped_column(sa.Text)
    mitigations: Mapped[str] = mapped_column(sa.Text)
    justification: Mapped[str] = mapped_column(sa.Text)
    supplier_text: Mapped[str] = mapped_column(sa.Text)
    supplier_organisation_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("organisation.id"))
    supplier_address: Mapped[str] = mapped_column(sa.Text)
    other_suppliers: Mapped[list[str]] = mapped_column(Canonical)
    value_total: Mapped[Decimal | None] = mapped_column(sa.Numeric(14, 2))
    value_body: Mapped[Decimal | None] = mapped_column(sa.Numeric(14, 2))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    intended_on: Mapped[date | None]
    representations: Mapped[str] = mapped_column(sa.Text)
    comments: Mapped[str] = mapped_column(sa.Text)
    public_from: Mapped[date]
    award_noticed_on: Mapped[date | None]
    notice_reference: Mapped[str] = mapped_column(sa.Text, default="")
    cpv: Mapped[str] = mapped_column(sa.Text, default="")
    is_draft: Mapped[bool] = mapped_column(default=False)
    is_checked: Mapped[bool] = mapped_column(default=False)  # somebody said that the checklist is complete
    answers: Mapped[dict[str, str]] = mapped_column(Canonical)  # of the checklist, by the code of the question
    decision: Mapped[ProcurementDecision] = relationship(back_populates="versions")
    supplier: Mapped[Organisation | None] = relationship(lazy="joined")
    recorder: Mapped[Person | None] = relationship(lazy="joined")


class ProcurementDeclaration(Ledgered, Base):
    """What a bidder, one of their relevant persons or an evaluator declared, and how it was managed. Private."""

    __tablename__ = "procurement_declaration"
    __ledger_version__ = 3

    procurement_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("procurement_decision.id"), index=True)
    side: Mapped[Side] = mapped_column(words(Side, "procurement_side"))
    declared_by: Mapped[str] = mapped_column(sa.Text)
    organisation: Mapped[str] = mapped_column(sa.Text)
    interest: Mapped[str] = mapped_column(sa.Text)  # "None", where they have none
    management: Mapped[str] = mapped_column(sa.Text)
    declared_on: Mapped[date]
    has_undertaken: Mapped[bool] = mapped_column(default=False)  # to tell of changes
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    declarant_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("procurement_declarant.id"), index=True)
    has_conflict: Mapped[bool | None]  # None: entered before that was asked
    answers: Mapped[dict[str, str]] = mapped_column(Canonical, default=dict)  # to the questions of the form, by code
    people: Mapped[list[list[str]]] = mapped_column(
        Canonical, default=list
    )  # relevant persons: name, interest, its particulars
    decision: Mapped[ProcurementDecision] = relationship(back_populates="declarations")
    declarant: Mapped["ProcurementDeclarant | None"] = relationship(back_populates="declarations")
    measures: Mapped[list["ProcurementMeasure"]] = relationship(
        back_populates="declaration", order_by="ProcurementMeasure.recorded_at"
    )


class ProcurementDeclarant(Ledgered, Base):
    """Somebody who was asked to declare for a procurement: a bidder, or who evaluates, moderates or advises."""

    __tablename__ = "procurement_declarant"

    procurement_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("procurement_decision.id"), index=True)
    side: Mapped[Side] = mapped_column(words(Side, "procurement_asked_side"))
    name: Mapped[str] = mapped_column(sa.Text)
    organisation: Mapped[str] = mapped_column(sa.Text)
    email: Mapped[str] = mapped_column(sa.String(254))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    asked_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)  # no longer bids, or no longer on the panel
    decision: Mapped[ProcurementDecision] = relationship(back_populates="asked")
    declarations: Mapped[list[ProcurementDeclaration]] = relationship(
        back_populates="declarant", order_by="ProcurementDeclaration.recorded_at"
    )


class ProcurementLink(Keyed, Base):
    """A link with which somebody declares once for a procurement. Whoever got it holds the token; here is only its hash. Opening it uses
    nothing up, mail scanners do; sending the declaration does."""

    __tablename__ = "procurement_link"
    __exempt__ = "operational; that somebody was asked, and the declaration that was sent with it, are in the ledger"

    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    declarant_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("procurement_declarant.id"), index=True)
    issued_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    declarant: Mapped[ProcurementDeclarant] = relationship()


class ProcurementMeasure(Ledgered, Base):
    """What was done about a conflict that was declared for a procurement, and what the register says of it."""

    __tablename__ = "procurement_measure"

    declaration_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("procurement_declaration.id"), index=True)
    measure: Mapped[Measure] = mapped_column(words(Measure, "procurement_measure"))
    explanation: Mapped[str] = mapped_column(sa.Text)
    conflict: Mapped[str] = mapped_column(sa.Text)  # as the public reads it
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    declaration: Mapped[ProcurementDeclaration] = relationship(back_populates="measures")
