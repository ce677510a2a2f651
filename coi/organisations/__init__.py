"""Bodies, practices, PCNs, federations and providers: what they are called, how they stand to each other, the ODS import."""
