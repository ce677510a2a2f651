"""The demo's people, all invented: who they are, which seat or role each has, and the address each signs in with."""

from dataclasses import dataclass

from coi.committees.vocabulary import MemberClass, Office
from coi.people.vocabulary import PersonDetails
from coi.permissions.vocabulary import Role

DOMAIN = "wexmoor.example"


@dataclass(frozen=True)
class Seat:
    """A seat on the committee. `words` are what the minutes print beside the name."""

    member_class: MemberClass
    words: str
    voting: bool = True
    office: Office | None = None
    posts: tuple[str, ...] = ()


@dataclass(frozen=True)
class DemoPerson:
    """Somebody in the demo. `post` is empty for whoever has none at the board, such as an auditor of another firm. `shown_as` is the
    role that the printed sign-ins offer this person for; empty: not among them."""

    key: str
    title: str
    given_names: str
    family_name: str
    post: str
    seat: Seat | None = None
    role: Role | None = None
    shown_as: str = ""

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"

    @property
    def details(self) -> PersonDetails:
        return PersonDetails(self.given_names, self.family_name, title=self.title, email=self.email)

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.title, self.given_names, self.family_name) if part)


M = MemberClass
PEOPLE = (
    DemoPerson(
        "secretary",
        "Ms",
        "Ffion",
        "Tregarrow",
        "Committee secretary",
        role=Role.SECRETARY,
        shown_as="Secretary",
    ),
    DemoPerson(
        "chair",
        "Mrs",
        "Adaeze",
        "Okonkwo-Hale",
        "Lay member, primary care",
        Seat(M.LAY, "Lay member, chair", office=Office.CHAIR),
        shown_as="Chair",
    ),
    DemoPerson(
        "vice-chair",
        "Mr",
        "Harbhajan",
        "Thandi",
        "Lay member, finance",
        Seat(M.LAY, "Lay member, vice chair", office=Office.VICE_CHAIR),
        shown_as="Vice chair",
    ),
    DemoPerson(
        "lay",
        "Ms",
        "Suharti",
        "",
        "Lay member, patients and the public",
        Seat(M.LAY, "Lay member"),
        shown_as="Lay member",
    ),
    DemoPerson(
        "finance",
        "Mr",
        "Paweł",
        "Żurawski",
        "Chief Finance Officer",
        Seat(M.EXECUTIVE, "Chief Finance Officer", posts=("Chief Finance Officer",)),
    ),
    DemoPerson(
        "director",
        "Ms",
        "Leonie",
        "Baptiste",
        "Director of Primary Care",
        Seat(M.EXECUTIVE, "Director of Primary Care", posts=("Director of Primary Care",)),
    ),
    DemoPerson(
        "nurse",
        "Mrs",
        "Blessing",
        "Chikwanda",
        "Registered nurse",
        Seat(M.NURSE, "Registered nurse"),
    ),
    DemoPerson(
        "consultant",
        "Mr",
        "Rafiq",
        "Daud-Karim",
        "Secondary care doctor",
        Seat(M.SECONDARY_CARE, "Secondary care doctor"),
    ),
    DemoPerson(
        "gp",
        "Dr",
        "Carys",
        "Llŷr-Bevan",
        "GP member, Hollow Valley",
        Seat(M.GP, "GP member"),
        shown_as="GP",
    ),
    DemoPerson("gp2", "Dr", "Niamh", "O'Dornan", "GP member, Merrow Brook", Seat(M.GP, "GP member")),
    DemoPerson(
        "gp3",
        "Dr",
        "Anselm",
        "Whitlow",
        "GP adviser, Wexmoor Coast",
        Seat(M.GP, "GP, without a vote", voting=False),
    ),
    DemoPerson(
        "observer",
        "Mr",
        "Dipak",
        "Ranasuriya",
        "NHS England observer",
        Seat(M.NHS_ENGLAND, "NHS England, observer", voting=False),
    ),
    DemoPerson(
        "governance",
        "Mr",
        "Kwabena",
        "Osei-Dunmore",
        "Head of governance",
        role=Role.GOVERNANCE_LEAD,
        shown_as="Governance lead",
    ),
    DemoPerson(
        "guardian",
        "Mrs",
        "Judith",
        "Marchbanks",
        "Audit chair and conflicts of interest Guardian",
        role=Role.GUARDIAN,
        shown_as="Guardian",
    ),
    DemoPerson(
        "auditor",
        "Mr",
        "Yusuf",
        "Calloway",
        "",
        role=Role.AUDITOR,
        shown_as="Auditor",
    ),
    DemoPerson(
        "administrator",
        "Ms",
        "Ingrid",
        "Solheim-Park",
        "",
        role=Role.ADMINISTRATOR,
        shown_as="Administrator",
    ),
    DemoPerson(
        "declarant",
        "Dr",
        "Xanthe",
        "Mubarak",
        "Clinical lead, respiratory",
        role=Role.DECLARANT,
        shown_as="Declarant",
    ),
    DemoPerson(
        "practice-manager",
        "Mrs",
        "Oluchi",
        "Pennant-Ross",
        "",
        role=Role.DECLARANT,
        shown_as="Practice manager",
    ),
)
BY_KEY = {each.key: each for each in PEOPLE}
MEMBERS = tuple(each for each in PEOPLE if each.seat is not None)
