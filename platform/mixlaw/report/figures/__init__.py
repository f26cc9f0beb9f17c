"""The report's figures: pure functions from plain values to a Matplotlib figure, one file per family."""
