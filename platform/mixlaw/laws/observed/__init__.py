"""Runs as arrays: of the results table or of anybody's, with everything refused that would make a fit meaningless."""
