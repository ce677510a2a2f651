"""What the guidance says, as dated data: rule-sets, management actions, functions and the catalogue of rules. Pure."""
