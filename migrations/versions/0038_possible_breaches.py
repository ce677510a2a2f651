"""Possible breaches that late interests bring to light, and how what was declared at a meeting reached the register."""

import sqlalchemy as sa
from alembic import op

revision = '0038'
down_revision = '0037'


def upgrade() -> None:

    op.create_table('meeting_task_end',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('declaration_id', sa.Uuid(), nullable=False),
    sa.Column('interest_id', sa.Uuid(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('ended_by', sa.Uuid(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['declaration_id'], ['meeting_declaration.id'], name=op.f('fk_meeting_task_end_declaration_id_meeting_declaration')),
    sa.ForeignKeyConstraint(['ended_by'], ['person.id'], name=op.f('fk_meeting_task_end_ended_by_person')),
    sa.ForeignKeyConstraint(['interest_id'], ['interest.id'], name=op.f('fk_meeting_task_end_interest_id_interest')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_task_end')),
    sa.UniqueConstraint('declaration_id', name=op.f('uq_meeting_task_end_declaration_id'))
    )
    op.create_table('possible_breach',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('decision_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.Enum('open', 'reported', 'no_breach', name='judgement', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('judged_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('judged_by', sa.Uuid(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_possible_breach_body_id_body')),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_possible_breach_decision_id_decision')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_possible_breach_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['judged_by'], ['person.id'], name=op.f('fk_possible_breach_judged_by_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_possible_breach_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_possible_breach')),
    sa.UniqueConstraint('item_id', 'person_id', name=op.f('uq_possible_breach_item_id_person_id'))
    )
    with op.batch_alter_table('possible_breach', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_possible_breach_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_possible_breach_person_id'), ['person_id'], unique=False)

    op.create_table('possible_breach_interest',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('possible_id', sa.Uuid(), nullable=False),
    sa.Column('interest_id', sa.Uuid(), nullable=False),
    sa.Column('interest_version_id', sa.Uuid(), nullable=False),
    sa.Column('level', sa.String(length=2), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['interest_id'], ['interest.id'], name=op.f('fk_possible_breach_interest_interest_id_interest')),
    sa.ForeignKeyConstraint(['interest_version_id'], ['interest_version.id'], name=op.f('fk_possible_breach_interest_interest_version_id_interest_version')),
    sa.ForeignKeyConstraint(['possible_id'], ['possible_breach.id'], name=op.f('fk_possible_breach_interest_possible_id_possible_breach')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_possible_breach_interest')),
    sa.UniqueConstraint('possible_id', 'interest_id', name=op.f('uq_possible_breach_interest_possible_id_interest_id'))
    )
    with op.batch_alter_table('possible_breach_interest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_possible_breach_interest_interest_id'), ['interest_id'], unique=False)




def downgrade() -> None:

    with op.batch_alter_table('possible_breach_interest', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_possible_breach_interest_interest_id'))

    op.drop_table('possible_breach_interest')
    with op.batch_alter_table('possible_breach', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_possible_breach_person_id'))
        batch_op.drop_index(batch_op.f('ix_possible_breach_body_id'))

    op.drop_table('possible_breach')
    op.drop_table('meeting_task_end')

