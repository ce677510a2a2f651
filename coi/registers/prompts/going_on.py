"""Where an answer leads: into declaring with what is known filled in, to the entry on the register, or back to the questions."""

from flask import url_for

from coi import clock
from coi.organisations.search import search
from coi.registers.interests.course import Course
from coi.registers.interests.entries import STEPS, Entry
from coi.registers.interests.vocabulary import Directness, InterestRole
from coi.registers.prompts.answering import is_to_declare
from coi.registers.prompts.models import MemberQuestion
from coi.registers.prompts.vocabulary import Answer, AnswerDetails, PromptKind
from coi.screening.names import company_key

_ROLES = {
    "director": InterestRole.DIRECTOR, "corporate director": InterestRole.DIRECTOR, "nominee director": InterestRole.DIRECTOR,
    "llp member": InterestRole.PARTNER, "llp designated member": InterestRole.PARTNER,
}  # fmt: skip


def goes_on_to(course: Course, question: MemberQuestion, details: AnswerDetails) -> str:
    """Returns the page to which an answer leads; empty where there is nothing to declare. The draft of the declaration is changed, and
    the caller commits."""
    if not is_to_declare(question.kind, details, today=clock.today()):
        return ""
    if question.kind is PromptKind.CLOSED:
        return _entry_of(course, question, details)
    return _begun(course, question, details)


def _entry_of(course: Course, question: MemberQuestion, details: AnswerDetails) -> str:
    """The entry on the register that the question is about; by a link, where each entry is gone through."""
    if course.is_by_link:
        return course.url("confirm")
    if details.answer is Answer.ENDED:
        ended = details.ended_on.isoformat() if details.ended_on else None
        return url_for("interests.own_end", interest_id=question.interest_id, ended_on=ended)
    return url_for("interests.own_change", interest_id=question.interest_id)


def _begun(course: Course, question: MemberQuestion, details: AnswerDetails) -> str:
    """A declaration with an interest in the organisation begun, or the one that was begun before."""
    sitting = course.load()
    key = company_key(question.organisation)
    known = (number for number, each in enumerate(sitting.entries, start=1) if company_key(each.organisation) == key)
    number = next(known, None)
    if number is None:
        number = len(sitting.entries) + 1
        course.save(sitting.with_entry(number, _entry(question, details)))
    return course.url("step", number=number, step=STEPS[0])


def _entry(question: MemberQuestion, details: AnswerDetails) -> Entry:
    organisation_id = _known(question.organisation)
    is_officer = question.kind is PromptKind.OFFICER
    return Entry(
        directness=Directness.DIRECT.value, organisation=question.organisation, organisation_id=organisation_id,
        role=_ROLES.get(question.role.replace("-", " ").casefold(), "") if is_officer else "",
        arose_on=question.since.isoformat() if is_officer and question.since else "",
        ended_on=details.ended_on.isoformat() if details.ended_on else "", is_suggested=True, answered=("organisation",),
    )  # fmt: skip


def _known(name: str) -> str:
    """The key of the one organisation that coi knows by exactly this name; empty for none or several."""
    key = company_key(name)
    found = {hit.id for hit in search(name, on=clock.today(), limit=5) if company_key(hit.name) == key}
    return str(found.pop()) if len(found) == 1 else ""
