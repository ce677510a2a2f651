"""The types of interest of RULEBOOK §5 as data: what each is called, what it settles, which questions it needs beside. What §5.3 asks
to be declared is required; what only helps to judge it is not. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from coi.registers.interests.vocabulary import InterestRole, InterestSubtype, InterestType


class Answering(StrEnum):
    """How a particular is answered."""

    LINE = "line"
    CHOICE = "choice"


@dataclass(frozen=True)
class Particular:
    """One question that a type of interest needs. `label` is asked, `heading` stands in lists. A choice has its options."""

    name: str
    label: str
    heading: str
    hint: str = ""
    options: tuple[str, ...] = ()
    is_required: bool = True
    is_own: bool = (
        False  # about what only a person's own doing tells: never asked of an interest that is somebody else's
    )
    is_public: bool = True  # may stand in the description that is made from the answers

    @property
    def answering(self) -> Answering:
        return Answering.CHOICE if self.options else Answering.LINE


@dataclass(frozen=True)
class Subtype:
    """What a type of interest is. Where it settles the category or the role, these are not asked. `organisation` is the question for the
    organisation; `may_lack_organisation`: there may be none, which `none` says, and with which words a description then begins
    (`in_none`); `roles`: those to choose from, all where there are none; `is_once`: it happens on one day and is over with it."""

    words: str
    hint: str
    type: InterestType | None = None
    role: InterestRole | None = None
    organisation: str = "Which organisation is the interest in?"
    particulars: tuple[Particular, ...] = ()
    about: str = ""
    may_lack_organisation: bool = False
    roles: tuple[InterestRole, ...] = ()
    none: str = "There is no organisation"
    none_hint: str = (
        "For example loyalty to a cause, a friendship, or a patent of your own. A charity, trade union or company that is not in the list "
        "is an organisation: enter its name"
    )
    in_none: str = ""
    is_once: bool = False


_YES_NO = ("Yes", "No")
_optional = partial(Particular, is_required=False)
_PERMISSION = _optional(
    "permission", "Do you have your employer’s agreement?", "Agreement of the employer", "Many contracts ask for it before you start",
    ("Yes", "I have asked for it", "My contract does not ask for it", "No"), is_own=True, is_public=False,
)  # fmt: skip
_PAID = _optional("paid", "Is it paid?", "Paid", options=_YES_NO)
_T, _R, _S = InterestType, InterestRole, InterestSubtype

SUBTYPES: Mapping[InterestSubtype, Subtype] = {
    _S.PARTNERSHIP: Subtype(
        "Partner in a practice or another business", "Or its owner. What your partners declare counts for you too, you do not repeat it",
        _T.FINANCIAL, _R.PARTNER, "Which practice or business is it?",
        (_optional("share", "What is your share?", "Share", "For example: one fifth, or 20%", is_own=True),),
    ),
    _S.OUTSIDE_EMPLOYMENT: Subtype(
        "Other work or employment", "Salaried or locum GP, practice manager, consultant, adviser, or any other paid work",
        _T.FINANCIAL, None, "Who do you work for?",
        (Particular("work", "What do you do there?", "Work", is_own=True),
         Particular("time", "How much time does it take?", "Time", "For example: 6 sessions a week", is_own=True),
         _PERMISSION),
        roles=(_R.SALARIED_GP, _R.LOCUM, _R.PRACTICE_MANAGER, _R.EMPLOYEE, _R.CLINICAL_DIRECTOR, _R.CONSULTANT, _R.ADVISER, _R.OTHER),
    ),
    _S.DIRECTORSHIP: Subtype(
        "Director of a company", "Executive or non-executive, also of a federation or a network’s company", _T.FINANCIAL, _R.DIRECTOR,
        "Which company is it?", (_PAID,),
    ),
    _S.SHAREHOLDING: Subtype(
        "Shares or ownership", "In a company, partnership or consultancy that does business with the NHS, or may. However few",
        _T.FINANCIAL, _R.SHAREHOLDER, "Which company is it?",
        (_optional("share", "How much do you hold?", "Holding", "A percentage or a number of shares. For example: 5%, or 200 shares"),
         _optional("share_kind", "What kind of holding is it?", "Kind of holding",
                    options=("Shares of a listed company", "Shares of a private company", "A share in a partnership or consultancy",
                             "Membership of a not-for-profit body"))),
        about="Do not declare collective investments, unit trusts and pension funds: you do not choose what they hold.",
    ),
    _S.PREMISES: Subtype(
        "Premises that you own or let", "Also a room of the practice that is let to somebody else", _T.FINANCIAL, _R.LANDLORD,
        "Which organisation uses the premises?",
        (Particular("premises", "Which premises are they?", "Premises", "The building and the town"),
         Particular("tenure", "How are they yours?", "Tenure",
                    options=("I own them", "I own them with others", "I rent them and let a part", "The practice lets a part of them"))),
    ),
    _S.PRIVATE_PRACTICE: Subtype(
        "Clinical private practice", "Private patients, in your own rooms or somewhere else", _T.FINANCIAL, _R.CONSULTANT,
        "Where do you practise?",
        (Particular("specialty", "Which specialty or procedures?", "Specialty", is_own=True),
         Particular("sessions", "When, or how often?", "Sessions", "For example: Friday afternoons", is_own=True), _PERMISSION),
        may_lack_organisation=True, none="In own rooms, at no organisation", none_hint="", in_none="Private practice in own rooms",
    ),
    _S.LOYALTY: Subtype(
        "A position elsewhere, or somebody close who decides elsewhere",
        "Trustee, governor, adviser, member of a forum or campaign, or a relative or friend who decides on spending",
        None, None, "Which organisation is it?",
        (_optional("influence", "Can it influence how money is spent?", "Influence on spending", options=_YES_NO,
                    is_own=True), replace(_PAID, is_own=True)),
        may_lack_organisation=True,
        roles=(_R.TRUSTEE, _R.ADVISER, _R.CLINICAL_DIRECTOR, _R.DIRECTOR, _R.EMPLOYEE, _R.MEMBER, _R.VOLUNTEER, _R.OTHER),
    ),
    _S.PATENT: Subtype(
        "Patent or other intellectual property", "Held or applied for, in something that the NHS may buy or use", None, _R.OTHER,
        "Which organisation uses or may buy it?",
        (Particular("invention", "What is it?", "What is protected"), Particular("state", "Is it held or applied for?", "State",
                    options=("Held", "Applied for")), _optional("income", "Does it earn you money?", "Income", options=_YES_NO)),
        may_lack_organisation=True,
    ),
    _S.RESEARCH: Subtype(
        "Sponsored research", "Money for your research, or for the research of an organisation that you belong to", _T.FINANCIAL,
        _R.RECIPIENT, "Who pays for it?",
        (Particular("study", "Which study is it?", "Study"), _optional("amount", "How much is it?", "Amount", "In pounds, about"),
         Particular("approval", "Was it approved by the Health Research Authority?", "Approval",
                    options=("Yes", "Not yet", "Not needed"), is_own=True),
         Particular("papers", "Are there a written protocol and a contract?", "Protocol and contract",
                    options=("Both", "A protocol alone", "A contract alone", "Neither yet"), is_own=True)),
    ),
    _S.SPONSORED_POST: Subtype(
        "Sponsored post", "A post, yours or in your team, that a company pays for", _T.FINANCIAL, _R.RECIPIENT, "Who pays for the post?",
        (Particular("post", "Which post is it?", "Post"), _optional("until", "Until when is it paid for?", "Paid until"),
         Particular("approval", "Did your organisation approve it beforehand?", "Approved beforehand",
                    options=("Yes", "It is asked for", "No"), is_own=True, is_public=False),
         Particular("checkpoint", "When is it looked at again, before it can go on?", "Looked at again",
                    "A day or a month. Enter “It cannot go on” if it ends for good", is_own=True),
         Particular("assurance", "Is it written down that it does not affect buying or prescribing?", "Written assurance",
                    options=_YES_NO, is_own=True)),
    ),
    _S.SPONSORED_EVENT: Subtype(
        "Sponsored event", "An event that you helped to arrange and a company paid for", None, _R.RECIPIENT, "Who sponsored it?",
        (Particular("event", "Which event was it?", "Event"), Particular("part", "What was your part in it?", "Part in it"),
         _optional("amount", "What did the sponsor pay?", "Amount", "In pounds, about")),
        is_once=True,
    ),
    _S.DONATION: Subtype(
        "Donation from a supplier", "To a charitable fund or to your organisation, in exceptional cases alone", None, _R.RECIPIENT,
        "Who gave it?",
        (Particular("fund", "Who received it?", "Received by"), _optional("amount", "How much was it?", "Amount", "In pounds"),
         Particular("why", "Why was it accepted?", "Reason")),
        is_once=True,
    ),
    _S.OTHER: Subtype("Something else", "Anything that somebody could think might affect your judgement", may_lack_organisation=True),
}  # fmt: skip
"""In the order of the question: the most usual first."""

BESIDE_A_PRACTICE = (_S.DIRECTORSHIP, _S.SHAREHOLDING, _S.OUTSIDE_EMPLOYMENT, _S.LOYALTY, _S.OTHER)
"""What a partner may be in the network and the federation of the practice."""

GIFT = "gift"
GIFT_WORDS = "A gift or hospitality"
GIFT_HINT = "This goes on a register of its own"


def settles_type(subtype: str) -> InterestType | None:
    """Returns the category that a type of interest has by itself; None where it is asked."""
    return SUBTYPES[InterestSubtype(subtype)].type if subtype else None


def settles_role(subtype: str) -> InterestRole | None:
    """Returns the role that a type of interest has by itself; None where it is asked."""
    return SUBTYPES[InterestSubtype(subtype)].role if subtype else None


def may_lack_organisation(subtype: str | None) -> bool:
    """Returns whether an interest of a type can be in no organisation; one that was declared before types were asked can."""
    return SUBTYPES[InterestSubtype(subtype)].may_lack_organisation if subtype else True


def is_once(subtype: str | None) -> bool:
    """Returns whether an interest of a type happens on one day, such as a donation: it is asked for one date, and is over with it.
    Rule: DECL-06."""
    return SUBTYPES[InterestSubtype(subtype)].is_once if subtype else False


def particulars_of(subtype: str | None, *, is_indirect: bool = False) -> tuple[Particular, ...]:
    """Returns the questions that a type of interest needs beside those that all need. Of somebody else's interest nothing is asked that
    only a person's own work tells: nobody has to know what another employer agreed to."""
    asked = SUBTYPES[InterestSubtype(subtype)].particulars if subtype else ()
    return tuple(each for each in asked if not (is_indirect and each.is_own))


def without_own(subtype: str | None, given: Mapping[str, str]) -> dict[str, str]:
    """Returns what was answered without what is not asked of somebody else's interest."""
    own = {each.name for each in particulars_of(subtype) if each.is_own}
    return {name: words for name, words in given.items() if name not in own}


def lines_of_particulars(subtype: str | None, given: Mapping[str, str]) -> dict[str, str]:
    """Returns what was answered, heading → words, in the order of the questions."""
    return {each.heading: given[each.name] for each in particulars_of(subtype) if given.get(each.name)}


def suggested_nature(subtype: str | None, given: Mapping[str, str]) -> str:
    """Returns a description made of what was answered, for the declarant to take over or change. It is published, so that an employer's
    agreement is not in it."""
    public = {
        each.name: given[each.name] for each in particulars_of(subtype) if each.is_public and given.get(each.name)
    }
    lines = lines_of_particulars(subtype, public)
    return ". ".join(f"{heading}: {words}" for heading, words in lines.items())
