"""The agendas of the demo's two meetings."""

from dataclasses import dataclass

from coi.meetings.vocabulary import AffectedRelation, ClassScope, Part, Purpose, Stage


@dataclass(frozen=True)
class DemoItem:
    """An item. `affected` names organisations as interests do, each with its relation. `is_carried_on`: an earlier meeting put it off,
    and the rest is as it was there. `continues` is the title of an earlier item on the same matter. `network` is the code of the primary
    care network whose practices are the class."""

    key: str
    title: str
    description: str
    presenter: str
    affected: tuple[tuple[str, AffectedRelation], ...] = ()
    purpose: Purpose = Purpose.APPROVE
    function_code: str = ""
    class_scope: ClassScope = ClassScope.NONE
    part: Part = Part.PUBLIC
    private_reason: str = ""
    is_carried_on: bool = False
    stage: Stage | None = None
    continues: str = ""
    network: str = ""


R = AffectedRelation
INVITING = "Minor surgery: inviting two providers to submit"
LAST = (
    DemoItem(
        "variation", "Hollowbeck Surgery: variation of the contract", "The practice asks to close its branch on Fridays.",
        "Paweł Żurawski", (("Z90001", R.CONTRACT_HOLDER),), function_code="contracts",
    ),
    DemoItem(
        "scheme", "Local incentive scheme for all practices", "A payment to every practice for reviews of long-term conditions.",
        "Paweł Żurawski", function_code="incentive_schemes", class_scope=ClassScope.ALL_PRACTICES,
    ),
    DemoItem(
        "carers", "Carers’ support: first grant", "A grant to the only charity that supports carers on the coast.",
        "Suharti", (("carers", R.BENEFICIARY),),
    ),
    DemoItem(
        "phlebotomy", "Community phlebotomy: choice of provider", "Two bids, one from the practices’ own federation.",
        "Paweł Żurawski", (("ostrelle", R.BIDDER), ("federation", R.BIDDER)), function_code="enhanced_services",
    ),
    DemoItem(
        "surgery", INVITING, "The market test found two providers who could start in spring.",
        "Paweł Żurawski", (("pellowe", R.BIDDER), ("Z9T", R.BIDDER)), purpose=Purpose.DECIDE, stage=Stage.SPECIFICATION,
    ),
)  # fmt: skip

COMING = (
    DemoItem(
        "branch", "Merrowby Group Practice: variation of the contract", "The practice asks to move its branch to the health centre.",
        "Leonie Baptiste", (("Z90005", R.CONTRACT_HOLDER),), function_code="contracts",
    ),
    DemoItem(
        "access", "Enhanced access: payments to all practices", "One rate for every practice from the next quarter.",
        "Paweł Żurawski", function_code="enhanced_services", class_scope=ClassScope.ALL_PRACTICES,
    ),
    DemoItem(
        "carers", "Carers’ support: second grant", "The first grant was spent as agreed. The charity asks for a second.",
        "Leonie Baptiste", (("carers", R.BENEFICIARY),),
    ),
    DemoItem("phlebotomy", "Community phlebotomy: choice of provider", "", "", is_carried_on=True),
    DemoItem(
        "surgery", "Minor surgery: award of the contract", "Both providers submitted. The panel recommends one.",
        "Leonie Baptiste", (("pellowe", R.BIDDER), ("Z9T", R.BIDDER)), purpose=Purpose.DECIDE, stage=Stage.AWARD, continues=INVITING,
    ),
    DemoItem(
        "physio", "Self-referral to physiotherapy: a pilot", "A pilot of six months with a clinic, for the patients of Wexmoor Coast PCN.",
        "Leonie Baptiste", (("Harbour Row Physiotherapy Clinic", R.BENEFICIARY),),
    ),
    DemoItem(
        "weekend", "Weekend clinics: a payment to the practices of Wexmoor Coast PCN", "Its practices take turns at weekends.",
        "Leonie Baptiste", function_code="enhanced_services", class_scope=ClassScope.PCN, network="Z9N003",
    ),
    DemoItem(
        "cover", "Brackenholt Surgery: cover for a week", "To ratify what the chair and the finance officer decided between meetings.",
        "Paweł Żurawski", (("Z90004", R.CONTRACT_HOLDER),),
    ),
    DemoItem(
        "performance", "Performance of one practice", "Follows an inspection.", "Leonie Baptiste", (("Z90007", R.SUBJECT),),
        purpose=Purpose.DISCUSS, function_code="poor_performance", part=Part.PRIVATE,
        private_reason="the report holds confidential information about the practice’s staff",
    ),
)  # fmt: skip
