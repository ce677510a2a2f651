"""Questions to members that public lists suggest, and links to answer them."""

import sqlalchemy as sa
from alembic import op

revision = '0041'
down_revision = '0040'

BEFORE = "purpose IN ('invitation', 'confirmation', 'declaration', 'signing', 'leaving', 'gift')"
NOW = "purpose IN ('invitation', 'confirmation', 'declaration', 'signing', 'leaving', 'gift', 'question')"


def upgrade() -> None:
    op.create_table('member_question',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('officer', 'award', 'closed', name='promptkind', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('born', sa.String(length=20), nullable=False),
    sa.Column('interest_id', sa.Uuid(), nullable=True),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('is_weak', sa.Boolean(), nullable=False),
    sa.Column('list_name', sa.Text(), nullable=False),
    sa.Column('list_on', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('asked', 'answered', 'set_aside', 'withdrawn', name='questionstate', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=True),
    sa.Column('recorded_by_name', sa.Text(), nullable=False),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.Enum('will_declare', 'nothing_new', 'ended', 'not_me', name='answer', native_enum=False, create_constraint=True, length=60), nullable=True),
    sa.Column('answer_words', sa.Text(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_because', sa.Text(), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('disposed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_member_question_body_id_body')),
    sa.ForeignKeyConstraint(['interest_id'], ['interest.id'], name=op.f('fk_member_question_interest_id_interest')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_member_question_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_member_question'))
    )
    with op.batch_alter_table('member_question', schema=None) as batch_op:
        batch_op.create_index('ix_member_question_body_person', ['body_id', 'person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_member_question_person_id'), ['person_id'], unique=False)
    with op.batch_alter_table('declaring_link', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_declaring_link_linkpurpose'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_declaring_link_linkpurpose'), NOW)



def downgrade() -> None:
    op.execute("DELETE FROM declaring_link WHERE purpose = 'question'")
    with op.batch_alter_table('declaring_link', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_declaring_link_linkpurpose'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_declaring_link_linkpurpose'), BEFORE)
    with op.batch_alter_table('member_question', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_member_question_person_id'))
        batch_op.drop_index('ix_member_question_body_person')

    op.drop_table('member_question')
