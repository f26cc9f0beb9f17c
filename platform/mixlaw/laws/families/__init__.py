"""Families: a form and the way it is fitted to all targets of a table, one file each."""
