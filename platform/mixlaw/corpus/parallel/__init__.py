"""Programs of the same task in several languages, and how they are arranged into documents."""
