"""Exact and near duplicates, within and across languages, for corpora of any size."""

from mixlaw.corpus.duplicates.find import DEDUP_STEPS, EXACT, NEAR, find_duplicates
from mixlaw.corpus.duplicates.sketch import SKETCH_SIZE, SKETCH_VERSION, sketches_of

__all__ = ["DEDUP_STEPS", "EXACT", "NEAR", "SKETCH_SIZE", "SKETCH_VERSION", "find_duplicates", "sketches_of"]
