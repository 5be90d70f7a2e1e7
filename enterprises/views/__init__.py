"""What a company sees: the guide, its own home, the guided form, and its requests."""
