"""Who takes part in decisions though they sit on no committee, and of whom it waits to be said."""

import sqlalchemy as sa
from alembic import op

revision = '0059'
down_revision = '0058'


def upgrade() -> None:
    op.create_table('decision_maker',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('because', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decides', sa.Boolean(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['answered_by'], ['person.id'], name=op.f('fk_decision_maker_answered_by_person')),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_decision_maker_body_id_body')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_decision_maker_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision_maker'))
    )
    with op.batch_alter_table('decision_maker', schema=None) as batch_op:
        batch_op.create_index('ix_decision_maker_body_person', ['body_id', 'person_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('decision_maker', schema=None) as batch_op:
        batch_op.drop_index('ix_decision_maker_body_person')

    op.drop_table('decision_maker')
