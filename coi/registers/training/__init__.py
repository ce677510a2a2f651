"""The training record: who did which module when, with what score, and who is due."""
