"""The corpus room: source code and text from packages and folders, cleaned, split by project, tokenized into shards.

build("demo", "corpus") makes one; Corpus.open("corpus") reads it.
"""

from mixlaw.corpus.building import build
from mixlaw.corpus.evaluation_index import EvaluationIndex, EvaluationText
from mixlaw.corpus.fetch import default_cache
from mixlaw.corpus.reader import Corpus
from mixlaw.corpus.spec import CorpusSpec, ParallelSource, Source, load_spec, ready_made
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
