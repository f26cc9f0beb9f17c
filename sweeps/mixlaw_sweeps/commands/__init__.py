"""One file per command of `mixlaw`: options in, a call, a table out."""
