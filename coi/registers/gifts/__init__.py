"""The register of gifts and hospitality, and of what the organisation itself receives from sponsors."""
