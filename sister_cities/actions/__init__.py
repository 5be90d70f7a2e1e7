"""What the office does with its ties, plans and links."""
