"""How a target's form is evaluated on a mixture: the tokens a Chinchilla law counts, the worth of repeated ones."""

from __future__ import annotations

import numpy as np

from mixlaw.laws.forms import Array, Chinchilla, Form
from mixlaw.laws.repetition import AS_PUBLISHED, Repetition

_LEAST_TOKENS = 1.0


def loss_on_mixture(
    form: Form,
    own: int | None,
    N: Array,
    D: Array,
    p: Array,
    unique: Array | None = None,
    repetition: Repetition = AS_PUBLISHED,
) -> Array:
    """(n,) loss of a target whose own domain has index `own`; N, D (n,), p (n, M).

    A Chinchilla law was fitted to one language alone: of a mixture it counts that language's tokens, D p_own, and
    nothing of the others (no transfer). Every other form gets D and p as they are, or with `unique` (n, M) or (M,)
    distinct tokens of each domain (inf for no limit) their effective values: repeated tokens count less.
    """
    tokens, shares = (D, p) if unique is None else repetition.effective(D, p, unique)
    return form.loss(N, _counted(form, own, tokens, shares), shares)


def share_gradient(
    form: Form,
    own: int | None,
    N: Array,
    D: Array,
    p: Array,
    unique: Array | None = None,
    repetition: Repetition = AS_PUBLISHED,
) -> Array:
    """(n, M) derivatives of `loss_on_mixture` by the shares, as M free variables at D p_j tokens of each domain."""
    if unique is not None:
        return D[:, None] * token_gradient(form, own, N, D, p, unique, repetition)
    _, by_p = _gradients(form, own, N, D, p)
    return by_p


def token_gradient(
    form: Form,
    own: int | None,
    N: Array,
    D: Array,
    p: Array,
    unique: Array | None = None,
    repetition: Repetition = AS_PUBLISHED,
) -> Array:
    """(n, M) derivatives of `loss_on_mixture` by one more token of each domain: D grows, and its share with it."""
    limits = np.full(p.shape[1], np.inf) if unique is None else unique
    effective_D, effective_p = (D, p) if unique is None else repetition.effective(D, p, limits)
    by_D, by_p = _gradients(form, own, N, effective_D, effective_p)
    return repetition.by_token(D, p, limits, by_D, by_p)


def _gradients(form: Form, own: int | None, N: Array, D: Array, p: Array) -> tuple[Array, Array]:
    """Derivatives by D (n,) and by the shares (n, M) of the loss of an effective mixture."""
    gradients = form.gradients(N, _counted(form, own, D, p), p)
    if not isinstance(form, Chinchilla) or own is None:
        return gradients.D, gradients.shares
    by_share = np.zeros_like(p)
    by_share[:, own] = gradients.D * D
    return gradients.D * p[:, own], by_share


def _counted(form: Form, own: int | None, D: Array, p: Array) -> Array:
    if not isinstance(form, Chinchilla) or own is None:
        return D
    return np.maximum(D * p[:, own], _LEAST_TOKENS)
