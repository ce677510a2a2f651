"""What declarations keep: that an interest was confirmed, its type with its particulars, who drafted it, the scanned form, who agrees."""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'


def upgrade() -> None:
    op.create_table('interest_confirmation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('declaration_id', sa.Uuid(), nullable=False),
    sa.Column('version_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['declaration_id'], ['declaration.id'], name=op.f('fk_interest_confirmation_declaration_id_declaration')),
    sa.ForeignKeyConstraint(['version_id'], ['interest_version.id'], name=op.f('fk_interest_confirmation_version_id_interest_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interest_confirmation')),
    sa.UniqueConstraint('declaration_id', 'version_id', name=op.f('uq_interest_confirmation_declaration_id_version_id'))
    )
    with op.batch_alter_table('interest_confirmation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_interest_confirmation_declaration_id'), ['declaration_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_interest_confirmation_version_id'), ['version_id'], unique=False)

    op.create_table('mitigation_agreer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('of_whom', sa.Enum('members', 'chair', 'guardian', name='declaring', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('agreer_id', sa.Uuid(), nullable=False),
    sa.Column('named_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('named_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['agreer_id'], ['person.id'], name=op.f('fk_mitigation_agreer_agreer_id_person')),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_mitigation_agreer_body_id_body')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mitigation_agreer'))
    )
    with op.batch_alter_table('mitigation_agreer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mitigation_agreer_body_id'), ['body_id'], unique=False)

    op.create_table('declaration_form',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('declaration_id', sa.Uuid(), nullable=False),
    sa.Column('file_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['declaration_id'], ['declaration.id'], name=op.f('fk_declaration_form_declaration_id_declaration')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_declaration_form_file_id_stored_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_declaration_form')),
    sa.UniqueConstraint('file_id', name=op.f('uq_declaration_form_file_id'))
    )
    with op.batch_alter_table('declaration_form', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_declaration_form_declaration_id'), ['declaration_id'], unique=False)

    with op.batch_alter_table('declaration', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_leaving', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('drafted_by_name', sa.Text(), nullable=True))

    with op.batch_alter_table('declaration_draft', schema=None) as batch_op:
        batch_op.add_column(sa.Column('prepared_by_name', sa.Text(), nullable=True))

    with op.batch_alter_table('interest_version', schema=None) as batch_op:
        batch_op.add_column(sa.Column('subtype', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('particulars', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('reveals_health', sa.Boolean(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('interest_version', schema=None) as batch_op:
        batch_op.drop_column('reveals_health')
        batch_op.drop_column('particulars')
        batch_op.drop_column('subtype')

    with op.batch_alter_table('declaration_draft', schema=None) as batch_op:
        batch_op.drop_column('prepared_by_name')

    with op.batch_alter_table('declaration', schema=None) as batch_op:
        batch_op.drop_column('drafted_by_name')
        batch_op.drop_column('is_leaving')

    with op.batch_alter_table('declaration_form', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_declaration_form_declaration_id'))

    op.drop_table('declaration_form')
    with op.batch_alter_table('mitigation_agreer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mitigation_agreer_body_id'))

    op.drop_table('mitigation_agreer')

    with op.batch_alter_table('interest_confirmation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_interest_confirmation_version_id'))
        batch_op.drop_index(batch_op.f('ix_interest_confirmation_declaration_id'))

    op.drop_table('interest_confirmation')
