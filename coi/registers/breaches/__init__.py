"""The register of breaches: reported in confidence, handled by the Guardian, published without names for what can be learned."""
