"""How a target's form is evaluated on a mixture: the one place that knows which tokens a Chinchilla law counts."""

from __future__ import annotations

import numpy as np

from mixlaw.laws.forms import Array, Chinchilla, Form

_LEAST_TOKENS = 1.0


def loss_on_mixture(form: Form, own: int | None, N: Array, D: Array, p: Array) -> Array:
    """(n,) loss of a target whose own domain has index `own`; N, D (n,), p (n, M).

    A Chinchilla law was fitted to one language alone: of a mixture it counts that language's tokens, D p_own, and
    nothing of the others (no transfer). Every other form gets D and p as they are.
    """
    return form.loss(N, _counted(form, own, D, p), p)


def share_gradient(form: Form, own: int | None, N: Array, D: Array, p: Array) -> Array:
    """(n, M) derivatives of `loss_on_mixture` by the shares."""
    gradients = form.gradients(N, _counted(form, own, D, p), p)
    if not isinstance(form, Chinchilla) or own is None:
        return gradients.shares
    by_share = np.zeros_like(p)
    by_share[:, own] = gradients.D * D
    return by_share


def _counted(form: Form, own: int | None, D: Array, p: Array) -> Array:
    if not isinstance(form, Chinchilla) or own is None:
        return D
    return np.maximum(D * p[:, own], _LEAST_TOKENS)
