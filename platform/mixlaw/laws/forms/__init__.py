"""The functional forms of laws, one file each; `FORMS` is the list of them by name."""

from collections.abc import Mapping
from typing import Any

from mixlaw.laws.forms.additive import Additive
from mixlaw.laws.forms.chinchilla import Chinchilla
from mixlaw.laws.forms.coupled import Coupled
from mixlaw.laws.forms.data_mixing import DataMixing
from mixlaw.laws.forms.ensemble import Ensemble
from mixlaw.laws.forms.form import Array, Form, Gradients
from mixlaw.laws.forms.gaussian_process import GaussianProcess
from mixlaw.laws.forms.joint import Joint
from mixlaw.laws.forms.proportion import Proportion
from mixlaw.laws.forms.proportion_free import ProportionFree
from mixlaw.laws.forms.regmix import RegMixLinear, RegMixTrees
from mixlaw.laws.forms.transfer import Transfer

_KNOWN: tuple[type[Form], ...] = (
    Chinchilla,
    Proportion,
    Transfer,
    Coupled,
    DataMixing,
    Additive,
    Joint,
    ProportionFree,
    RegMixLinear,
    RegMixTrees,
    GaussianProcess,
    Ensemble,
)
FORMS: dict[str, type[Form]] = {form.name: form for form in _KNOWN}


def form_from_json(name: str, data: Mapping[str, Any]) -> Form:
    """The form `name` from what its `to_json` gave. Raises KeyError for an unknown name."""
    return FORMS[name].from_json(data)


__all__ = [
    "FORMS",
    "Additive",
    "Array",
    "Chinchilla",
    "Coupled",
    "DataMixing",
    "Ensemble",
    "Form",
    "GaussianProcess",
    "Gradients",
    "Joint",
    "Proportion",
    "ProportionFree",
    "RegMixLinear",
    "RegMixTrees",
    "Transfer",
    "form_from_json",
]
