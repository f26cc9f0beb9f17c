"""Published constants of laws, and the paper's tables, as data."""
