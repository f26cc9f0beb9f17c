"""Translation between languages: the loss of a program given another, and greedy translations judged and run.

`translation_loss` scores (the paper's measure), `translate` writes, `bleu_of` and `run_translations` judge what was
written.
"""

from mixlaw_eval.translation.asked import Questions, questions
from mixlaw_eval.translation.bleu import Bleu, bleu_of
from mixlaw_eval.translation.directions import DIRECTIONS, Prompt, TooLong, text_before_target
from mixlaw_eval.translation.loss import EVALUATIONS, Mean, PairLoss, TranslationLoss, translation_loss
from mixlaw_eval.translation.written import Translation, translate

__all__ = [
    "DIRECTIONS",
    "EVALUATIONS",
    "Bleu",
    "Mean",
    "PairLoss",
    "Prompt",
    "Questions",
    "TooLong",
    "Translation",
    "TranslationLoss",
    "bleu_of",
    "questions",
    "text_before_target",
    "translate",
    "translation_loss",
]
