"""What single cells of a register of gifts and hospitality say: worth, kind, what became of the offer, who made it. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from coi.organisations.naming import folded
from coi.registers.gifts.vocabulary import OfferKind, OfferSource, Response
from coi.screening.cells import OPEN, is_ticked
from coi.screening.interest_text import is_nil
from coi.screening.segments import mentions

MOST = Decimal(9_999_999)
_NUMBER = r"£?\s*([0-9][0-9,]*(?:\.[0-9]{1,2})?)(\s*(?:k|thousand))?"
_ABOUT = r"(?:approx(?:imate(?:ly)?)?|about|around|circa|c|est(?:imate[ds]?)?|estimated(?: value)?|~|≈|roughly)\b\.?:?"
_BESIDE = (
    r"(?:(?:in )?total|\(?approx(?:imate(?:ly)?)?\.?\)?|\(?est(?:imate[ds]?)?\.?\)?|(?:per|a|each|/) ?(?:head|person)?|pp|gbp|pounds?"
    r"|or so)"
)
_FOREIGN = re.compile(r"[$€¥]|\b(?:usd|eur|euros?|dollars?)\b", re.IGNORECASE)
_SUM = re.compile(rf"^[\s(]*(?P<about>{_ABOUT}|[~≈])?\s*{_NUMBER}\s*(?P<beside>{_BESIDE})?[\s.?)]*$", re.IGNORECASE)
_RANGE = re.compile(
    rf"^[\s(]*(?:{_ABOUT}|[~≈]|between)?\s*{_NUMBER}\s*(?:[-–—]|to|and)\s*{_NUMBER}\s*(?:{_BESIDE})?\W*$", re.IGNORECASE
)
_AT_MOST = re.compile(
    rf"^[\s(]*(?:<|≤|under|below|less than|up to|max(?:imum)?(?: of)?|not more than|no more than)\s*{_NUMBER}\W*$", re.I
)
_NO_VALUE = re.compile(r"^\W*(?:nil|none|no (?:commercial |monetary )?value|zero|free)\W*$", re.IGNORECASE)
_SINGLY = re.compile(r"\beach\b", re.IGNORECASE)
_NOT_KNOWN = re.compile(r"^\W*(?:un|not )(?:known|stated|recorded|given|provided|disclosed|sure|clear)\b[^0-9]*$", re.I)
_MEALS = (
    r"\bmeals?\b|lunch|dinner|breakfast|supper|refreshment|buffet|\bdrinks? (?:reception|party)|canap|\b(?:tea and|catering)\b"
    r"|\brestaurant|hospitality|\breception\b|sandwich"
)
_KINDS = (
    (OfferKind.SPONSORED_RESEARCH, r"sponsor\w*\b.*\bresearch|research (?:grant|funding|sponsor)"),
    (OfferKind.SPONSORED_POST, r"sponsor\w*\b.*\b(?:post|salary|nurse|secondment)\b|(?:post|salary)\b.*sponsor"),
    (OfferKind.SPONSORED_EVENT, r"sponsor"),
    (OfferKind.DONATION, r"\bdonation\b|\bdonated\b|charitable fund|\bbequest|\blegacy\b"),
    (OfferKind.CASH, r"\bcash\b|voucher|gift ?cards?|\btokens?\b|\bche(?:que|ck)\b|bank ?note|£\d+ note|\bmoney\b|\bhonorari"),
    (OfferKind.TRAVEL, r"travel|accommodation|\bhotel|\bflights?\b|\bairfare|\btrain\b|\btaxi|overnight"),
    (OfferKind.MEAL, _MEALS),
    (OfferKind.PROMOTIONAL, r"promotional|branded|\bpens?\b|\bmugs?\b|\bmouse ?mat|post-?it|lanyard|key ?ring|\bcalendars?\b|memory stick"),
    (OfferKind.GIFT, r"\bgifts?\b|chocolate|flowers?|\bwine\b|champagne|biscuit|hamper|\bbooks?\b|\btickets?\b|bouquet"),
)  # fmt: skip
_NOT_TAKEN = re.compile(
    r"\bnot (?:be(?:en)? )?(?:accepted|taken|kept|attended)|\bdid not (?:accept|attend|take)", re.IGNORECASE
)
_DECLINING = r"(?:declin|refus|reject|return|turn(?:ed)? down|sen[dt] back)"
_DECLINED = re.compile(rf"{_DECLINING}|{_NOT_TAKEN.pattern}", re.IGNORECASE)
_WAS_DECLINED = re.compile(
    rf"\b(?:(?:declin|refus|reject|return)ed|turned down|sent back)\b|{_NOT_TAKEN.pattern}", re.IGNORECASE
)
_BESIDE_TAKING = r"(?:the|gifts?|offer|hospitality|it|this|was|were|has|have|been|i|we|\w+ly)"
_IS_TAKEN = re.compile(rf"\W*(?:{_BESIDE_TAKING}\s+)*(?:accept|recei|kept|keep|retain|taken|attended)", re.IGNORECASE)
_DENIED = re.compile(  # “could not be refused”, “rude to refuse”, “refusal would have caused offence”: it was not declined
    rf"(?:\b(?:not|no|never|cannot|without|unable|impossible|rude|impolite|discourteous|difficult|hard|awkward|ungrateful|would|could|if)"
    rf"|n[’']t)\s+(?:\w+\s+){{0,2}}?{_DECLINING}"
    rf"|\b{_DECLINING}(?:ing|al|ion)\s+(?:\w+\s+){{0,3}}?(?:would|could|might|may|not|seemed|felt|was|is)\b",
    re.IGNORECASE,
)
_PASSED = re.compile(
    r"(?:on behalf of|for|to) (?:the )?(?:team|organi[sz]ation|ccg|icb|practice|office|staff|department|trust|charit|ward|patients)"
    r"|charit|raffle|shared|donated|passed on|food ?bank|hospice",
    re.IGNORECASE,
)
_KEPT = re.compile(r"accept|recei|kept|\bkeep|retain|taken|attend|consumed", re.IGNORECASE)
_NO = re.compile(r"^\W*(?:no|n|✗|✘|false)\W*$", re.IGNORECASE)
_BOTH = re.compile(
    r"^\W*accepted\s*/\s*(?:declined|refused)\W*$|^\W*(?:declined|refused)\s*/\s*accepted\W*$", re.IGNORECASE
)
_PATIENT = re.compile(
    r"\bpatients?\b|\brelatives?\b|\bfamily\b|\bcarers?\b|\bservice users?\b|\bwidow|\bresidents?\b", re.IGNORECASE
)
_OF_ONE = (
    re.compile(  # “Elm Surgery patient”, “family of a patient at Elm Surgery”: the organisation only says which patient
        rf"(?:{_PATIENT.pattern})(?:[’']s?)?\W*(?:$|\((?!.*\b(?:ltd|limited)\b)|(?:of|at|from)\b)", re.IGNORECASE
    )
)
_ORGANISED = re.compile(
    r"\b(?:ltd|limited|plc|llp|inc|cic|associations?|trust|charity|society|foundation|college|group|company|forum|council|service|uk)\b",
    re.I,
)
_CALLED = re.compile(rf"(?i:{_PATIENT.pattern}) [A-Z]")  # “Patients Know Best” is a firm, “Patient Vera Jones” is none
_SUPPLIER = re.compile(
    r"\bsuppliers?\b|\bcontractors?\b|\bpharma|\bmedicines? (?:manufactur|company)|drug (?:company|rep)|medical (?:devices?|equipment)",
    re.I,
)
_TITLE = r"(?:[Mm]rs?|MRS|MR(?=\W+[A-Z])|[Mm][sx]|(?:MS|MISS)(?=\W+[A-Z]{2,}\b)|Miss(?=\W+[A-Z])|Master(?=\W+[A-Z]))"
_NAMED = re.compile(  # “MRS JONES”, “mrs jones” and “Mr. J. Smith” too; “MR scan” and “MS Society” are nobody
    rf"\b{_TITLE}\b\.?(?:\s+(?:and|&)\s+(?:Mrs|Mr|Ms))?\.?\s+(?:[A-Z]\b\.?\s*)*[A-Za-z][\w’'-]*"
)
_NO_NAMES = frozenset(
    [
        "patient",
        "patients",
        "relative",
        "relatives",
        "family",
        "carer",
        "carers",
        "service",
        "user",
        "users",
        "widow",
        "widower",
        "resident",
        "residents",
        "the",
        "and",
        "from",
        "for",
        "with",
        "grateful",
        "former",
        "late",
        "anonymous",
        "elderly",
        "husband",
        "wife",
        "partner",
        "son",
        "daughter",
        "mother",
        "father",
        "parent",
        "parents",
        "sister",
        "brother",
        "friend",
        "friends",
        "name",
        "withheld",
        "surgery",
        "practice",
        "hospital",
        "clinic",
        "centre",
        "care",
        "home",
        "house",
        "ward",
        "trust",
        "mrs",
        "miss",
        "master",
        "not",
        "known",
        "unknown",
    ]
)
A_PATIENT = "A patient or their family"


@dataclass(frozen=True)
class Worth:
    """What a cell says that something is worth: in pounds, whether that is an estimate, and what was taken for it, in words."""

    value: Decimal | None = None
    is_estimate: bool = False
    note: str = ""
    is_open: bool = False  # it says something, and no sum


def is_blank(cell: str) -> bool:
    """Whether a cell says nothing: empty, "n/a", "TBC", "not known"."""
    return is_nil(cell) or bool(OPEN.match(cell)) or bool(_NOT_KNOWN.match(cell))


def names_the_body(cell: str) -> bool:
    """Whether a cell that says that an offer was passed on says no more than that the organisation has it, or nothing at all."""
    return is_blank(cell) or bool(re.search(r"\b(?:organi[sz]ation|ccg|icb)\b", cell, re.IGNORECASE))


def is_refusal(cell: str) -> bool:
    """Whether a cell says no more than no: under some headings that is an answer, and not a blank."""
    return bool(_NO.match(cell))


def worth_in(cell: str) -> Worth:
    """Returns what a cell says that something is worth: "£25", "approx £20–30" (at most), "under £10" (at most). "Over £50", "2 x £20" and
    other currencies are no one sum. Source: RULEBOOK §8 (actual, or a reasonable estimate)."""
    told = " ".join(cell.split())
    if _NO_VALUE.match(told):
        return Worth(Decimal(0))
    if is_blank(told):
        return Worth()
    if _FOREIGN.search(told):
        return Worth(is_open=True)
    if found := _SUM.match(told):
        value = _pounds(found[2], found[3])
        beside = found["beside"] or ""
        if value is None or _SINGLY.search(beside):
            return Worth(is_open=True)
        return Worth(
            value, bool(found["about"]) or bool(re.search(r"approx|est|or so", beside, re.IGNORECASE)) or "?" in told
        )
    for pattern, number in ((_RANGE, 3), (_AT_MOST, 1)):
        if found := pattern.match(told):
            value = _pounds(found[number], found[number + 1])
            if value is not None:
                return Worth(value, True, f"“{told[:60]}” is entered as about £{value:,f}")
    return Worth(is_open=True)


def _pounds(number: str, thousands: str | None) -> Decimal | None:
    value = Decimal(number.replace(",", "")) * (1000 if thousands else 1)
    return value if value <= MOST else None


def kind_in(said: str, details: str) -> OfferKind | None:
    """Returns what was offered, by the column of kinds, or else by the details; where the column says a mere gift, or hospitality, the
    details may say it more closely. None where neither says it."""
    first, closer = _kind(said), _kind(details)
    is_closer = (first, closer) in {
        (OfferKind.GIFT, OfferKind.CASH), (OfferKind.GIFT, OfferKind.PROMOTIONAL), (OfferKind.MEAL, OfferKind.TRAVEL),
    }  # fmt: skip
    return closer if is_closer else first or closer


def _kind(text: str) -> OfferKind | None:
    return next((kind for kind, words in _KINDS if re.search(words, text, re.IGNORECASE)), None)


def response_in(cell: str, heading: str = "", declined: str = "") -> Response | None:
    """Returns what became of an offer: in words, or as a tick or a yes under a heading that asks for one of the two; None where it does not
    say, or says both, as in "Accepted as refusal would have caused offence"."""
    if is_ticked(declined):
        return Response.DECLINED
    if _BOTH.match(cell):
        return None
    if is_ticked(cell) or _NO.match(cell):
        asks_declined = bool(_DECLINED.search(heading)) and not _KEPT.search(heading)
        is_yes = not _NO.match(cell)
        return Response.DECLINED if is_yes is asks_declined else Response.KEPT
    if is_blank(cell):
        return None
    if _DECLINED.search(cell):
        is_denied = _DENIED.search(cell) and not _NOT_TAKEN.search(cell)
        return None if is_denied or _IS_TAKEN.match(cell) else Response.DECLINED
    if _PASSED.search(cell):
        return Response.PASSED_ON
    return Response.KEPT if _KEPT.search(cell) else None


def response_beside(reasons: str) -> Response | None:
    """Returns what became of an offer by the reasons that are given for it: of what was declined they say that it was. "It would have been
    rude to refuse" and "We decline gifts" say nothing."""
    if _DECLINED.search(reasons) and not _WAS_DECLINED.search(reasons):
        return None
    return response_in(reasons)


def source_in(said: str, offeror: str, business: str) -> OfferSource | None:
    """Returns who made an offer is to the body, where the row says so: a patient or their family, or a supplier; None where it does not.
    The column that says who they are comes first, then who they are by their own words."""
    if _SUPPLIER.search(said):
        return OfferSource.SUPPLIER
    if _PATIENT.search(said) or _is_patient(offeror) or _is_person(offeror):
        return OfferSource.PATIENT
    if _SUPPLIER.search(f"{offeror} {business}"):
        return OfferSource.SUPPLIER
    return OfferSource.OTHER if re.match(r"\W*other\b", said, re.IGNORECASE) else None


def is_either(said: str, offeror: str, business: str) -> bool:
    """Whether a row says of who made an offer both what tells a patient and what tells an organisation, so that only a person can say who
    they are: the name of the one is never kept, and the other is judged by other rules."""
    is_patient, is_person = _is_patient(offeror), _is_person(offeror)
    if _SUPPLIER.search(said):
        return (is_patient or is_person) and not _is_organisation(offeror)
    if _PATIENT.search(said):
        return bool(_ORGANISED.search(said)) and not is_patient
    if is_person:
        return bool(_SUPPLIER.search(f"{offeror} {business}")) and not _OF_ONE.search(offeror)
    return is_patient and bool(_CALLED.search(offeror)) and not _OF_ONE.search(offeror)


def _is_patient(offeror: str) -> bool:
    """Whether the words of who made an offer tell a patient, and no organisation that is called after them."""
    return bool(_OF_ONE.search(offeror)) or bool(_PATIENT.search(offeror) and not _is_organisation(offeror))


def _is_person(offeror: str) -> bool:
    """Whether the words of who made an offer name somebody; “Mrs Elm’s Bakery Ltd” names nobody."""
    bare = re.sub(rf"{_NAMED.pattern}", lambda found: "" if re.search(r"[’']s$", found[0]) else found[0], offeror)
    return names_somebody(bare if _ORGANISED.search(offeror) else offeror)


def _is_organisation(text: str) -> bool:
    return bool(_ORGANISED.search(text)) or any(each.has_type for each in mentions(text))


def names_somebody(text: str) -> bool:
    """Whether a text names somebody with Mr, Mrs and the like: perhaps a patient, whom no register names."""
    return bool(_NAMED.search(text))


def repeats_a_name(offeror: str, texts: Iterable[str], recipient: str) -> bool:
    """Whether any text holds a word of the name by which a patient who made an offer stands in the file."""
    names = set(re.findall(r"[^\W\d_]{3,}", folded(offeror))) - _NO_NAMES - set(folded(recipient).split())
    return any(names & set(folded(text).split()) for text in texts)
