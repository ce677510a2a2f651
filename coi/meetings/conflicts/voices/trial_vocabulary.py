"""The words of a trial: the draft item or the person that is tried out, and what their coming would mean."""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from coi.committees.vocabulary import MemberClass
from coi.meetings.vocabulary import AffectedDetails, ClassScope, Stage


class Proposal(StrEnum):
    """As what somebody would come, where it is tried out."""

    MEMBER = "member"
    DEPUTY = "deputy"
    TEMPORARY = "temporary"
    INVITEE = "invitee"


@dataclass(frozen=True)
class TrialDetails:
    """What the secretary tries out: a draft item, somebody who would come, or both. `organisations` are names with their relation."""

    title: str = ""
    organisations: tuple[AffectedDetails, ...] = ()
    class_scope: ClassScope = ClassScope.NONE
    function_code: str = ""
    stage: Stage | None = None
    committee_id: uuid.UUID | None = None
    person_id: uuid.UUID | None = None
    proposal: Proposal = Proposal.INVITEE
    member_class: MemberClass | None = None
    deputy_for: uuid.UUID | None = None
    pcn_id: uuid.UUID | None = None
    pcn_name: str = ""
    practices: tuple[uuid.UUID, ...] = ()  # of a place, which `pcn_name` calls
    read: tuple[str, ...] = ()  # what was read from the title, in sentences

    @property
    def names_nobody(self) -> bool:
        return not self.organisations and self.class_scope is ClassScope.NONE

    @property
    def has_item(self) -> bool:
        return bool(self.title or self.organisations or self.class_scope is not ClassScope.NONE)


@dataclass(frozen=True)
class TrialLine:
    """What somebody's coming would mean for one item: their flags in words, the quorum without and with them, who presides with them and
    whether that is somebody else than without, the clinical voice."""

    number: int
    title: str
    level: str
    whys: tuple[str, ...]
    quorate_without: bool
    quorate_with: bool
    presides: str
    voice: str
    is_unscreened: bool = False  # it names nobody and nobody is flagged, so nothing can be said of it
