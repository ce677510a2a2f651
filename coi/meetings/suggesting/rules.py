"""What the wording of an item says of its kind of business and of how far its matter is. Pure."""

from collections.abc import Iterator

from coi.guidance.functions import FUNCTIONS
from coi.meetings.suggesting.vocabulary import SuggestedDetail
from coi.meetings.versions import STAGES
from coi.meetings.vocabulary import Stage
from coi.screening.items import Said, function_said, stage_said

_FUNCTIONS = {  # as the wording is read → of the delegation agreement, where it is the only one that fits
    "boundary_change": "contracts",
    "branch_closure": "practice_closure",
    "caretaking": "contracts",
    "enhanced_service": "enhanced_services",
    "list_closure": "contracts",
    "list_dispersal": "practice_closure",
    "practice_closure": "practice_closure",
    "practice_merger": "mergers",
    "premises": "premises_costs",
    "premises_rent": "premises_costs",
}


def details_in(title: str, description: str, function_code: str, stage: Stage | None) -> tuple[SuggestedDetail, ...]:
    """Returns the function and the stage that the wording speaks of, each with the words that say so, where nobody chose one. Whoever plans
    takes them or not: they change which neighbours are found and what is suggested. Rule: MTG-02; RULEBOOK §16, §23 scenarios 15 and 17."""
    return (*_function(title, description, function_code), *_stage(title, description, stage))


def _function(title: str, description: str, chosen: str) -> Iterator[SuggestedDetail]:
    read, words = _said(function_said(title), function_said(description))
    code = _FUNCTIONS.get(read, "")
    if code and not chosen:
        yield SuggestedDetail(FUNCTIONS[code].title, f"the wording says “{words}”", function_code=code)


def _stage(title: str, description: str, chosen: Stage | None) -> Iterator[SuggestedDetail]:
    read, words = _said(stage_said(title), stage_said(description))
    if read and chosen is None:
        yield SuggestedDetail(STAGES[Stage(read)], f"the wording says “{words}”", stage=Stage(read))


def _said(title: Said, description: Said) -> Said:
    return title if title[0] else description
