"""Tables of the register of interests. A declaration is a signed act; an interest lives on in versions, none ever overwritten."""

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Canonical, Instant, Keyed, Ledgered, words
from coi.organisations.models import Organisation
from coi.people.models import Person
from coi.registers.interests.link_vocabulary import LinkPurpose
from coi.registers.interests.vocabulary import (
    DeclarationKind,
    DeclaredOn,
    Declaring,
    Directness,
    InterestRole,
    InterestStatus,
    InterestType,
    RedactionState,
    Via,
)


class Declaration(Ledgered, Base):
    """A signed act of declaring: on appointment, annual, of a change, or nil."""

    __tablename__ = "declaration"
    __ledger_version__ = 4

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    reference: Mapped[str] = mapped_column(sa.String(30), unique=True)  # D/2026/0012, never reused
    kind: Mapped[DeclarationKind] = mapped_column(words(DeclarationKind))
    declared_on: Mapped[date]  # when the person made it: the paper's date where a secretary enters it
    on_or_before: Mapped[bool | None]  # on that day or before it: taken over from a register that does not say when
    submitted_at: Mapped[datetime] = mapped_column(Instant)  # when it came onto the private register
    entered_by: Mapped[uuid.UUID | None]  # the account that typed it
    entered_by_name: Mapped[str] = mapped_column(sa.Text)
    on_behalf: Mapped[bool] = mapped_column(default=False)  # entered by somebody other than the declarant
    statement: Mapped[str] = mapped_column(sa.Text, default="")
    is_leaving: Mapped[bool | None]  # made on leaving
    drafted_by_name: Mapped[str | None] = mapped_column(sa.Text)  # who prepared the draft that the person signed
    body_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("body.id"))  # where it was made; None: nobody says
    person: Mapped[Person] = relationship()

    @property
    def declared(self) -> DeclaredOn:
        return DeclaredOn(self.declared_on, bool(self.on_or_before))


class Interest(Ledgered, Base):
    """The stable thing that versions are versions of."""

    __tablename__ = "interest"
    __ledger_version__ = 2

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    reference: Mapped[str] = mapped_column(sa.String(30), unique=True)  # I/2026/0031, never reused
    disposed_at: Mapped[datetime | None] = mapped_column(Instant)  # what it said was erased by a person, then
    versions: Mapped[list["InterestVersion"]] = relationship(
        back_populates="interest", order_by="InterestVersion.number"
    )
    person: Mapped[Person] = relationship()


class InterestVersion(Ledgered, Base):
    """What the register said of an interest from `recorded_at` until the next version's `recorded_at`."""

    __tablename__ = "interest_version"
    __ledger_version__ = 4
    __table_args__ = (
        sa.UniqueConstraint("interest_id", "number"),
        sa.CheckConstraint("directness = 'direct' OR via IS NOT NULL", name="indirect_says_via"),
        sa.CheckConstraint("ended_on IS NULL OR arose_on IS NULL OR ended_on >= arose_on", name="ends_after_it_arose"),
    )

    interest_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("interest.id"), index=True)
    declaration_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("declaration.id"))
    number: Mapped[int]
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[uuid.UUID | None]
    type: Mapped[InterestType] = mapped_column(words(InterestType))
    directness: Mapped[Directness] = mapped_column(words(Directness))
    via: Mapped[Via | None] = mapped_column(words(Via))
    role: Mapped[InterestRole] = mapped_column(words(InterestRole))
    nature: Mapped[str] = mapped_column(sa.Text)
    arose_on: Mapped[date | None]
    aware_on: Mapped[date | None]
    declared_on: Mapped[date]
    on_or_before: Mapped[bool | None]  # of `declared_on`, as in the declaration
    ended_on: Mapped[date | None]
    is_pursuing: Mapped[bool] = mapped_column(default=False)
    status: Mapped[InterestStatus] = mapped_column(words(InterestStatus))
    mitigation: Mapped[str] = mapped_column(sa.Text, default="")
    mitigation_agreed_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    mitigation_agreed_on: Mapped[date | None]
    change_note: Mapped[str] = mapped_column(sa.Text, default="")
    subtype: Mapped[str | None] = mapped_column(
        sa.String(40)
    )  # an InterestSubtype; None: declared before these were asked
    particulars: Mapped[dict[str, str] | None] = mapped_column(Canonical)  # what the subtype asks beside, by name
    reveals_health: Mapped[bool | None]  # it reveals health or belief: not public before the Guardian has decided
    body_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("body.id"))  # where it was made; None: nobody says
    interest: Mapped[Interest] = relationship(back_populates="versions")
    declaration: Mapped[Declaration | None] = relationship()
    organisations: Mapped[list["InterestOrganisation"]] = relationship(
        back_populates="version", order_by="InterestOrganisation.position"
    )

    @property
    def declared(self) -> DeclaredOn:
        return DeclaredOn(self.declared_on, bool(self.on_or_before))

    @property
    def is_unmatched(self) -> bool:
        """Whether it names organisations in words alone, so that no agenda can be compared with it yet."""
        return bool(self.organisations) and all(each.organisation_id is None for each in self.organisations)


class InterestConfirmation(Ledgered, Base):
    """That a person said of an interest, in a declaration: what this version says is still right."""

    __tablename__ = "interest_confirmation"
    __table_args__ = (sa.UniqueConstraint("declaration_id", "version_id"),)

    declaration_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("declaration.id"), index=True)
    version_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("interest_version.id"), index=True)


class InterestOrganisation(Ledgered, Base):
    """An organisation that a version names: matched to the reference data, or the declarant's own words kept as unmatched."""

    __tablename__ = "interest_organisation"
    __table_args__ = (sa.UniqueConstraint("version_id", "position"),)

    version_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("interest_version.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text)
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    version: Mapped[InterestVersion] = relationship(back_populates="organisations")
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")


class RedactionRequest(Ledgered, Base):
    """Asked in writing by the declarant, about an interest or about an offer: which fields are not to be published, and why. Until the
    Guardian decides, those fields are held back and no others. An interest is on the registers of several bodies, and the Guardian of each
    decides for its own (`redaction.state_at`); `state` is that of all of them together, the strictest. The decision columns say what the
    latest decision says; each stands in `redaction_decision`."""

    __tablename__ = "redaction_request"
    __ledger_version__ = 3
    __table_args__ = (sa.CheckConstraint("(interest_id IS NULL) <> (gift_id IS NULL)", name="about_one_record"),)

    interest_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("interest.id"), index=True)
    gift_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("gift.id"), index=True)
    reason: Mapped[str] = mapped_column(sa.Text)
    fields: Mapped[list[str]] = mapped_column(
        Canonical, default=list
    )  # names of columns; empty: all that can be withheld
    requested_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[RedactionState] = mapped_column(words(RedactionState))
    decided_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decision_reason: Mapped[str] = mapped_column(sa.Text, default="")
    interest: Mapped[Interest | None] = relationship()
    gift: Mapped[Any] = relationship("Gift", back_populates="redactions")
    decisions: Mapped[list["RedactionDecision"]] = relationship(
        back_populates="request", order_by="RedactionDecision.number"
    )

    @property
    def record(self) -> Any:
        """What it is about: an interest or an offer. Both have a reference, a person and a `person_id`."""
        return self.interest or self.gift


class RedactionDecision(Ledgered, Base):
    """What the Guardian decided about a request, field by field, with what advice, and when it is looked at again. A review makes the
    next one; none is overwritten."""

    __tablename__ = "redaction_decision"
    __ledger_version__ = 2
    __table_args__ = (sa.UniqueConstraint("request_id", "number"),)

    request_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("redaction_request.id"))
    number: Mapped[int]
    decided_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime] = mapped_column(Instant)
    withheld: Mapped[list[str]] = mapped_column(Canonical)  # names of columns; empty: everything is published
    reason: Mapped[str] = mapped_column(sa.Text)
    legal_advice: Mapped[str] = mapped_column(sa.Text, default="")
    review_on: Mapped[date | None]
    body_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("body.id")
    )  # for whose register; None: for every one
    request: Mapped[RedactionRequest] = relationship(back_populates="decisions")


class DeclarationForm(Ledgered, Base):
    """The scanned form that a declaration was entered from."""

    __tablename__ = "declaration_form"

    declaration_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("declaration.id"), index=True)
    file_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("stored_file.id"), unique=True)


class MitigationAgreer(Ledgered, Base):
    """Who agrees at a body what is done about the interests of a group of people. The one named last counts."""

    __tablename__ = "mitigation_agreer"

    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    of_whom: Mapped[Declaring] = mapped_column(words(Declaring))
    agreer_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    named_at: Mapped[datetime] = mapped_column(Instant)
    named_by: Mapped[uuid.UUID | None]
    agreer: Mapped[Person] = relationship()


class DeclarationDrafter(Ledgered, Base):
    """Who may draft a person's declarations at a body, from a moment until it is taken back: one at a time. Only the person signs."""

    __tablename__ = "declaration_drafter"
    __table_args__ = (
        sa.Index(
            "uq_declaration_drafter_person_id",
            "person_id",
            "body_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    drafter_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    named_at: Mapped[datetime] = mapped_column(Instant)
    named_by: Mapped[uuid.UUID | None]  # the account
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_by: Mapped[uuid.UUID | None]
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    drafter: Mapped[Person] = relationship(foreign_keys=[drafter_id])


class DeclaringLink(Keyed, Base):
    """A link with which one person declares once at one body, without an account. Whoever got it holds the token; here is only its hash.
    Opening it uses nothing up, mail scanners do; signing does."""

    __tablename__ = "declaring_link"
    __exempt__ = "operational; that it was issued, and the declaration that was signed with it, are in the ledger"

    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"))
    purpose: Mapped[LinkPurpose] = mapped_column(words(LinkPurpose))
    issued_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    opened_at: Mapped[datetime | None] = mapped_column(Instant)  # when somebody first pressed the button behind it
    used_at: Mapped[datetime | None] = mapped_column(Instant)  # when a declaration was signed with it
    retired_at: Mapped[datetime | None] = mapped_column(Instant)  # when a newer one took its place before it was opened
    is_asked_for: Mapped[bool] = mapped_column(
        default=False
    )  # by whoever held an older one, or handed out in person: no mail takes its place
    declaration_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("declaration.id"))
    gift_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("gift.id"))
    person: Mapped[Person] = relationship()
    gift: Mapped[Any] = relationship("Gift")

    @property
    def is_retired(self) -> bool:
        """Whether a newer one took its place. What was opened at that very moment goes on."""
        return self.retired_at is not None and self.opened_at is None


class DeclarationDraft(Keyed, Base):
    """What somebody has answered of their own declaration and not signed yet. It belongs to the person, so that a declaration that was
    begun by link goes on after signing in. Seen by nobody else."""

    __tablename__ = "declaration_draft"
    __exempt__ = "operational"
    __table_args__ = (sa.UniqueConstraint("person_id", "kind"),)

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(sa.String(30))
    data: Mapped[dict[str, Any]] = mapped_column(Canonical)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    prepared_by_name: Mapped[str | None] = mapped_column(sa.Text)  # who prepared it for the person to sign

    @property
    def is_own(self) -> bool:
        """Whether the person began it, and answered anything."""
        return not self.prepared_by_name and bool(self.data.get("entries") or self.data.get("lines"))
