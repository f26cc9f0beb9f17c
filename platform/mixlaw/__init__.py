"""mixlaw: which languages, in which proportions, for how large a model and how many tokens."""

__version__ = "0.1.0"
