"""Urgent decisions between meetings: who took them, on which power, and what the next meeting is told."""
