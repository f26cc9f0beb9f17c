"""The corpus room: source code and text from packages and folders, cleaned, split by project, tokenized into shards.

build("demo", "corpus") makes one; Corpus.open("corpus") reads it.
"""

from mixlaw.corpus.building import build
from mixlaw.corpus.cleaning.evaluation_index import EvaluationIndex, EvaluationText
from mixlaw.corpus.parallel.source import ParallelSource
from mixlaw.corpus.reader import Corpus
from mixlaw.corpus.sources.fetch import default_cache
from mixlaw.corpus.sources.source import Source
from mixlaw.corpus.spec import CorpusSpec, load_spec, ready_made
from mixlaw.corpus.tables import show, to_json

__all__ = [
    "Corpus",
    "CorpusSpec",
    "EvaluationIndex",
    "EvaluationText",
    "ParallelSource",
    "Source",
    "build",
    "default_cache",
    "load_spec",
    "ready_made",
    "show",
    "to_json",
]
