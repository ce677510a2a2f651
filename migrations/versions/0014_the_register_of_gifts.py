"""The register of gifts and hospitality: entries, and the versions of each."""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'


def upgrade() -> None:
    op.create_table('gift',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('reference', sa.String(length=30), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_gift_body_id_body')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_gift_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gift')),
    sa.UniqueConstraint('reference', name=op.f('uq_gift_reference'))
    )
    with op.batch_alter_table('gift', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_gift_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_gift_person_id'), ['person_id'], unique=False)

    op.create_table('gift_version',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('gift_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=True),
    sa.Column('entered_by_name', sa.Text(), nullable=False),
    sa.Column('on_behalf', sa.Boolean(), nullable=False),
    sa.Column('declared_on', sa.Date(), nullable=False),
    sa.Column('kind', sa.Enum('gift', 'cash', 'promotional', 'meal', 'travel', 'sponsored_event', 'sponsored_research', 'sponsored_post', 'donation', name='offerkind', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('source', sa.Enum('supplier', 'patient', 'other', name='offersource', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('offeror', sa.Text(), nullable=False),
    sa.Column('offeror_id', sa.Uuid(), nullable=True),
    sa.Column('offeror_key', sa.String(length=200), nullable=False),
    sa.Column('business', sa.Text(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('pence', sa.BigInteger(), nullable=False),
    sa.Column('is_estimate', sa.Boolean(), nullable=False),
    sa.Column('is_beyond_modest', sa.Boolean(), nullable=False),
    sa.Column('offered_on', sa.Date(), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=True),
    sa.Column('response', sa.Enum('declined', 'kept', 'passed_on', name='response', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('comments', sa.Text(), nullable=False),
    sa.Column('status', sa.Enum('recorded', 'approved', 'not_approved', 'withdrawn', name='giftstatus', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('decision_note', sa.Text(), nullable=False),
    sa.Column('change_note', sa.Text(), nullable=False),
    sa.CheckConstraint('pence >= 0', name=op.f('ck_gift_version_worth_something_or_nothing')),
    sa.CheckConstraint('received_on IS NULL OR received_on >= offered_on', name=op.f('ck_gift_version_received_after_it_was_offered')),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_gift_version_decided_by_person')),
    sa.ForeignKeyConstraint(['gift_id'], ['gift.id'], name=op.f('fk_gift_version_gift_id_gift')),
    sa.ForeignKeyConstraint(['offeror_id'], ['organisation.id'], name=op.f('fk_gift_version_offeror_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gift_version')),
    sa.UniqueConstraint('gift_id', 'number', name=op.f('uq_gift_version_gift_id_number'))
    )
    with op.batch_alter_table('gift_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_gift_version_gift_id'), ['gift_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_gift_version_offeror_id'), ['offeror_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_gift_version_offeror_key'), ['offeror_key'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('gift_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_gift_version_offeror_key'))
        batch_op.drop_index(batch_op.f('ix_gift_version_offeror_id'))
        batch_op.drop_index(batch_op.f('ix_gift_version_gift_id'))

    op.drop_table('gift_version')
    with op.batch_alter_table('gift', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_gift_person_id'))
        batch_op.drop_index(batch_op.f('ix_gift_body_id'))

    op.drop_table('gift')

