"""The conflicts of a meeting at a glance: the grid of items and members, and the chair's briefing."""
