from __future__ import annotations

import numpy as np

from mixlaw.laws import Chinchilla


def test_scales_of_the_papers_equation_1() -> None:
    law = Chinchilla(E=1.69, A=406.4, B=410.7, alpha_N=0.34, alpha_D=0.28)
    again = Chinchilla.from_scales(N_c=law.N_c, D_c=law.D_c, alpha_N=0.34, alpha_D=0.28, L_inf=1.69)
    np.testing.assert_allclose(again.parameters, law.parameters, rtol=1e-12)
    N, D = np.array([1e6, 2e7, 3e8]), np.array([1e8, 1e9, 5e10])
    by_hand = (law.N_c / N) ** 0.34 + (law.D_c / D) ** 0.28 + 1.69
    np.testing.assert_allclose(law.loss(N, D, np.ones((3, 1))), by_hand, rtol=1e-12)
