"""What the demo's people declared, and when."""

from dataclasses import dataclass
from datetime import date

from coi.cli.demo.days import Days
from coi.registers.interests.vocabulary import DeclarationKind, Directness, InterestRole, InterestType, Via


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
    mitigation: str = ""
    entered_by: str = ""
    kind: DeclarationKind = DeclarationKind.ANNUAL

    @property
    def directness(self) -> Directness:
        return Directness.INDIRECT if self.via else Directness.DIRECT

    def arose_day(self, days: Days) -> date | None:
        return days.on(self.arose) if self.arose is not None else self.arose_on


R, T = InterestRole, InterestType
ANNUAL = -105
LATE = -20
STAND_DOWN = "Stands down from items about the practice. Does not receive their papers."
INTERESTS = (
    DemoInterest(
        "gp", "Z90001", R.PARTNER, "Partner in the practice and holder of its contract", ANNUAL,
        arose_on=date(2014, 4, 1), mitigation=STAND_DOWN,
    ),
    DemoInterest(
        "gp2", "Z90005", R.PARTNER, "Partner in the practice and holder of its contract", ANNUAL,
        arose_on=date(2018, 10, 1), mitigation=STAND_DOWN,
    ),
    DemoInterest(
        "gp3", "Z90011", R.SALARIED_GP, "Salaried GP, six sessions a week", ANNUAL, arose_on=date(2021, 9, 6),
        mitigation="Takes no part in decisions on the practice.",
    ),
    DemoInterest(
        "gp3", "Harbour Row Physio", R.OWNER, "Owns the clinic with a business partner", ANNUAL, via=Via.SPOUSE,
        arose_on=date(2022, 3, 14),
    ),
    DemoInterest(
        "chair", "carers", R.TRUSTEE, "Trustee, unpaid", ANNUAL, type=T.NON_FINANCIAL_PERSONAL, arose_on=date(2020, 6, 1),
        mitigation="The vice chair presides over items about the charity.",
    ),
    DemoInterest(
        "finance", "ostrelle", R.EMPLOYEE, "Employed as contracts manager", ANNUAL, via=Via.SPOUSE, arose_on=date(2023, 1, 9),
        mitigation="Leaves for decisions on services that the company may bid for.",
    ),
    DemoInterest(
        "consultant", "pellowe", R.DIRECTOR, "Director of the company, and operates for it on Fridays", ANNUAL,
        arose_on=date(2019, 11, 4), mitigation="Stands down from items about minor surgery.",
    ),
    DemoInterest(
        "nurse", "Z9T", R.EMPLOYEE, "Works shifts on the trust’s nurse bank", ANNUAL, arose_on=date(2022, 5, 2),
        mitigation="The chair decides item by item.",
    ),
    DemoInterest(
        "lay", "Z9T", R.OTHER, "Public governor of the trust", ANNUAL, type=T.NON_FINANCIAL_PROFESSIONAL,
        arose_on=date(2018, 4, 1), ended=-400, entered_by="secretary",
    ),
    DemoInterest(
        "guardian", "Nettlestrand Sailing Trust", R.TRUSTEE, "Trustee, unpaid", ANNUAL, type=T.NON_FINANCIAL_PERSONAL,
        arose_on=date(2017, 2, 20),
    ),
    DemoInterest(
        "declarant", "Z90003", R.PARTNER, "Partner in the practice", ANNUAL, arose_on=date(2016, 7, 1), mitigation=STAND_DOWN,
    ),
    DemoInterest(
        "gp2", "ostrelle", R.ADVISER, "Paid adviser on its clinic for long-term conditions", LATE, arose=LATE - 75,
        aware=LATE - 75, kind=DeclarationKind.CHANGE,
    ),
    DemoInterest(
        "director", "council", R.OTHER, "Foster carer", 15, type=T.NON_FINANCIAL_PERSONAL, arose=8, aware=8,
        keep_private_because="A child who lives with us could be traced through the public register.",
        kind=DeclarationKind.CHANGE,
    ),
)  # fmt: skip
NIL_RETURNS = ("secretary", "vice-chair", "director", "observer", "governance")
NOTHING = "I have nothing to declare."
