from __future__ import annotations

import subprocess
import sys

import torch

from mixlaw.pretrain.machine.accelerator import has_gpu


def test_a_gpu_is_found_where_torch_finds_one() -> None:
    assert has_gpu() == torch.cuda.is_available()


def test_torch_is_imported_only_where_there_may_be_one() -> None:
    code = (
        "import sys; from mixlaw.pretrain.machine.accelerator import has_gpu; found = has_gpu(); "
        "import mixlaw.pretrain.placement; print(found or 'torch' in sys.modules)"
    )
    imported = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert imported == "False" or torch.version.cuda or torch.version.hip
