"""Who may do what: pure. Roles, permissions, actors, the role table and the predicates over objects."""
