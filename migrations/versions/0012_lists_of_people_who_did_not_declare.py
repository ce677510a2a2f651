"""Lists of people who did not declare."""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'


def upgrade() -> None:
    op.create_table('non_declarers_list',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('as_at', sa.Date(), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_by', sa.Uuid(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_non_declarers_list_body_id_body')),
    sa.ForeignKeyConstraint(['confirmed_by'], ['person.id'], name=op.f('fk_non_declarers_list_confirmed_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_non_declarers_list'))
    )
    with op.batch_alter_table('non_declarers_list', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_non_declarers_list_body_id'), ['body_id'], unique=False)

    op.create_table('non_declarer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('list_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('positions', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['list_id'], ['non_declarers_list.id'], name=op.f('fk_non_declarer_list_id_non_declarers_list')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_non_declarer_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_non_declarer')),
    sa.UniqueConstraint('list_id', 'person_id', name=op.f('uq_non_declarer_list_id_person_id'))
    )
    with op.batch_alter_table('non_declarer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_non_declarer_person_id'), ['person_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('non_declarer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_non_declarer_person_id'))

    op.drop_table('non_declarer')
    with op.batch_alter_table('non_declarers_list', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_non_declarers_list_body_id'))

    op.drop_table('non_declarers_list')
