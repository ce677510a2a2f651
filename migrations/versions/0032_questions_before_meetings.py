"""Questions before meetings."""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0031'


def upgrade() -> None:

    op.create_table('beforehand_answer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('is_register_right', sa.Boolean(), nullable=False),
    sa.Column('register_text', sa.Text(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_beforehand_answer_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_beforehand_answer_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_beforehand_answer')),
    sa.UniqueConstraint('meeting_id', 'person_id', 'number', name=op.f('uq_beforehand_answer_meeting_id_person_id_number'))
    )
    with op.batch_alter_table('beforehand_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_beforehand_answer_person_id'), ['person_id'], unique=False)

    op.create_table('beforehand_request',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by', sa.Uuid(), nullable=True),
    sa.Column('message_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_beforehand_request_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_beforehand_request_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_beforehand_request')),
    sa.UniqueConstraint('meeting_id', 'person_id', name=op.f('uq_beforehand_request_meeting_id_person_id'))
    )
    with op.batch_alter_table('beforehand_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_beforehand_request_person_id'), ['person_id'], unique=False)

    op.create_table('beforehand_item',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('answer_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('has_interest', sa.Boolean(), nullable=False),
    sa.Column('interest_id', sa.Uuid(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['answer_id'], ['beforehand_answer.id'], name=op.f('fk_beforehand_item_answer_id_beforehand_answer')),
    sa.ForeignKeyConstraint(['interest_id'], ['interest.id'], name=op.f('fk_beforehand_item_interest_id_interest')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_beforehand_item_item_id_agenda_item')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_beforehand_item')),
    sa.UniqueConstraint('answer_id', 'item_id', name=op.f('uq_beforehand_item_answer_id_item_id'))
    )
    with op.batch_alter_table('beforehand_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_beforehand_item_item_id'), ['item_id'], unique=False)

    op.create_table('beforehand_link',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('request_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['request_id'], ['beforehand_request.id'], name=op.f('fk_beforehand_link_request_id_beforehand_request')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_beforehand_link')),
    sa.UniqueConstraint('request_id', name=op.f('uq_beforehand_link_request_id')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_beforehand_link_token_hash'))
    )
    with op.batch_alter_table('reminder_plan', schema=None) as batch_op:
        batch_op.add_column(sa.Column('meeting_days', sa.Integer(), nullable=True))




def downgrade() -> None:

    with op.batch_alter_table('reminder_plan', schema=None) as batch_op:
        batch_op.drop_column('meeting_days')

    op.drop_table('beforehand_link')
    with op.batch_alter_table('beforehand_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_beforehand_item_item_id'))

    op.drop_table('beforehand_item')
    with op.batch_alter_table('beforehand_request', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_beforehand_request_person_id'))

    op.drop_table('beforehand_request')
    with op.batch_alter_table('beforehand_answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_beforehand_answer_person_id'))

    op.drop_table('beforehand_answer')

