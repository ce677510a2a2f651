"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None


def upgrade() -> None:
    op.create_table('access_log',
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('subject_table', sa.Text(), nullable=False),
    sa.Column('subject_id', sa.Text(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=True),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_access_log'))
    )
    op.create_table('body',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('slug', sa.String(length=40), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('kind', sa.Enum('ccg', 'icb', name='bodykind', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('ods_code', sa.String(length=12), nullable=False),
    sa.Column('area_codes', sa.Text(), nullable=False),
    sa.Column('contact', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_body')),
    sa.UniqueConstraint('slug', name=op.f('uq_body_slug'))
    )
    op.create_table('entered_fact',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('subject_table', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.Uuid(), nullable=False),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.Column('entered_by', sa.Uuid(), nullable=True),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entered_fact'))
    )
    op.create_table('job',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('payload', sa.Text(), nullable=False),
    sa.Column('unique_key', sa.String(length=200), nullable=True),
    sa.Column('runs_once', sa.Boolean(), nullable=False),
    sa.Column('run_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('max_attempts', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('waiting', 'running', 'done', 'failed', name='jobstatus', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('progress_done', sa.Integer(), nullable=False),
    sa.Column('progress_total', sa.Integer(), nullable=False),
    sa.Column('progress_words', sa.Text(), nullable=False),
    sa.Column('error', sa.Text(), nullable=True),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('permission', sa.String(length=60), nullable=True),
    sa.Column('body_id', sa.Uuid(), nullable=True),
    sa.Column('committee_id', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job'))
    )
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_job_account_id'), ['account_id'], unique=False)
        batch_op.create_index('ix_job_status_run_at', ['status', 'run_at'], unique=False)
        batch_op.create_index('uq_job_unique_key', ['unique_key'], unique=True, sqlite_where=sa.text("status IN ('waiting', 'running') OR runs_once"), postgresql_where=sa.text("status IN ('waiting', 'running') OR runs_once"))

    op.create_table('ledger_checkpoint',
    sa.Column('size', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('note', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('size', name=op.f('pk_ledger_checkpoint')),
    sqlite_strict=True
    )
    op.create_table('ledger_leaf',
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('entry', sa.LargeBinary(), nullable=False),
    sa.Column('leaf_hash', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_ledger_leaf')),
    sqlite_strict=True
    )
    op.create_table('ledger_node',
    sa.Column('level', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('idx', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('hash', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('level', 'idx', name=op.f('pk_ledger_node')),
    sqlite_strict=True,
    sqlite_with_rowid=False
    )
    op.create_table('ledger_payload',
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('section', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('subject_table', sa.Text(), nullable=False),
    sa.Column('subject_id', sa.Text(), nullable=False),
    sa.Column('commitment', sa.LargeBinary(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('body', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('seq', 'section', name=op.f('pk_ledger_payload')),
    sqlite_strict=True,
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('ledger_payload', schema=None) as batch_op:
        batch_op.create_index('ix_ledger_payload_subject', ['subject_table', 'subject_id'], unique=False)

    op.create_table('login_attempt',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('email_hash', sa.String(length=64), nullable=False),
    sa.Column('address', sa.String(length=60), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_login_attempt'))
    )
    with op.batch_alter_table('login_attempt', schema=None) as batch_op:
        batch_op.create_index('ix_login_attempt_address_at', ['address', 'at'], unique=False)

    op.create_table('organisation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('charity', 'commissioner', 'company', 'federation', 'other', 'pcn', 'practice', 'prescribing', 'trust', name='organisationkind', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('sort_key', sa.Text(), nullable=False),
    sa.Column('status', sa.Enum('active', 'closed', 'dormant', 'proposed', name='organisationstatus', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('town', sa.Text(), nullable=False),
    sa.Column('postcode', sa.String(length=10), nullable=False),
    sa.Column('setting', sa.String(length=4), nullable=False),
    sa.Column('source', sa.String(length=30), nullable=False),
    sa.Column('released_on', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation')),
    sa.UniqueConstraint('code', name=op.f('uq_organisation_code'))
    )
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisation_postcode'), ['postcode'], unique=False)
        batch_op.create_index(batch_op.f('ix_organisation_sort_key'), ['sort_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_organisation_source'), ['source'], unique=False)

    op.create_table('outbox_message',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('to_address', sa.String(length=254), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('send_after', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('status', sa.Enum('waiting', 'sent', 'failed', name='messagestatus', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.Column('unique_key', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_message')),
    sa.UniqueConstraint('unique_key', name=op.f('uq_outbox_message_unique_key'))
    )
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outbox_message_created_at'), ['created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_outbox_message_status'), ['status'], unique=False)

    op.create_table('person',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('given_names', sa.Text(), nullable=False),
    sa.Column('family_name', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('initials', sa.String(length=12), nullable=False),
    sa.Column('sort_key', sa.Text(), nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_sort_key'), ['sort_key'], unique=False)

    op.create_table('reference_release',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('file_kind', sa.String(length=30), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('released_on', sa.Date(), nullable=False),
    sa.Column('counts', sa.Text(), nullable=False),
    sa.Column('rows_sha256', sa.String(length=64), nullable=False),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reference_release'))
    )
    op.create_table('account',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('email', sa.String(length=200), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('password_hash', sa.Text(), nullable=False),
    sa.Column('is_disabled', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_account_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('email', name=op.f('uq_account_email')),
    sa.UniqueConstraint('person_id', name=op.f('uq_account_person_id'))
    )
    op.create_table('appointment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('post', sa.Text(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_appointment_body_id_body')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_appointment_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appointment'))
    )
    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appointment_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_appointment_person_id'), ['person_id'], unique=False)

    op.create_table('committee',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('prefix', sa.String(length=16), nullable=False),
    sa.Column('established_on', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_committee_body_id_body')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_committee')),
    sa.UniqueConstraint('body_id', 'prefix', name=op.f('uq_committee_body_id_prefix'))
    )
    with op.batch_alter_table('committee', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_committee_body_id'), ['body_id'], unique=False)

    op.create_table('declaration',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=30), nullable=False),
    sa.Column('kind', sa.Enum('on_appointment', 'annual', 'change', 'nil', 'at_meeting', name='declarationkind', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('declared_on', sa.Date(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entered_by', sa.Uuid(), nullable=True),
    sa.Column('entered_by_name', sa.Text(), nullable=False),
    sa.Column('on_behalf', sa.Boolean(), nullable=False),
    sa.Column('statement', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_declaration_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_declaration')),
    sa.UniqueConstraint('reference', name=op.f('uq_declaration_reference'))
    )
    with op.batch_alter_table('declaration', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_declaration_person_id'), ['person_id'], unique=False)

    op.create_table('interest',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=30), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_interest_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interest')),
    sa.UniqueConstraint('reference', name=op.f('uq_interest_reference'))
    )
    with op.batch_alter_table('interest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_interest_person_id'), ['person_id'], unique=False)

    op.create_table('meeting',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=40), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('starts_at', sa.Time(), nullable=False),
    sa.Column('venue', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('planned', 'open', 'closed', name='meetingstate', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('agenda_version', sa.Integer(), nullable=False),
    sa.Column('planned_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_meeting_body_id_body')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting')),
    sa.UniqueConstraint('reference', name=op.f('uq_meeting_reference'))
    )
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_body_id'), ['body_id'], unique=False)

    op.create_table('organisation_name',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('seen_from', sa.Date(), nullable=True),
    sa.Column('seen_to', sa.Date(), nullable=True),
    sa.Column('is_current', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_organisation_name_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation_name'))
    )
    with op.batch_alter_table('organisation_name', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisation_name_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_organisation_name_search_key'), ['search_key'], unique=False)

    op.create_table('organisation_relation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('from_id', sa.Uuid(), nullable=False),
    sa.Column('to_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('commissioned_by', 'landlord_of', 'member_of_pcn', 'owned_by', 'shareholder_in', 'succeeded_by', 'part_of', name='organisation_relation_kind', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(length=30), nullable=False),
    sa.Column('released_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['from_id'], ['organisation.id'], name=op.f('fk_organisation_relation_from_id_organisation')),
    sa.ForeignKeyConstraint(['to_id'], ['organisation.id'], name=op.f('fk_organisation_relation_to_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation_relation'))
    )
    with op.batch_alter_table('organisation_relation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisation_relation_from_id'), ['from_id'], unique=False)
        batch_op.create_index('ix_organisation_relation_to', ['to_id', 'kind'], unique=False)

    op.create_table('stored_file',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('stored_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('stored_by', sa.Uuid(), nullable=True),
    sa.Column('body_id', sa.Uuid(), nullable=True),
    sa.Column('purpose', sa.String(length=60), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_stored_file_body_id_body')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stored_file'))
    )
    with op.batch_alter_table('stored_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stored_file_body_id'), ['body_id'], unique=False)

    op.create_table('agenda_item',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('presenter', sa.Text(), nullable=False),
    sa.Column('part', sa.Enum('public', 'private', name='part', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('private_reason', sa.Text(), nullable=False),
    sa.Column('purpose', sa.Enum('approve', 'decide', 'discuss', 'assurance', 'note', 'information', name='purpose', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('standing', sa.Enum('welcome', 'quoracy', 'declarations', 'questions', 'last_minutes', 'action_log', 'other_business', 'next_meeting', name='standing', native_enum=False, create_constraint=True, length=60), nullable=True),
    sa.Column('function_code', sa.String(length=30), nullable=False),
    sa.Column('class_scope', sa.Enum('none', 'all_practices', 'pcn', name='classscope', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('class_area', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('planned', 'open', 'decided', 'noted', 'deferred', 'referred', 'removed', name='itemstate', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('discussion', sa.Text(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_agenda_item_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agenda_item')),
    sa.UniqueConstraint('reference', name=op.f('uq_agenda_item_reference'))
    )
    with op.batch_alter_table('agenda_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agenda_item_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('attendance',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('committee_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('capacity', sa.Enum('member', 'deputy', 'in_attendance', name='capacity', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('deputy_for', sa.Uuid(), nullable=True),
    sa.Column('apologies', sa.Boolean(), nullable=False),
    sa.Column('is_remote', sa.Boolean(), nullable=False),
    sa.Column('role_words', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_attendance_committee_id_committee')),
    sa.ForeignKeyConstraint(['deputy_for'], ['person.id'], name=op.f('fk_attendance_deputy_for_person')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_attendance_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_attendance_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance')),
    sa.UniqueConstraint('meeting_id', 'committee_id', 'person_id', name=op.f('uq_attendance_meeting_id_committee_id_person_id'))
    )
    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attendance_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('committee_body',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('committee_id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_committee_body_body_id_body')),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_committee_body_committee_id_committee')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_committee_body')),
    sa.UniqueConstraint('committee_id', 'body_id', name=op.f('uq_committee_body_committee_id_body_id'))
    )
    with op.batch_alter_table('committee_body', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_committee_body_body_id'), ['body_id'], unique=False)

    op.create_table('draft',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('data', sa.Text(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_draft_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft')),
    sa.UniqueConstraint('account_id', 'kind', 'key', name=op.f('uq_draft_account_id_kind_key'))
    )
    op.create_table('file_chunk',
    sa.Column('file_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_file_chunk_file_id_stored_file')),
    sa.PrimaryKeyConstraint('file_id', 'number', name=op.f('pk_file_chunk'))
    )
    op.create_table('idempotency_key',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('location', sa.Text(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_idempotency_key_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_idempotency_key')),
    sa.UniqueConstraint('account_id', 'key', name=op.f('uq_idempotency_key_account_id_key'))
    )
    with op.batch_alter_table('idempotency_key', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_idempotency_key_at'), ['at'], unique=False)

    op.create_table('interest_version',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('interest_id', sa.Uuid(), nullable=False),
    sa.Column('declaration_id', sa.Uuid(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=True),
    sa.Column('type', sa.Enum('financial', 'non_financial_professional', 'non_financial_personal', name='interesttype', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('directness', sa.Enum('direct', 'indirect', name='directness', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('via', sa.Enum('spouse', 'parent', 'child', 'sibling', 'other_relative', 'close_friend', 'business_partner', 'other_associate', name='via', native_enum=False, create_constraint=True, length=60), nullable=True),
    sa.Column('role', sa.Enum('partner', 'owner', 'director', 'shareholder', 'landlord', 'employee', 'salaried_gp', 'locum', 'practice_manager', 'clinical_director', 'consultant', 'trustee', 'volunteer', 'adviser', 'member', 'recipient', 'other', name='interestrole', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('nature', sa.Text(), nullable=False),
    sa.Column('arose_on', sa.Date(), nullable=True),
    sa.Column('aware_on', sa.Date(), nullable=True),
    sa.Column('declared_on', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('is_pursuing', sa.Boolean(), nullable=False),
    sa.Column('status', sa.Enum('submitted', 'agreed', 'ended', name='intereststatus', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('mitigation', sa.Text(), nullable=False),
    sa.Column('mitigation_agreed_by', sa.Uuid(), nullable=True),
    sa.Column('mitigation_agreed_on', sa.Date(), nullable=True),
    sa.Column('change_note', sa.Text(), nullable=False),
    sa.CheckConstraint("directness = 'direct' OR via IS NOT NULL", name=op.f('ck_interest_version_indirect_says_via')),
    sa.CheckConstraint('ended_on IS NULL OR arose_on IS NULL OR ended_on >= arose_on', name=op.f('ck_interest_version_ends_after_it_arose')),
    sa.ForeignKeyConstraint(['declaration_id'], ['declaration.id'], name=op.f('fk_interest_version_declaration_id_declaration')),
    sa.ForeignKeyConstraint(['interest_id'], ['interest.id'], name=op.f('fk_interest_version_interest_id_interest')),
    sa.ForeignKeyConstraint(['mitigation_agreed_by'], ['person.id'], name=op.f('fk_interest_version_mitigation_agreed_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interest_version')),
    sa.UniqueConstraint('interest_id', 'number', name=op.f('uq_interest_version_interest_id_number'))
    )
    with op.batch_alter_table('interest_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_interest_version_interest_id'), ['interest_id'], unique=False)

    op.create_table('meeting_committee',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('committee_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_meeting_committee_committee_id_committee')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_committee_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_committee')),
    sa.UniqueConstraint('meeting_id', 'committee_id', name=op.f('uq_meeting_committee_meeting_id_committee_id'))
    )
    with op.batch_alter_table('meeting_committee', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_committee_committee_id'), ['committee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_committee_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('membership',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('committee_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('member_class', sa.Enum('lay', 'gp', 'executive', 'nurse', 'secondary_care', 'nhs_england', 'partner', 'non_executive', 'practice_manager', 'councillor', 'nhs_representative', 'other', name='memberclass', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('voting', sa.Boolean(), nullable=False),
    sa.Column('office', sa.Enum('chair', 'vice_chair', 'convening_chair', 'acting_chair', name='office', native_enum=False, create_constraint=True, length=60), nullable=True),
    sa.Column('posts', sa.Text(), nullable=False),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('attributes', sa.Text(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_membership_committee_id_committee')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_membership_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_committee_id'), ['committee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_membership_person_id'), ['person_id'], unique=False)

    op.create_table('minutes',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'confirmed', name='minutesstate', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('composed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('composed_by', sa.Uuid(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_at_meeting_id', sa.Uuid(), nullable=True),
    sa.Column('confirmed_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['confirmed_at_meeting_id'], ['meeting.id'], name=op.f('fk_minutes_confirmed_at_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['confirmed_by'], ['person.id'], name=op.f('fk_minutes_confirmed_by_person')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_minutes_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_minutes')),
    sa.UniqueConstraint('meeting_id', 'number', name=op.f('uq_minutes_meeting_id_number'))
    )
    with op.batch_alter_table('minutes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_minutes_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('redaction_request',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('interest_id', sa.Uuid(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('requested_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('requested', 'granted', 'refused', name='redactionstate', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decision_reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_redaction_request_decided_by_person')),
    sa.ForeignKeyConstraint(['interest_id'], ['interest.id'], name=op.f('fk_redaction_request_interest_id_interest')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_redaction_request'))
    )
    with op.batch_alter_table('redaction_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_redaction_request_interest_id'), ['interest_id'], unique=False)

    op.create_table('role_grant',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.Enum('administrator', 'auditor', 'chair', 'declarant', 'governance_lead', 'guardian', 'lay_member', 'member', 'secretary', name='role', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=True),
    sa.Column('committee_id', sa.Uuid(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_role_grant_body_id_body')),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_role_grant_committee_id_committee')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_role_grant_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grant'))
    )
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_grant_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_role_grant_person_id'), ['person_id'], unique=False)

    op.create_table('server_session',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('data', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_server_session_account_id_account')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_server_session')),
    sa.UniqueConstraint('id', name=op.f('uq_server_session_id'))
    )
    with op.batch_alter_table('server_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_server_session_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_server_session_seen_at'), ['seen_at'], unique=False)

    op.create_table('set_password_link',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_set_password_link_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_set_password_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_set_password_link_token_hash'))
    )
    with op.batch_alter_table('set_password_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_set_password_link_account_id'), ['account_id'], unique=False)

    op.create_table('terms_of_reference',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('committee_id', sa.Uuid(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('model', sa.Enum('greater_involvement', 'joint', 'delegated', name='commissioningmodel', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('quorum', sa.Text(), nullable=False),
    sa.Column('quorum_settings', sa.Text(), nullable=False),
    sa.Column('quorum_preset', sa.String(length=60), nullable=False),
    sa.Column('quorum_figures', sa.Text(), nullable=False),
    sa.Column('functions', sa.Text(), nullable=False),
    sa.Column('composition', sa.Text(), nullable=False),
    sa.Column('established_voting', sa.Integer(), nullable=False),
    sa.Column('casting_vote', sa.Boolean(), nullable=False),
    sa.Column('deputies_allowed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_terms_of_reference_committee_id_committee')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_terms_of_reference')),
    sa.UniqueConstraint('committee_id', 'valid_from', 'recorded_at', name=op.f('uq_terms_of_reference_committee_id_valid_from_recorded_at'))
    )
    with op.batch_alter_table('terms_of_reference', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_terms_of_reference_committee_id'), ['committee_id'], unique=False)

    op.create_table('action',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('state', sa.Enum('open', 'closed', name='actionstate', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('progress', sa.Text(), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_action_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_action_owner_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action')),
    sa.UniqueConstraint('reference', name=op.f('uq_action_reference'))
    )
    with op.batch_alter_table('action', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_action_item_id'), ['item_id'], unique=False)

    op.create_table('affected_organisation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('relation', sa.Enum('contract_holder', 'bidder', 'beneficiary', 'competitor', 'premises_owner', 'funder', 'subject', name='affectedrelation', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_affected_organisation_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_affected_organisation_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_affected_organisation'))
    )
    with op.batch_alter_table('affected_organisation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_affected_organisation_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_affected_organisation_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('chair_handover',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('committee_id', sa.Uuid(), nullable=False),
    sa.Column('from_person_id', sa.Uuid(), nullable=True),
    sa.Column('to_person_id', sa.Uuid(), nullable=False),
    sa.Column('basis', sa.Enum('chair', 'vice_chair', 'agreed_by_members', name='presidingbasis', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('handed_over_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('returned_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_chair_handover_committee_id_committee')),
    sa.ForeignKeyConstraint(['from_person_id'], ['person.id'], name=op.f('fk_chair_handover_from_person_id_person')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_chair_handover_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['to_person_id'], ['person.id'], name=op.f('fk_chair_handover_to_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chair_handover'))
    )
    with op.batch_alter_table('chair_handover', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_chair_handover_item_id'), ['item_id'], unique=False)

    op.create_table('conflict_flag',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('interest_version_id', sa.Uuid(), nullable=True),
    sa.Column('source', sa.Enum('screening', 'raised', 'declared', name='flagsource', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('state', sa.Enum('suggested', 'confirmed', 'dismissed', name='flagstate', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('level', sa.String(length=2), nullable=False),
    sa.Column('relation', sa.String(length=30), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('suggested', sa.Text(), nullable=False),
    sa.Column('rule_ids', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('raised_by', sa.Uuid(), nullable=True),
    sa.Column('answer', sa.Enum('agree', 'ended', 'not_me', name='flaganswer', native_enum=False, create_constraint=True, length=60), nullable=True),
    sa.Column('answer_text', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('frozen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['interest_version_id'], ['interest_version.id'], name=op.f('fk_conflict_flag_interest_version_id_interest_version')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_conflict_flag_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_conflict_flag_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conflict_flag')),
    sa.UniqueConstraint('item_id', 'person_id', 'fingerprint', name=op.f('uq_conflict_flag_item_id_person_id_fingerprint'))
    )
    with op.batch_alter_table('conflict_flag', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conflict_flag_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conflict_flag_person_id'), ['person_id'], unique=False)

    op.create_table('interest_organisation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_interest_organisation_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['version_id'], ['interest_version.id'], name=op.f('fk_interest_organisation_version_id_interest_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interest_organisation')),
    sa.UniqueConstraint('version_id', 'position', name=op.f('uq_interest_organisation_version_id_position'))
    )
    with op.batch_alter_table('interest_organisation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_interest_organisation_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_interest_organisation_version_id'), ['version_id'], unique=False)

    op.create_table('meeting_declaration',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('interest_id', sa.Uuid(), nullable=True),
    sa.Column('point', sa.Enum('before_meeting', 'start', 'on_joining', 'at_item', 'during_item', 'not_declared', name='declaredpoint', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('declared_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['interest_id'], ['interest.id'], name=op.f('fk_meeting_declaration_interest_id_interest')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_meeting_declaration_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_declaration_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_meeting_declaration_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_declaration'))
    )
    with op.batch_alter_table('meeting_declaration', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_declaration_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_declaration_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('paper',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('file_id', sa.Uuid(), nullable=False),
    sa.Column('letter', sa.String(length=3), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_paper_file_id_stored_file')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_paper_item_id_agenda_item')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper')),
    sa.UniqueConstraint('item_id', 'letter', name=op.f('uq_paper_item_id_letter'))
    )
    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_item_id'), ['item_id'], unique=False)

    op.create_table('presence',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('joined', 'left', 'returned', 'removed', 'gallery', name='presencekind', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('reason', sa.Enum('conflict', 'other', 'start', 'end', name='presencereason', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('corrects_id', sa.Uuid(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['corrects_id'], ['presence.id'], name=op.f('fk_presence_corrects_id_presence')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_presence_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_presence_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_presence_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_presence')),
    sa.UniqueConstraint('meeting_id', 'number', name=op.f('uq_presence_meeting_id_number'))
    )
    with op.batch_alter_table('presence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_presence_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('quorum_snapshot',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=True),
    sa.Column('committee_id', sa.Uuid(), nullable=False),
    sa.Column('terms_id', sa.Uuid(), nullable=False),
    sa.Column('phase', sa.Enum('opening', 'decision', name='snapshotphase', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('quorate', sa.Boolean(), nullable=False),
    sa.Column('rule_words', sa.Text(), nullable=False),
    sa.Column('counted', sa.Text(), nullable=False),
    sa.Column('missing', sa.Text(), nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('present', sa.Text(), nullable=False),
    sa.Column('clinical_words', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_quorum_snapshot_committee_id_committee')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_quorum_snapshot_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_quorum_snapshot_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['terms_id'], ['terms_of_reference.id'], name=op.f('fk_quorum_snapshot_terms_id_terms_of_reference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quorum_snapshot'))
    )
    with op.batch_alter_table('quorum_snapshot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quorum_snapshot_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_quorum_snapshot_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('ruling',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('committee_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('actions', sa.Text(), nullable=False),
    sa.Column('rationale', sa.Text(), nullable=False),
    sa.Column('guardian_consulted', sa.Boolean(), nullable=False),
    sa.Column('decided_by', sa.Uuid(), nullable=False),
    sa.Column('basis', sa.Enum('chair', 'vice_chair', 'agreed_by_members', name='ruling_basis', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=True),
    sa.Column('recorded_by_name', sa.Text(), nullable=False),
    sa.Column('is_dictated', sa.Boolean(), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_ruling_committee_id_committee')),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_ruling_decided_by_person')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_ruling_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_ruling_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ruling')),
    sa.UniqueConstraint('item_id', 'committee_id', 'person_id', 'number', name=op.f('uq_ruling_item_id_committee_id_person_id_number'))
    )
    with op.batch_alter_table('ruling', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ruling_item_id'), ['item_id'], unique=False)

    op.create_table('decision',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('committee_id', sa.Uuid(), nullable=False),
    sa.Column('snapshot_id', sa.Uuid(), nullable=True),
    sa.Column('presiding_id', sa.Uuid(), nullable=True),
    sa.Column('outcome', sa.Enum('approved', 'not_approved', 'agreed', 'noted', 'deferred', 'referred', name='outcome', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('method', sa.Enum('consensus', 'vote', name='method', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_irregular', sa.Boolean(), nullable=False),
    sa.Column('irregular_because', sa.Text(), nullable=False),
    sa.Column('explanation', sa.Text(), nullable=False),
    sa.Column('referred_to', sa.Text(), nullable=False),
    sa.Column('arithmetic', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_decision_committee_id_committee')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_decision_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['presiding_id'], ['person.id'], name=op.f('fk_decision_presiding_id_person')),
    sa.ForeignKeyConstraint(['snapshot_id'], ['quorum_snapshot.id'], name=op.f('fk_decision_snapshot_id_quorum_snapshot')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision')),
    sa.UniqueConstraint('item_id', 'committee_id', name=op.f('uq_decision_item_id_committee_id'))
    )
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_item_id'), ['item_id'], unique=False)

    op.create_table('vote',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('decision_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('cast', sa.Enum('for', 'against', 'abstained', name='vote_cast', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('is_casting', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_vote_decision_id_decision')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_vote_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vote')),
    sa.UniqueConstraint('decision_id', 'person_id', name=op.f('uq_vote_decision_id_person_id'))
    )
    with op.batch_alter_table('vote', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_vote_decision_id'), ['decision_id'], unique=False)



def downgrade() -> None:
    if op.get_bind().execute(sa.text("SELECT count(*) FROM ledger_leaf")).scalar():
        raise RuntimeError("The ledger has entries. A downgrade never drops it: restore a backup instead")
    with op.batch_alter_table('vote', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_vote_decision_id'))

    op.drop_table('vote')
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_decision_item_id'))

    op.drop_table('decision')
    with op.batch_alter_table('ruling', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ruling_item_id'))

    op.drop_table('ruling')
    with op.batch_alter_table('quorum_snapshot', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_quorum_snapshot_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_quorum_snapshot_item_id'))

    op.drop_table('quorum_snapshot')
    with op.batch_alter_table('presence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_presence_meeting_id'))

    op.drop_table('presence')
    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_item_id'))

    op.drop_table('paper')
    with op.batch_alter_table('meeting_declaration', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_declaration_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_declaration_item_id'))

    op.drop_table('meeting_declaration')
    with op.batch_alter_table('interest_organisation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_interest_organisation_version_id'))
        batch_op.drop_index(batch_op.f('ix_interest_organisation_organisation_id'))

    op.drop_table('interest_organisation')
    with op.batch_alter_table('conflict_flag', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conflict_flag_person_id'))
        batch_op.drop_index(batch_op.f('ix_conflict_flag_item_id'))

    op.drop_table('conflict_flag')
    with op.batch_alter_table('chair_handover', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_chair_handover_item_id'))

    op.drop_table('chair_handover')
    with op.batch_alter_table('affected_organisation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_affected_organisation_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_affected_organisation_item_id'))

    op.drop_table('affected_organisation')
    with op.batch_alter_table('action', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_action_item_id'))

    op.drop_table('action')
    with op.batch_alter_table('terms_of_reference', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_terms_of_reference_committee_id'))

    op.drop_table('terms_of_reference')
    with op.batch_alter_table('set_password_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_set_password_link_account_id'))

    op.drop_table('set_password_link')
    with op.batch_alter_table('server_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_server_session_seen_at'))
        batch_op.drop_index(batch_op.f('ix_server_session_account_id'))

    op.drop_table('server_session')
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_role_grant_person_id'))
        batch_op.drop_index(batch_op.f('ix_role_grant_body_id'))

    op.drop_table('role_grant')
    with op.batch_alter_table('redaction_request', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_redaction_request_interest_id'))

    op.drop_table('redaction_request')
    with op.batch_alter_table('minutes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_minutes_meeting_id'))

    op.drop_table('minutes')
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_membership_person_id'))
        batch_op.drop_index(batch_op.f('ix_membership_committee_id'))

    op.drop_table('membership')
    with op.batch_alter_table('meeting_committee', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_committee_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_committee_committee_id'))

    op.drop_table('meeting_committee')
    with op.batch_alter_table('interest_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_interest_version_interest_id'))

    op.drop_table('interest_version')
    with op.batch_alter_table('idempotency_key', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_idempotency_key_at'))

    op.drop_table('idempotency_key')
    op.drop_table('file_chunk')
    op.drop_table('draft')
    with op.batch_alter_table('committee_body', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_committee_body_body_id'))

    op.drop_table('committee_body')
    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attendance_meeting_id'))

    op.drop_table('attendance')
    with op.batch_alter_table('agenda_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agenda_item_meeting_id'))

    op.drop_table('agenda_item')
    with op.batch_alter_table('stored_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stored_file_body_id'))

    op.drop_table('stored_file')
    with op.batch_alter_table('organisation_relation', schema=None) as batch_op:
        batch_op.drop_index('ix_organisation_relation_to')
        batch_op.drop_index(batch_op.f('ix_organisation_relation_from_id'))

    op.drop_table('organisation_relation')
    with op.batch_alter_table('organisation_name', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_organisation_name_search_key'))
        batch_op.drop_index(batch_op.f('ix_organisation_name_organisation_id'))

    op.drop_table('organisation_name')
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_body_id'))

    op.drop_table('meeting')
    with op.batch_alter_table('interest', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_interest_person_id'))

    op.drop_table('interest')
    with op.batch_alter_table('declaration', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_declaration_person_id'))

    op.drop_table('declaration')
    with op.batch_alter_table('committee', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_committee_body_id'))

    op.drop_table('committee')
    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_appointment_person_id'))
        batch_op.drop_index(batch_op.f('ix_appointment_body_id'))

    op.drop_table('appointment')
    op.drop_table('account')
    op.drop_table('reference_release')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_sort_key'))

    op.drop_table('person')
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outbox_message_status'))
        batch_op.drop_index(batch_op.f('ix_outbox_message_created_at'))

    op.drop_table('outbox_message')
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_organisation_source'))
        batch_op.drop_index(batch_op.f('ix_organisation_sort_key'))
        batch_op.drop_index(batch_op.f('ix_organisation_postcode'))

    op.drop_table('organisation')
    with op.batch_alter_table('login_attempt', schema=None) as batch_op:
        batch_op.drop_index('ix_login_attempt_address_at')

    op.drop_table('login_attempt')
    with op.batch_alter_table('ledger_payload', schema=None) as batch_op:
        batch_op.drop_index('ix_ledger_payload_subject')

    op.drop_table('ledger_payload')
    op.drop_table('ledger_node')
    op.drop_table('ledger_leaf')
    op.drop_table('ledger_checkpoint')
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.drop_index('uq_job_unique_key', sqlite_where=sa.text("status IN ('waiting', 'running') OR runs_once"), postgresql_where=sa.text("status IN ('waiting', 'running') OR runs_once"))
        batch_op.drop_index('ix_job_status_run_at')
        batch_op.drop_index(batch_op.f('ix_job_account_id'))

    op.drop_table('job')
    op.drop_table('entered_fact')
    op.drop_table('body')
    op.drop_table('access_log')
