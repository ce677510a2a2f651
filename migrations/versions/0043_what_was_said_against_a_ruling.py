"""What was said against a ruling: who refused to leave, or disputed it."""

import sqlalchemy as sa
from alembic import op

revision = '0043'
down_revision = '0042'


def upgrade() -> None:
    op.create_table('ruling_dispute',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('ruling_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('committee_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('refused', 'disputed', name='disputekind', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('said', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('response', sa.Enum('stood', 'changed', 'adjourned', name='dispute_response', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('did', sa.Text(), nullable=False),
    sa.Column('presiding_id', sa.Uuid(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('struck_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('struck_because', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_ruling_dispute_committee_id_committee')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_ruling_dispute_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_ruling_dispute_person_id_person')),
    sa.ForeignKeyConstraint(['presiding_id'], ['person.id'], name=op.f('fk_ruling_dispute_presiding_id_person')),
    sa.ForeignKeyConstraint(['ruling_id'], ['ruling.id'], name=op.f('fk_ruling_dispute_ruling_id_ruling')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ruling_dispute'))
    )
    with op.batch_alter_table('ruling_dispute', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ruling_dispute_item_id'), ['item_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('ruling_dispute', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ruling_dispute_item_id'))

    op.drop_table('ruling_dispute')
