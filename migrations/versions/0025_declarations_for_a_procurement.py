"""Declarations for a procurement by single-use links, and what is done about conflicts."""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'

SIDES = ('bidder', 'relevant_person', 'evaluator')
NEW_SIDES = (*SIDES, 'moderator', 'adviser')
MEASURES = ('out', 'replaced', 'limited', 'information', 'safeguards', 'bidder_excluded', 'no_conflict')


def upgrade() -> None:
    op.create_table('procurement_declarant',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('procurement_id', sa.Uuid(), nullable=False),
    sa.Column('side', sa.Enum(*NEW_SIDES, name='procurement_asked_side', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by', sa.Uuid(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['asked_by'], ['person.id'], name=op.f('fk_procurement_declarant_asked_by_person')),
    sa.ForeignKeyConstraint(['procurement_id'], ['procurement_decision.id'], name=op.f('fk_procurement_declarant_procurement_id_procurement_decision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_procurement_declarant'))
    )
    with op.batch_alter_table('procurement_declarant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_procurement_declarant_procurement_id'), ['procurement_id'], unique=False)

    op.create_table('procurement_link',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('declarant_id', sa.Uuid(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['declarant_id'], ['procurement_declarant.id'], name=op.f('fk_procurement_link_declarant_id_procurement_declarant')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_procurement_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_procurement_link_token_hash'))
    )
    with op.batch_alter_table('procurement_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_procurement_link_declarant_id'), ['declarant_id'], unique=False)

    op.create_table('procurement_measure',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('declaration_id', sa.Uuid(), nullable=False),
    sa.Column('measure', sa.Enum(*MEASURES, name='procurement_measure', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('explanation', sa.Text(), nullable=False),
    sa.Column('conflict', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['declaration_id'], ['procurement_declaration.id'], name=op.f('fk_procurement_measure_declaration_id_procurement_declaration')),
    sa.ForeignKeyConstraint(['recorded_by'], ['person.id'], name=op.f('fk_procurement_measure_recorded_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_procurement_measure'))
    )
    with op.batch_alter_table('procurement_measure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_procurement_measure_declaration_id'), ['declaration_id'], unique=False)

    with op.batch_alter_table('procurement_decision', schema=None) as batch_op:
        batch_op.add_column(sa.Column('bids_opened_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('bids_reason', sa.Text(), nullable=False, server_default=''))

    with op.batch_alter_table('procurement_decision', schema=None) as batch_op:
        batch_op.alter_column('bids_reason', server_default=None)

    with op.batch_alter_table('procurement_declaration', schema=None) as batch_op:
        batch_op.add_column(sa.Column('declarant_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('has_conflict', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('answers', sa.Text(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('people', sa.Text(), nullable=False, server_default='[]'))

    with op.batch_alter_table('procurement_declaration', schema=None) as batch_op:
        batch_op.alter_column('answers', server_default=None)
        batch_op.alter_column('people', server_default=None)
        batch_op.create_foreign_key(batch_op.f('fk_procurement_declaration_declarant_id_procurement_declarant'), 'procurement_declarant', ['declarant_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_procurement_declaration_declarant_id'), ['declarant_id'], unique=False)

    _allow(NEW_SIDES)


def downgrade() -> None:
    # Whoever saw the bids was called an evaluator; the ledger keeps what they were.
    op.execute("UPDATE procurement_declaration SET side = 'evaluator' WHERE side IN ('moderator', 'adviser')")
    _allow(SIDES)
    with op.batch_alter_table('procurement_declaration', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_procurement_declaration_declarant_id'))
        batch_op.drop_constraint(batch_op.f('fk_procurement_declaration_declarant_id_procurement_declarant'), type_='foreignkey')
        for name in ('people', 'answers', 'has_conflict', 'declarant_id'):
            batch_op.drop_column(name)

    with op.batch_alter_table('procurement_decision', schema=None) as batch_op:
        batch_op.drop_column('bids_reason')
        batch_op.drop_column('bids_opened_on')

    op.drop_table('procurement_measure')
    op.drop_table('procurement_link')
    op.drop_table('procurement_declarant')


def _allow(sides: tuple[str, ...]) -> None:
    """Puts the words that the column may have in place of those that it may have now."""
    with op.batch_alter_table('procurement_declaration', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_procurement_declaration_procurement_side'), type_='check')
        allowed = ', '.join(f"'{side}'" for side in sides)
        batch_op.create_check_constraint(op.f('ck_procurement_declaration_procurement_side'), f'side IN ({allowed})')
