"""In the order of organisations, whoever declared none comes last, as was published before too."""

import sqlalchemy as sa
from alembic import op

revision = '0057'
down_revision = '0056'

SAID = {'no interests declared': 'No interests declared', 'has not declared': 'Has not declared', 'no organisation': 'No organisation'}
ENTRIES = "UPDATE published_entry SET subject = {} WHERE subject = {} AND shelf_id IN (SELECT id FROM shelf WHERE kind = 'interests')"


def upgrade() -> None:
    for subject in SAID:
        op.execute(sa.text(ENTRIES.format("'~'", ':subject')).bindparams(subject=subject))


def downgrade() -> None:
    for subject, said in SAID.items():
        held = sa.text(ENTRIES.format(':subject', "'~'") + ' AND content LIKE :content')
        op.execute(held.bindparams(subject=subject, content=f'%"organisation":["{said}"]%'))
