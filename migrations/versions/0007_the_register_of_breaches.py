"""The register of breaches"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'


def upgrade() -> None:
    op.create_table('breach',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=30), nullable=False),
    sa.Column('source', sa.Enum('report', 'guardian', 'irregular_decision', 'undeclared_at_meeting', 'gift_accepted', name='breachsource', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('subject_table', sa.String(length=40), nullable=True),
    sa.Column('subject_id', sa.Uuid(), nullable=True),
    sa.Column('state', sa.Enum('reported', 'investigating', 'closed', name='breachstate', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('kind', sa.Enum('undeclared', 'not_managed', 'irregular_decision', 'gift', 'procurement', 'records', 'other', name='breachkind', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('is_about_guardian', sa.Boolean(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=True),
    sa.Column('happened_words', sa.Text(), nullable=False),
    sa.Column('how_found', sa.Text(), nullable=False),
    sa.Column('severity', sa.Enum('low', 'medium', 'high', name='severity', native_enum=False, create_constraint=True, length=60), nullable=True),
    sa.Column('is_material', sa.Boolean(), nullable=True),
    sa.Column('investigator', sa.Text(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken_up_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('conclusion', sa.Enum('breach', 'no_breach', 'cannot_tell', name='conclusion', native_enum=False, create_constraint=True, length=60), nullable=True),
    sa.Column('closing_note', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_breach_body_id_body')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_breach')),
    sa.UniqueConstraint('reference', name=op.f('uq_breach_reference')),
    sa.UniqueConstraint('subject_table', 'subject_id', name=op.f('uq_breach_subject_table_subject_id'))
    )
    with op.batch_alter_table('breach', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_breach_body_id'), ['body_id'], unique=False)

    op.create_table('breachless_year',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=40), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('stated_by', sa.Uuid(), nullable=True),
    sa.Column('stated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_breachless_year_body_id_body')),
    sa.ForeignKeyConstraint(['stated_by'], ['person.id'], name=op.f('fk_breachless_year_stated_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_breachless_year')),
    sa.UniqueConstraint('reference', name=op.f('uq_breachless_year_reference'))
    )
    with op.batch_alter_table('breachless_year', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_breachless_year_body_id'), ['body_id'], unique=False)

    op.create_table('guardian_substitute',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('named_by', sa.Uuid(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_guardian_substitute_body_id_body')),
    sa.ForeignKeyConstraint(['named_by'], ['person.id'], name=op.f('fk_guardian_substitute_named_by_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_guardian_substitute_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guardian_substitute'))
    )
    with op.batch_alter_table('guardian_substitute', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_guardian_substitute_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_guardian_substitute_person_id'), ['person_id'], unique=False)

    op.create_table('breach_note',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('breach_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('step', 'finding', 'informed', 'action', 'sanction', 'lesson', 'media', name='notekind', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('party', sa.Enum('guardian', 'nhs_england', 'icb', 'counter_fraud', 'audit_committee', 'accountable_officer', 'regulator', 'police', 'other', name='party', native_enum=False, create_constraint=True, length=60), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['breach_id'], ['breach.id'], name=op.f('fk_breach_note_breach_id_breach')),
    sa.ForeignKeyConstraint(['recorded_by'], ['person.id'], name=op.f('fk_breach_note_recorded_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_breach_note')),
    sa.UniqueConstraint('breach_id', 'number', name=op.f('uq_breach_note_breach_id_number'))
    )
    with op.batch_alter_table('breach_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_breach_note_breach_id'), ['breach_id'], unique=False)

    op.create_table('breach_person',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('breach_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('part', sa.Enum('complained_of', 'witness', name='breach_part', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['breach_id'], ['breach.id'], name=op.f('fk_breach_person_breach_id_breach')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_breach_person_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_breach_person'))
    )
    with op.batch_alter_table('breach_person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_breach_person_breach_id'), ['breach_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_breach_person_person_id'), ['person_id'], unique=False)

    op.create_table('breach_report',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('breach_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=20), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('reporter_name', sa.Text(), nullable=False),
    sa.Column('reporter_contact', sa.Text(), nullable=False),
    sa.Column('reporter_salt', sa.String(length=64), nullable=False),
    sa.Column('reporter_digest', sa.String(length=64), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('happened', sa.Text(), nullable=False),
    sa.Column('who', sa.Text(), nullable=False),
    sa.Column('how_known', sa.Text(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['breach_id'], ['breach.id'], name=op.f('fk_breach_report_breach_id_breach')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_breach_report')),
    sa.UniqueConstraint('reference', name=op.f('uq_breach_report_reference'))
    )
    with op.batch_alter_table('breach_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_breach_report_breach_id'), ['breach_id'], unique=False)

    op.create_table('breach_twin',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('breach_id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=30), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('event', sa.Text(), nullable=False),
    sa.Column('nature', sa.Text(), nullable=False),
    sa.Column('control', sa.Text(), nullable=False),
    sa.Column('investigation', sa.Text(), nullable=False),
    sa.Column('learning', sa.Text(), nullable=False),
    sa.Column('actions', sa.Text(), nullable=False),
    sa.Column('publish_on', sa.Date(), nullable=False),
    sa.Column('names_kept', sa.Boolean(), nullable=False),
    sa.Column('written_by', sa.Uuid(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_because', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_breach_twin_body_id_body')),
    sa.ForeignKeyConstraint(['breach_id'], ['breach.id'], name=op.f('fk_breach_twin_breach_id_breach')),
    sa.ForeignKeyConstraint(['written_by'], ['person.id'], name=op.f('fk_breach_twin_written_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_breach_twin')),
    sa.UniqueConstraint('reference', name=op.f('uq_breach_twin_reference'))
    )
    with op.batch_alter_table('breach_twin', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_breach_twin_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_breach_twin_breach_id'), ['breach_id'], unique=False)

    op.create_table('breach_message',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('report_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('sender', sa.Enum('guardian', 'reporter', name='sender', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['breach_report.id'], name=op.f('fk_breach_message_report_id_breach_report')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_breach_message')),
    sa.UniqueConstraint('report_id', 'number', name=op.f('uq_breach_message_report_id_number'))
    )
    with op.batch_alter_table('breach_message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_breach_message_report_id'), ['report_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('breach_message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_breach_message_report_id'))

    op.drop_table('breach_message')
    with op.batch_alter_table('breach_twin', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_breach_twin_breach_id'))
        batch_op.drop_index(batch_op.f('ix_breach_twin_body_id'))

    op.drop_table('breach_twin')
    with op.batch_alter_table('breach_report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_breach_report_breach_id'))

    op.drop_table('breach_report')
    with op.batch_alter_table('breach_person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_breach_person_person_id'))
        batch_op.drop_index(batch_op.f('ix_breach_person_breach_id'))

    op.drop_table('breach_person')
    with op.batch_alter_table('breach_note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_breach_note_breach_id'))

    op.drop_table('breach_note')
    with op.batch_alter_table('guardian_substitute', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_guardian_substitute_person_id'))
        batch_op.drop_index(batch_op.f('ix_guardian_substitute_body_id'))

    op.drop_table('guardian_substitute')
    with op.batch_alter_table('breachless_year', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_breachless_year_body_id'))

    op.drop_table('breachless_year')
    with op.batch_alter_table('breach', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_breach_body_id'))

    op.drop_table('breach')
