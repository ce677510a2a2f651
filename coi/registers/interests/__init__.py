"""The register of interests: declarations, their versions, nil returns."""
