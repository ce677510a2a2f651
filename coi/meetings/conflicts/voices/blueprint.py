"""The blueprint of what conflicts mean for a meeting, and the rights that its pages ask for."""

from flask import Blueprint

from coi.permissions.vocabulary import Permission

bp = Blueprint("voices", __name__)

READ, RECORD = Permission.MEETINGS_MEETING_READ, Permission.MEETINGS_MEETING_RECORD
PLAN, KEEP = Permission.MEETINGS_AGENDA_PLAN, Permission.MEETINGS_ITEM_KEEP
SEE_ROSTER, KEEP_ROSTER = Permission.COMMITTEES_COMMITTEE_READ, Permission.COMMITTEES_COMMITTEE_MANAGE
