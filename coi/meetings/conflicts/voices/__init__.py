"""What the conflicts on an item mean for the meeting: who would go, the quorum, the clinical voice, and what if."""
