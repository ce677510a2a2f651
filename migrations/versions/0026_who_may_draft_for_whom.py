"""Who may draft whose declarations."""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'


def upgrade() -> None:
    op.create_table('declaration_drafter',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('drafter_id', sa.Uuid(), nullable=False),
    sa.Column('named_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('named_by', sa.Uuid(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_declaration_drafter_body_id_body')),
    sa.ForeignKeyConstraint(['drafter_id'], ['person.id'], name=op.f('fk_declaration_drafter_drafter_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_declaration_drafter_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_declaration_drafter'))
    )
    with op.batch_alter_table('declaration_drafter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_declaration_drafter_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_declaration_drafter_drafter_id'), ['drafter_id'], unique=False)
        batch_op.create_index('uq_declaration_drafter_person_id', ['person_id', 'body_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))



def downgrade() -> None:
    with op.batch_alter_table('declaration_drafter', schema=None) as batch_op:
        batch_op.drop_index('uq_declaration_drafter_person_id', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_declaration_drafter_drafter_id'))
        batch_op.drop_index(batch_op.f('ix_declaration_drafter_body_id'))

    op.drop_table('declaration_drafter')
