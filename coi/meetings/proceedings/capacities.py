"""In which capacity somebody may come to a meeting, and how the minutes call it."""

from collections.abc import Collection

from coi.committees.details import CLASS_NAMES
from coi.errors import RuleBroken
from coi.meetings.conflicts.seats import CommitteeSeats
from coi.meetings.proceedings.vocabulary import AttendanceDetails
from coi.meetings.vocabulary import Capacity


def check_capacity(details: AttendanceDetails, committee: CommitteeSeats) -> None:
    """Raises RuleBroken where somebody cannot come as is entered: a member who is none, a deputy or a temporary member where the terms
    allow none, a deputy for nobody, a temporary member in no class. Rule: QUO-02; RULEBOOK §10.9, §12.1."""
    members = {seat.person for seat in committee.seats if seat.is_members_own}
    if details.apologies and details.has_joined:
        raise RuleBroken("Somebody who sent apologies did not join. Choose one", field="apologies")
    if details.capacity is Capacity.MEMBER and str(details.person_id) not in members:
        raise RuleBroken(
            "This person is not a member of the committee on that day", field="capacity",
            options=("Record them as deputy or in attendance",),
        )  # fmt: skip
    if details.capacity is Capacity.TEMPORARY:
        _check_temporary(details, committee, members)
    if details.capacity is Capacity.DEPUTY:
        _check_deputy(details, committee, members)


def _check_temporary(details: AttendanceDetails, committee: CommitteeSeats, members: Collection[str]) -> None:
    if not committee.temporary_allowed:
        raise RuleBroken(
            f"The terms of reference of {committee.name} allow no temporary members", field="capacity", rule="QUO-01",
            options=("Record them as in attendance: they may speak, and do not count or vote",),
        )  # fmt: skip
    if str(details.person_id) in members:
        raise RuleBroken("This person is a member of the committee already", field="capacity", rule="QUO-02")
    if details.member_class is None:
        raise RuleBroken("Select the class in which they sit", field="member_class", rule="QUO-01")


def _check_deputy(details: AttendanceDetails, committee: CommitteeSeats, members: Collection[str]) -> None:
    if not committee.deputies_allowed:
        raise RuleBroken(
            f"The terms of reference of {committee.name} let nobody deputise", field="capacity", rule="QUO-02",
            options=("Record them as in attendance: they may speak, and do not count or vote",),
        )  # fmt: skip
    if details.deputy_for is None or str(details.deputy_for) not in set(members) - {str(details.person_id)}:
        raise RuleBroken("Select the member that they deputise for", field="deputy_for", rule="QUO-02")


def role_of(details: AttendanceDetails) -> str:
    """Returns the role that the minutes print: as it was entered, else what a temporary member sits as."""
    said = details.role_words.strip()
    if said or details.capacity is not Capacity.TEMPORARY or details.member_class is None:
        return said
    return f"Temporary member ({CLASS_NAMES[details.member_class]})"
