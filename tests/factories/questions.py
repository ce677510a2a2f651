"""Questions to members from public lists, for tests, all invented."""

import uuid
from datetime import UTC, date, datetime

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.organisations.models import Body
from coi.people.models import Person
from coi.permissions.vocabulary import system_actor
from coi.registers.prompts.models import MemberQuestion
from coi.registers.prompts.vocabulary import About, Prompt, PromptKind, QuestionState, Source

AT = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
SYSTEM = system_actor("cli")
SOURCE = Source("Officers of companies, Companies House", date(2026, 6, 1))


def a_prompt(person: Person, company: str = "Elm Care Ltd", *, is_weak: bool = False, **about: object) -> Prompt:
    """What a list of officers suggests asking a person."""
    made = About(PromptKind.OFFICER, company, "01234567", "director", date(2024, 3, 1), **about)  # type: ignore[arg-type]
    said = f"A public list names somebody of this name as director of {company}. Is this you?"
    return Prompt(person.name, said, "Only the name is the same.", made, is_weak, person.id)


def a_question(person: Person, body: Body, company: str = "Elm Care Ltd", *, at: datetime = AT) -> MemberQuestion:
    """A question that waits for an answer, without the mail."""
    prompt = a_prompt(person, company)
    about = prompt.about
    made = MemberQuestion(
        id=uuid.uuid4(), body_id=body.id, person=person, kind=about.kind, organisation=company, number=about.number, role=about.role,
        since=about.since, question=prompt.question, why=prompt.why, is_weak=False, list_name=SOURCE.name, list_on=SOURCE.on,
        state=QuestionState.ASKED, recorded_at=at, recorded_by_name="Sam",
    )  # fmt: skip
    db.session.add(made)
    log.record(Event.MEMBER_ASKED, subject=made, actor=SYSTEM, at=at, body_id=body.id)
    return made
