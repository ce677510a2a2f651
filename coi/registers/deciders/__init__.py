"""Who takes part in decisions though they sit on no committee: what a file suggests, and what a person says."""
