"""Links to declare, drafts of a declaration that belong to the person, and an outbox that keeps no secrets."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'


def upgrade() -> None:
    op.create_table('declaration_draft',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('data', sa.Text(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_declaration_draft_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_declaration_draft')),
    sa.UniqueConstraint('person_id', 'kind', name=op.f('uq_declaration_draft_person_id_kind'))
    )
    op.create_table('declaring_link',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('purpose', sa.Enum('invitation', 'confirmation', 'declaration', 'signing', 'leaving', name='linkpurpose', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('declaration_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_declaring_link_body_id_body')),
    sa.ForeignKeyConstraint(['declaration_id'], ['declaration.id'], name=op.f('fk_declaring_link_declaration_id_declaration')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_declaring_link_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_declaring_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_declaring_link_token_hash'))
    )
    with op.batch_alter_table('declaring_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_declaring_link_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.add_column(sa.Column('secret', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('secret_of', sa.String(length=80), nullable=True))
        batch_op.create_index(batch_op.f('ix_outbox_message_secret_of'), ['secret_of'], unique=False)

    op.execute(
        "INSERT INTO declaration_draft (id, person_id, kind, data, saved_at) "
        "SELECT draft.id, account.person_id, 'declare', draft.data, draft.saved_at "
        "FROM draft JOIN account ON account.id = draft.account_id WHERE draft.kind = 'interests.declare'"
    )
    op.execute("DELETE FROM draft WHERE kind = 'interests.declare'")
    op.execute(
        "UPDATE outbox_message SET text = '(The text was removed: it held a link.)' "
        "WHERE unique_key LIKE 'set-password:%' AND status = 'sent'"
    )


def downgrade() -> None:
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outbox_message_secret_of'))
        batch_op.drop_column('secret_of')
        batch_op.drop_column('secret')

    with op.batch_alter_table('declaring_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_declaring_link_person_id'))

    op.drop_table('declaring_link')
    op.drop_table('declaration_draft')
