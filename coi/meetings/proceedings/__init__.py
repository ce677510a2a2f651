"""What happens in the room: who is there, who presides, whether the committee may decide, what it decided."""
