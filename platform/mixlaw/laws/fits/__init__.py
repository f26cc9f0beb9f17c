"""The fits themselves: rows in, parameters out; one solver for all."""
