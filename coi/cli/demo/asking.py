"""The demo's public list: an invented file of officers of companies, what it made the secretary ask, and what was answered."""

from coi.cli.demo.scene import Scene
from coi.registers.prompts import commands
from coi.registers.prompts.matching import prompts_from
from coi.registers.prompts.queries import members_of
from coi.registers.prompts.reading import read_outside
from coi.registers.prompts.suggesting import DRAFT, as_draft, list_key
from coi.registers.prompts.vocabulary import Answer, AnswerDetails, Source
from coi.web import drafts

NAME, READ = "officers-wexmoor.csv", 17  # days after the last meeting
OFFICERS = """Officer name,Company name,Company number,Officer role,Appointed on,Resigned on,Postcode,Date of birth,Nationality
"MUBARAK, Xanthe",Saltmarsh Physiotherapy Ltd,00990101,director,2024-03-01,,ZZ94 1AA,1979-05,British
"O'DORNAN, Niamh",Brookside Letting Ltd,00990102,director,2021-06-14,,ZZ95 2BB,1958-11,Irish
"LLŶR-BEVAN, Carys",Hollowbeck Premises LLP,00990103,llp-designated-member,2019-10-01,,{postcode},1972-02,British
"THANDI, H",Thandi Catering Ltd,00990104,director,2016-01-20,,ZZ96 3CC,1990-08,British
"WRZOS, Halina",Estates Wise Ltd,00990105,director,2022-02-01,,ZZ97 4DD,1985-01,Polish
"OKAFOR, Jude",Saltmarsh Physiotherapy Ltd,00990101,director,2024-03-01,,ZZ94 1AA,1981-12,British
,Saltmarsh Physiotherapy Ltd,00990101,secretary,2024-03-01,,ZZ94 1AA,,British
"""


def ask_from_a_list(scene: Scene) -> None:
    """The secretary reads the list and asks two people; one answers. The other suggestions wait to be chosen from."""
    days, secretary, at = scene.days, scene.actor("secretary"), scene.days.at(READ, "10:00")
    practice = next(each for each in scene.organisations.values() if each.code == "Z90001")
    content = OFFICERS.format(postcode=practice.postcode).encode()
    file = read_outside(content, NAME)
    found = prompts_from(file, members_of(scene.body.id, at), on=days.on(READ))
    source = Source("Officers of companies in Wexmoor, Companies House", days.on(READ))
    key = list_key(scene.body.id, source, content)
    drafts.save(DRAFT, as_draft(found, file, source, NAME, 0), key, actor=secretary, at=at)
    asked = {}
    for minute, key in enumerate(("declarant", "gp2"), start=5):
        mine = [each for each in found if each.person_id == scene.person_id(key)]
        asked[key] = commands.ask(
            scene.person_id(key), mine, source, scene.body, site=scene.site, actor=secretary, at=days.at(READ, f"10:{minute:02d}")
        )  # fmt: skip
    (question,) = asked["gp2"]
    commands.answer(question, AnswerDetails(Answer.NOT_ME), actor=scene.actor("gp2"), at=days.at(READ, "19:40"))
