"""Every regime as dated data (RULEBOOK §1): the acts, regulations and guidance, whom they bind, from when to when, and what changed with
them. Those that are a body's whole rule-set, those that add to one, and those of other bodies, which are told apart."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from coi.guidance.vocabulary import BodyType, Force, Instrument, Reach

_CCG, _ICB, _BOTH = (BodyType.CCG,), (BodyType.ICB,), (BodyType.CCG, BodyType.ICB)
MUST, SHOULD = Force.MUST, Force.SHOULD
FOUNDED, DISSOLVED, BOARDS = date(2013, 4, 1), date(2022, 6, 30), date(2022, 7, 1)

INSTRUMENTS: tuple[Instrument, ...] = (
    Instrument(
        "before-2013", "Primary care trusts: codes of conduct before April 2013", Reach.OTHER_BODY, (), None, date(2013, 3, 31), SHOULD,
        ("Primary care trusts bought primary care. Nothing of theirs is judged by these rules",), ("general",),
    ),
    Instrument(
        "R0", "NHS Act 2006 s.14O", Reach.ADDITION, _CCG, FOUNDED, DISSOLVED, MUST,
        ("Keep registers, and publish them or show them on request", "Declare within 28 days of becoming aware",
         "Manage conflicts so that they do not affect, or appear to affect, decisions"), ("declaring", "register"),
    ),
    Instrument(
        "R1", "Managing conflicts of interests: guidance for CCGs (March 2013)", Reach.WHOLE, _CCG, FOUNDED, date(2014, 12, 17), SHOULD,
        ("Interests by a list, shareholdings over 5%", "Review the register each year, better each quarter",
         "A template for services that GPs may provide"), ("declaring", "register", "procurement"),
    ),
    Instrument(
        "R2", "NHS Procurement, Patient Choice and Competition Regulations (SI 2013/500)", Reach.ADDITION, _BOTH, FOUNDED,
        date(2023, 12, 31), MUST,
        ("No award where a conflict affects, or appears to affect, the integrity of it",
         "A record for each contract of how conflicts were managed", "A published record of contracts"), ("procurement",),
    ),
    Instrument(
        "R3", "Managing conflicts of interest: statutory guidance for CCGs (December 2014)", Reach.WHOLE, _CCG, date(2014, 12, 18),
        date(2016, 6, 27), SHOULD,
        ("Joint and delegated committees with a lay chair and a lay vice chair", "Lay and executive members are the majority",
         "A register of procurement decisions"), ("meetings", "procurement"),
    ),
    Instrument(
        "R4", "Revised statutory guidance for CCGs (June 2016)", Reach.WHOLE, _CCG, date(2016, 6, 28), date(2017, 6, 15), SHOULD,
        ("Interests in four categories, refreshed every 6 months, nil returns recorded", "A Conflicts of Interest Guardian, 3 lay members",
         "A register of gifts and hospitality", "Breaches published without names", "An audit each year, and training"),
        ("declaring", "register", "gifts", "assurance"),
    ),
    Instrument(
        "R5", "Managing conflicts of interest in the NHS (February 2017)", Reach.ADDITION, _BOTH, date(2017, 6, 1), date(2024, 8, 31),
        SHOULD, ("Gifts and hospitality: £6, £25, £50 and £75", "Decision-making staff",
         "Outside employment, shares, patents, loyalty, donations, sponsorship and private practice"), ("declaring", "gifts", "register"),
    ),
    Instrument(
        "R6", "Revised statutory guidance for CCGs (June 2017)", Reach.WHOLE, _CCG, date(2017, 6, 16), DISSOLVED, SHOULD,
        ("Interests refreshed once a year", "Publish at least those of decision-making staff", "New care models (Annex K)"),
        ("declaring", "register", "gifts", "assurance"),
    ),
    Instrument(
        "R7", "Health and Care Act 2022: NHS Act 2006 s.14Z30 and Schedule 1B, model constitution", Reach.WHOLE, _ICB, BOARDS, None, MUST,
        ("The duties of the CCGs for board members, committee members and employees", "No member practices",
         "Nobody whose part in private health care could undermine the independence of the health service"), ("declaring", "register"),
    ),
    Instrument(
        "R8", "Provider Selection Regime (SI 2023/1348)", Reach.ADDITION, _ICB, date(2024, 1, 1), None, MUST,
        ("Health care services only", "Notices and records name the decision-makers, their conflicts and how these were managed",
         "A standstill of at least 8 working days"), ("procurement",),
    ),
    Instrument(
        "R9", "Managing conflicts of interest in the NHS (2024)", Reach.ADDITION, _ICB, date(2024, 9, 1), None, SHOULD,
        ("Replaces the guidance of 2017, for boards and the Provider Selection Regime", "Points to the board’s own policy and register"),
        ("declaring", "gifts", "register"), "Check the first day in the document before you rely on it.",
    ),
    Instrument(
        "R10", "Procurement Act 2023 ss.81 to 83", Reach.ADDITION, _ICB, date(2025, 2, 24), None, MUST,
        ("Goods and services that are not health care", "Identify conflicts, keep them under review, mitigate them",
         "A conflicts assessment"), ("procurement",),
    ),
    Instrument(
        "pcr-2015", "Public Contracts Regulations 2015 (SI 2015/102) regs 24 and 84", Reach.ADDITION, _BOTH, date(2015, 2, 26),
        date(2025, 2, 23), MUST,
        ("Prevent, identify and remedy conflicts of whoever can influence the outcome", "A report for each procurement"), ("procurement",),
    ),
    Instrument(
        "lmc", "Local medical committees: their own policies", Reach.OTHER_BODY, (), None, None, SHOULD,
        ("One committee asks for a declaration within 14 days. A GP who serves there too answers to both",), ("declaring",),
    ),
    Instrument(
        "local-authority", "Councillors: Localism Act 2011", Reach.OTHER_BODY, (), date(2012, 7, 1), None, MUST,
        ("A councillor tells the council’s Monitoring Officer within 28 days of an interest that came up at a meeting",
         "A register of its own. It is not kept here"), ("declaring",),
    ),
)  # fmt: skip
"""In the order of the rulebook, then what is not on its list."""


@lru_cache(maxsize=256)
def instruments_on(body_type: str, on: date) -> tuple[Instrument, ...]:
    """Returns what binds a type of body ("ccg", "icb") on a day."""
    return tuple(each for each in INSTRUMENTS if body_type in each.bodies and _is_in_force(each, on))


def others_on(on: date) -> tuple[Instrument, ...]:
    """Returns the regimes of other bodies on a day: people who serve there too answer to them, these registers do not."""
    return tuple(each for each in INSTRUMENTS if each.reach is Reach.OTHER_BODY and _is_in_force(each, on))


def titles(instruments: Iterable[Instrument]) -> tuple[str, ...]:
    """Returns what the instruments are called."""
    return tuple(each.title for each in instruments)


def _is_in_force(instrument: Instrument, on: date) -> bool:
    starts = instrument.valid_from is None or instrument.valid_from <= on
    return starts and (instrument.valid_to is None or on <= instrument.valid_to)
