"""The conformance suite: every form inherits the same tests."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest

from mixlaw.laws import FORMS, Chinchilla, Form, Proportion, Transfer, fit_chinchilla
from mixlaw.laws.fit_proportion import fit_terms
from mixlaw.laws.fit_transfer import MixtureRows, fit_transfer
from mixlaw.laws.forms import form_from_json

M = 4
STEP = 1e-6


def grid(n: int = 60) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    return 10 ** rng.uniform(5, 9, n), 10 ** rng.uniform(6, 11, n), rng.dirichlet(np.ones(M), n)


class Conformance:
    """What holds for every form; subclasses give a planted form and its fit."""

    form: Form

    def refit(self, N: np.ndarray, D: np.ndarray, p: np.ndarray, loss: np.ndarray) -> Form:
        raise NotImplementedError

    def test_planted_parameters_are_recovered(self) -> None:
        N, D, p = grid(200)
        found = self.refit(N, D, p, self.form.loss(N, D, p))
        np.testing.assert_allclose(found.parameters, self.form.parameters, rtol=2e-2)
        np.testing.assert_allclose(found.loss(N, D, p), self.form.loss(N, D, p), rtol=2e-4)

    def test_gradient_by_parameters(self) -> None:
        N, D, p = grid()
        values = self.form.parameters
        for i, value in enumerate(values):
            step = np.zeros_like(values)
            step[i] = STEP * max(abs(value), 1e-2)
            rise = self.form.with_parameters(values + step).loss(N, D, p)
            fall = self.form.with_parameters(values - step).loss(N, D, p)
            expected = (rise - fall) / (2 * step[i])
            np.testing.assert_allclose(self.form.gradients(N, D, p).parameters[:, i], expected, rtol=1e-4, atol=1e-10)

    def test_gradient_by_shares(self) -> None:
        N, D, p = grid()
        for j in range(M):
            step = np.zeros(M)
            step[j] = STEP
            expected = (self.form.loss(N, D, p + step) - self.form.loss(N, D, p - step)) / (2 * STEP)
            np.testing.assert_allclose(self.form.gradients(N, D, p).shares[:, j], expected, rtol=1e-4, atol=1e-8)

    @pytest.mark.parametrize("name", ["N", "D"])
    def test_gradient_by_scale(self, name: str) -> None:
        N, D, p = grid()

        def factor(f: float) -> tuple[np.ndarray, np.ndarray]:
            return (N * f, D) if name == "N" else (N, D * f)

        base = N if name == "N" else D
        expected = (self.form.loss(*factor(1 + STEP), p) - self.form.loss(*factor(1 - STEP), p)) / (2 * STEP * base)
        np.testing.assert_allclose(getattr(self.form.gradients(N, D, p), name), expected, rtol=1e-4)

    def test_more_parameters_or_tokens_never_hurt(self) -> None:
        N, D, p = grid()
        gradients = self.form.gradients(N, D, p)
        assert np.all(gradients.N < 0)
        assert np.all(gradients.D < 0)

    def test_rows_are_independent(self) -> None:
        N, D, p = grid()
        alone = [self.form.loss(N[i : i + 1], D[i : i + 1], p[i : i + 1])[0] for i in range(len(N))]
        np.testing.assert_allclose(self.form.loss(N, D, p), alone, rtol=1e-13)

    def test_json_round_trip_is_exact(self) -> None:
        text = json.dumps(self.form.to_json(), allow_nan=False)
        assert form_from_json(self.form.name, json.loads(text)) == self.form

    def test_is_listed_and_documented(self) -> None:
        assert FORMS[self.form.name] is type(self.form)
        assert self.form.formula
        assert self.form.source
        assert len(self.form.parameters) == len(self.form.parameter_names)

    def test_is_frozen(self) -> None:
        with pytest.raises(AttributeError):
            setattr(self.form, type(self.form).__slots__[0], 0.0)


class TestChinchilla(Conformance):
    form = Chinchilla(E=1.69, A=406.4, B=410.7, alpha_N=0.34, alpha_D=0.28)

    def refit(self, N: np.ndarray, D: np.ndarray, p: np.ndarray, loss: np.ndarray) -> Form:
        return fit_chinchilla(N, D, loss).law

    def test_scales_of_the_papers_equation_1(self) -> None:
        law = self.form
        again = Chinchilla.from_scales(N_c=law.N_c, D_c=law.D_c, alpha_N=0.34, alpha_D=0.28, L_inf=1.69)
        np.testing.assert_allclose(again.parameters, law.parameters, rtol=1e-12)
        N, D, p = grid(3)
        by_hand = (law.N_c / N) ** 0.34 + (law.D_c / D) ** 0.28 + 1.69
        np.testing.assert_allclose(law.loss(N, D, p), by_hand, rtol=1e-12)


class TestTransfer(Conformance):
    form = Transfer(E=1.2, A=120.0, B=300.0, alpha_N=0.3, alpha_D=0.33, weights=(0.4, 1.0, 0.1, 0.02), own=1)

    def refit(self, N: np.ndarray, D: np.ndarray, p: np.ndarray, loss: np.ndarray) -> Form:
        return fit_transfer(MixtureRows(N=N, D=D, shares=p, loss=loss, own=1)).law

    def test_without_others_it_is_chinchilla_of_its_own_tokens(self) -> None:
        N, D, p = grid()
        alone = Transfer(E=1.2, A=120.0, B=300.0, alpha_N=0.3, alpha_D=0.33, weights=(0.0, 1.0, 0.0, 0.0), own=1)
        chinchilla = Chinchilla(E=1.2, A=120.0, B=300.0, alpha_N=0.3, alpha_D=0.33)
        np.testing.assert_allclose(alone.loss(N, D, p), chinchilla.loss(N, D * p[:, 1], p), rtol=1e-12)

    def test_a_constant_in_the_sum_would_be_the_same_law(self) -> None:
        """Why there is no eps: it is absorbed by the weights and B."""
        N, D, p = grid()
        eps, law = 0.05, self.form
        with_eps = law.E + law.A * N**-law.alpha_N + law.B * (D * (eps + p @ np.array(law.weights))) ** -law.alpha_D
        weights = tuple((w + eps) / (1 + eps) for w in law.weights)
        same = Transfer(
            E=law.E, A=law.A, B=law.B * (1 + eps) ** -law.alpha_D, alpha_N=0.3, alpha_D=0.33, weights=weights, own=1
        )
        np.testing.assert_allclose(same.loss(N, D, p), with_eps, rtol=1e-12)


class TestTransferOfDiminishingWorth(Conformance):
    form = Transfer(E=1.2, A=120.0, B=300.0, alpha_N=0.3, alpha_D=0.33, rho=0.5, weights=(0.4, 1.0, 0.1, 0.2), own=1)

    def refit(self, N: np.ndarray, D: np.ndarray, p: np.ndarray, loss: np.ndarray) -> Form:
        return fit_transfer(MixtureRows(N=N, D=D, shares=p, loss=loss, own=1)).law

    def test_trained_alone_rho_changes_nothing(self) -> None:
        N, D, _ = grid()
        alone = np.eye(M)[np.ones(len(N), dtype=int)]
        chinchilla = Chinchilla(E=1.2, A=120.0, B=300.0, alpha_N=0.3, alpha_D=0.33)
        np.testing.assert_allclose(self.form.loss(N, D, alone), chinchilla.loss(N, D, alone), rtol=1e-12)

    def test_it_is_convex_in_the_shares(self) -> None:
        N, D, p = grid(200)
        q = np.roll(p, 1, axis=0)
        middle = self.form.loss(N, D, (p + q) / 2)
        assert (middle <= (self.form.loss(N, D, p) + self.form.loss(N, D, q)) / 2 + 1e-12).all()

    def test_a_little_of_the_targets_own_cannot_be_replaced(self) -> None:
        N, D = np.full(2, 1e8), np.full(2, 1e9)
        p = np.array([[0.99, 0.01, 0.0, 0.0], [0.999, 0.001, 0.0, 0.0]])
        small, smaller = self.form.loss(N, D, p)
        additive = dataclasses.replace(self.form, rho=1.0).loss(N, D, p)
        assert smaller - small > 10 * (additive[1] - additive[0])


class TestTransferToAnUntrainedTarget(Conformance):
    form = Transfer(E=1.2, A=120.0, B=300.0, alpha_N=0.3, alpha_D=0.33, weights=(2.0, 1.0, 2.5, 0.2), own=None)

    def refit(self, N: np.ndarray, D: np.ndarray, p: np.ndarray, loss: np.ndarray) -> Form:
        return fit_transfer(MixtureRows(N=N, D=D, shares=p, loss=loss, own=None)).law


class TestProportion(Conformance):
    form = Proportion(
        A=0.4,
        B=0.6,
        gamma=0.8,
        alpha_N=(0.3, 0.25, 0.35, 0.2),
        alpha_D=(0.3, 0.28, 0.33, 0.4),
        L_inf=(0.5, 0.3, 0.2, 0.4),
        tau=((0.0, 0.1, 0.05, -0.02), (0.2, 0.0, 0.1, 0.1), (0.03, 0.02, 0.0, 0.01), (0.0, 0.05, 0.04, 0.0)),
    )

    def refit(self, N: np.ndarray, D: np.ndarray, p: np.ndarray, loss: np.ndarray) -> Form:
        forgotten = self.form.with_parameters(np.concatenate([[1.0, 1.0, 0.0], self.form.parameters[3:]]))
        return fit_terms(forgotten, N, D, p, loss)[0]

    def test_one_language_is_its_own_law(self) -> None:
        N, D, _ = grid(5)
        p = np.tile(np.eye(M)[2], (5, 1))
        expected = 0.4 * (N / 1e9) ** -0.35 + 0.6 * (D / 1e9) ** -0.33 + 0.2
        np.testing.assert_allclose(self.form.loss(N, D, p), expected, rtol=1e-12)

    def test_equation_7_by_hand(self) -> None:
        p = np.array([[0.5, 0.5, 0.0, 0.0]])
        np.testing.assert_allclose(self.form.synergy(p), 0.25 * 0.1 + 0.25 * 0.2)


del Conformance
