"""What the demo's people declared, and when."""

from dataclasses import dataclass
from datetime import date

from coi.cli.demo.days import Days
from coi.registers.interests.vocabulary import DeclarationKind, Directness, InterestRole, InterestType, Via

PAPER, PAPER_DATED = -211, date(2023, 4, 12)  # declared on appointment, and entered when the board began to use coi
ANNUAL = -105
LATE = -20


@dataclass(frozen=True)
class DemoInterest:
    """An interest. `organisation` is an ODS code, the key of an organisation that was entered, or, where neither is known, the
    declarant's own words. Days are counted from the last meeting. `mitigation`: what the governance lead agreed."""

    person: str
    organisation: str
    role: InterestRole
    nature: str
    declared: int
    type: InterestType = InterestType.FINANCIAL
    via: Via | None = None
    arose_on: date | None = None
    arose: int | None = None
    ended: int | None = None
    aware: int | None = None
    keep_private_because: str = ""
    keep_private_fields: tuple[str, ...] = ()
    mitigation: str = ""
    kind: DeclarationKind = DeclarationKind.ON_APPOINTMENT

    @property
    def is_from_paper(self) -> bool:
        return self.declared == PAPER

    @property
    def directness(self) -> Directness:
        return Directness.INDIRECT if self.via else Directness.DIRECT

    def arose_day(self, days: Days) -> date | None:
        return days.on(self.arose) if self.arose is not None else self.arose_on


R, T = InterestRole, InterestType
STAND_DOWN = "Stands down from items about the practice. Does not receive their papers."
INTERESTS = (
    DemoInterest(
        "gp", "Z90001", R.PARTNER, "Holds the practice’s contract with the other partners", PAPER,
        arose_on=date(2014, 4, 1), mitigation=STAND_DOWN,
    ),
    DemoInterest(
        "gp2", "Z90005", R.PARTNER, "Holds the practice’s contract with the other partners", PAPER,
        arose_on=date(2018, 10, 1), mitigation=STAND_DOWN,
    ),
    DemoInterest(
        "gp3", "Z90011", R.SALARIED_GP, "Six sessions a week", PAPER, arose_on=date(2021, 9, 6),
        mitigation="Takes no part in decisions on the practice.",
    ),
    DemoInterest(
        "gp3", "Harbour Row Physio", R.OWNER, "With a business partner", PAPER, via=Via.SPOUSE,
        arose_on=date(2022, 3, 14),
    ),
    DemoInterest(
        "chair", "carers", R.TRUSTEE, "Unpaid", PAPER, type=T.NON_FINANCIAL_PERSONAL, arose_on=date(2020, 6, 1),
        mitigation="The vice chair presides over items about the charity.",
    ),
    DemoInterest(
        "finance", "ostrelle", R.EMPLOYEE, "Contracts manager", PAPER, via=Via.SPOUSE, arose_on=date(2023, 1, 9),
        mitigation="Leaves for decisions on services that the company may bid for.",
    ),
    DemoInterest(
        "consultant", "pellowe", R.DIRECTOR, "Operates for the company on Fridays", PAPER,
        arose_on=date(2019, 11, 4), mitigation="Stands down from items about minor surgery.",
        keep_private_because="A former patient has threatened me. Nobody should read in public on which day I work where.",
        keep_private_fields=("nature",),
    ),
    DemoInterest(
        "nurse", "Z9T", R.EMPLOYEE, "Works shifts on the trust’s nurse bank", PAPER, arose_on=date(2022, 5, 2),
        mitigation="The chair decides item by item.",
    ),
    DemoInterest(
        "lay", "Z9T", R.OTHER, "Public governor of the trust", PAPER, type=T.NON_FINANCIAL_PROFESSIONAL,
        arose_on=date(2018, 4, 1), ended=-400,
    ),
    DemoInterest(
        "guardian", "Nettlestrand Sailing Trust", R.TRUSTEE, "Unpaid", PAPER, type=T.NON_FINANCIAL_PERSONAL,
        arose_on=date(2017, 2, 20),
    ),
    DemoInterest(
        "declarant", "Z90003", R.PARTNER, "Holds the practice’s contract with the other partners", PAPER,
        arose_on=date(2016, 7, 1), mitigation=STAND_DOWN,
    ),
    DemoInterest(
        "declarant", "Harbour Row Physiotherapy", R.ADVISER, "On breathing exercises, unpaid", PAPER,
        type=T.NON_FINANCIAL_PROFESSIONAL, arose_on=date(2024, 5, 13),
    ),
    DemoInterest(
        "gp2", "ostrelle", R.ADVISER, "Paid, on its clinic for long-term conditions", LATE, arose=LATE - 75,
        aware=LATE - 75, kind=DeclarationKind.CHANGE,
    ),
    DemoInterest(
        "director", "council", R.OTHER, "Foster carer", 15, type=T.NON_FINANCIAL_PERSONAL, arose=8, aware=8,
        keep_private_because="A child who lives with us could be traced through the public register.",
        kind=DeclarationKind.CHANGE,
    ),
    DemoInterest(
        "gp3", "carers", R.VOLUNTEER, "Drives for the charity twice a month", 15, type=T.NON_FINANCIAL_PERSONAL, arose=-240,
        aware=-240, kind=DeclarationKind.CHANGE,
    ),
)  # fmt: skip
NIL_RETURNS = ("secretary", "vice-chair", "lay", "director", "observer", "governance")
NOTHING = "I have nothing to declare."
ALL_RIGHT = "What stands on the register is right, and all there is."
