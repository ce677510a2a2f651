"""What an answer has to say, and where it leads. Pure."""

from datetime import date

from coi.clock import months_after
from coi.errors import RuleBroken
from coi.registers.prompts.vocabulary import ANSWER_WORDS, Answer, AnswerDetails, PromptKind
from coi.screening.terms import RECENT_MONTHS


def check_answer(kind: PromptKind, details: AnswerDetails, *, today: date) -> None:
    """Raises RuleBroken for an answer that this kind of question does not have, one that says it needs no declaring without why, and an
    end without its day or with a day to come."""
    if details.answer not in ANSWER_WORDS[kind]:
        raise RuleBroken("Select one of the answers", field="answer")
    if details.answer is Answer.NOTHING_NEW and not details.words.strip():
        raise RuleBroken("Say where it is declared, or why it does not need to be", field="words")
    if details.answer is Answer.ENDED and details.ended_on is None:
        raise RuleBroken("Enter the date it ended", field="ended_on")
    if details.ended_on is not None and details.ended_on > today:
        raise RuleBroken("The date it ended must be in the past", field="ended_on")


def is_to_declare(kind: PromptKind, details: AnswerDetails, *, today: date) -> bool:
    """Whether an answer leads on to the register: what the member says they will declare, what ended so lately that it still counts, and
    an end of what stands on the register. Source: RULEBOOK §24 F5."""
    if details.answer is Answer.WILL_DECLARE:
        return True
    if details.answer is not Answer.ENDED or details.ended_on is None:
        return False
    return kind is PromptKind.CLOSED or (
        kind is PromptKind.OFFICER and details.ended_on >= months_after(today, -RECENT_MONTHS)
    )
