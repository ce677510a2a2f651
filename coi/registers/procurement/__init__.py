"""The register of procurement decisions and contracts awarded, with what the Provider Selection Regime asks to be recorded and told."""
