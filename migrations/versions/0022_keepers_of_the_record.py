"""Keepers of the record of an item."""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'


def upgrade() -> None:
    op.create_table('record_keeper',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('committee_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('in_place_of_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('named_by', sa.Uuid(), nullable=False),
    sa.Column('named_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_record_keeper_committee_id_committee')),
    sa.ForeignKeyConstraint(['in_place_of_id'], ['person.id'], name=op.f('fk_record_keeper_in_place_of_id_person')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_record_keeper_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['named_by'], ['person.id'], name=op.f('fk_record_keeper_named_by_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_record_keeper_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_record_keeper')),
    sa.UniqueConstraint('item_id', 'committee_id', 'in_place_of_id', 'number', name=op.f('uq_record_keeper_item_id_committee_id_in_place_of_id_number'))
    )
    with op.batch_alter_table('record_keeper', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_record_keeper_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_record_keeper_person_id'), ['person_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('record_keeper', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_record_keeper_person_id'))
        batch_op.drop_index(batch_op.f('ix_record_keeper_item_id'))

    op.drop_table('record_keeper')
