"""The register of procurement decisions"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'


def upgrade() -> None:
    op.create_table('procurement_decision',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=30), nullable=False),
    sa.Column('state', sa.Enum('draft', 'on_register', name='procurement_state', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('decision_id', sa.Uuid(), nullable=True),
    sa.Column('item_reference', sa.String(length=40), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_procurement_decision_body_id_body')),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_procurement_decision_decision_id_decision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_procurement_decision')),
    sa.UniqueConstraint('decision_id', name=op.f('uq_procurement_decision_decision_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_procurement_decision_reference'))
    )
    with op.batch_alter_table('procurement_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_procurement_decision_body_id'), ['body_id'], unique=False)

    op.create_table('procurement_declaration',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('procurement_id', sa.Uuid(), nullable=False),
    sa.Column('side', sa.Enum('bidder', 'relevant_person', 'evaluator', name='procurement_side', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('declared_by', sa.Text(), nullable=False),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('interest', sa.Text(), nullable=False),
    sa.Column('management', sa.Text(), nullable=False),
    sa.Column('declared_on', sa.Date(), nullable=False),
    sa.Column('has_undertaken', sa.Boolean(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['procurement_id'], ['procurement_decision.id'], name=op.f('fk_procurement_declaration_procurement_id_procurement_decision')),
    sa.ForeignKeyConstraint(['recorded_by'], ['person.id'], name=op.f('fk_procurement_declaration_recorded_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_procurement_declaration'))
    )
    with op.batch_alter_table('procurement_declaration', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_procurement_declaration_procurement_id'), ['procurement_id'], unique=False)

    op.create_table('procurement_version',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('procurement_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=True),
    sa.Column('change_note', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Enum('awarded', 'extended', 'varied', 'go_to_procurement', 'not_awarded', 'abandoned', name='procurement_outcome', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('outcome_details', sa.Text(), nullable=False),
    sa.Column('arrangement', sa.Enum('own', 'collaborative', name='arrangement', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('arrangement_details', sa.Text(), nullable=False),
    sa.Column('service_kind', sa.Enum('health_care', 'other', name='servicekind', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('route', sa.Enum('direct_a', 'direct_b', 'direct_c', 'most_suitable', 'competitive', 'any_qualified', 'single_tender', 'framework', name='procurement_route', native_enum=False, create_constraint=True, length=60), nullable=True),
    sa.Column('route_reasons', sa.Text(), nullable=False),
    sa.Column('is_gp_provider', sa.Boolean(), nullable=False),
    sa.Column('clinical_lead', sa.Text(), nullable=False),
    sa.Column('contract_manager', sa.Text(), nullable=False),
    sa.Column('process', sa.Text(), nullable=False),
    sa.Column('committee', sa.Text(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('involved', sa.Text(), nullable=False),
    sa.Column('conflicts', sa.Text(), nullable=False),
    sa.Column('mitigations', sa.Text(), nullable=False),
    sa.Column('justification', sa.Text(), nullable=False),
    sa.Column('supplier_text', sa.Text(), nullable=False),
    sa.Column('supplier_organisation_id', sa.Uuid(), nullable=True),
    sa.Column('supplier_address', sa.Text(), nullable=False),
    sa.Column('other_suppliers', sa.Text(), nullable=False),
    sa.Column('value_total', sa.Numeric(precision=14, scale=2), nullable=True),
    sa.Column('value_body', sa.Numeric(precision=14, scale=2), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('intended_on', sa.Date(), nullable=True),
    sa.Column('representations', sa.Text(), nullable=False),
    sa.Column('comments', sa.Text(), nullable=False),
    sa.Column('public_from', sa.Date(), nullable=False),
    sa.Column('answers', sa.Text(), nullable=False),
    sa.CheckConstraint('ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on', name=op.f('ck_procurement_version_ends_after_it_starts')),
    sa.ForeignKeyConstraint(['procurement_id'], ['procurement_decision.id'], name=op.f('fk_procurement_version_procurement_id_procurement_decision')),
    sa.ForeignKeyConstraint(['recorded_by'], ['person.id'], name=op.f('fk_procurement_version_recorded_by_person')),
    sa.ForeignKeyConstraint(['supplier_organisation_id'], ['organisation.id'], name=op.f('fk_procurement_version_supplier_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_procurement_version')),
    sa.UniqueConstraint('procurement_id', 'number', name=op.f('uq_procurement_version_procurement_id_number'))
    )
    with op.batch_alter_table('procurement_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_procurement_version_procurement_id'), ['procurement_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('procurement_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_procurement_version_procurement_id'))

    op.drop_table('procurement_version')
    with op.batch_alter_table('procurement_declaration', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_procurement_declaration_procurement_id'))

    op.drop_table('procurement_declaration')
    with op.batch_alter_table('procurement_decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_procurement_decision_body_id'))

    op.drop_table('procurement_decision')
