"""Independent clinicians and the clinical views they gave."""

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'


def upgrade() -> None:
    op.create_table('independent_clinician',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('out_of_area_gp', 'retired_gp', 'secondary_care_doctor', 'nurse', 'other_committee', name='cliniciankind', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('area', sa.Text(), nullable=False),
    sa.Column('contact', sa.Text(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('replaces_id', sa.Uuid(), nullable=True),
    sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_independent_clinician_body_id_body')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_independent_clinician_person_id_person')),
    sa.ForeignKeyConstraint(['replaces_id'], ['independent_clinician.id'], name=op.f('fk_independent_clinician_replaces_id_independent_clinician')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_independent_clinician')),
    sa.UniqueConstraint('replaces_id', name=op.f('uq_independent_clinician_replaces_id'))
    )
    with op.batch_alter_table('independent_clinician', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_independent_clinician_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_independent_clinician_person_id'), ['person_id'], unique=False)

    op.create_table('clinical_input',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('role_words', sa.Text(), nullable=False),
    sa.Column('way', sa.Enum('written', 'discussion', 'invited', 'before', name='inputway', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=True),
    sa.Column('said', sa.Text(), nullable=False),
    sa.Column('screened', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('struck_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('struck_because', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_clinical_input_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_clinical_input_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clinical_input'))
    )
    with op.batch_alter_table('clinical_input', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_clinical_input_item_id'), ['item_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('clinical_input', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_clinical_input_item_id'))

    op.drop_table('clinical_input')
    with op.batch_alter_table('independent_clinician', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_independent_clinician_person_id'))
        batch_op.drop_index(batch_op.f('ix_independent_clinician_body_id'))

    op.drop_table('independent_clinician')
