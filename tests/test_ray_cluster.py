"""ray_cluster.yaml against Ray's own schema and loader, offline, and the properties that keep it safe and cheap."""

from __future__ import annotations

import copy
import json
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import ray.autoscaler
import yaml
from packaging.requirements import Requirement
from ray.autoscaler._private.util import prepare_config, validate_config

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "ray_cluster.yaml").read_text()
GUIDE = (ROOT / "docs" / "cluster.md").read_text()
COMMANDS = (
    "setup_commands",
    "head_setup_commands",
    "worker_setup_commands",
    "head_start_ray_commands",
    "worker_start_ray_commands",
)


@pytest.fixture
def config() -> dict[str, Any]:
    return yaml.safe_load(TEXT)


def google(config: dict[str, Any]) -> dict[str, Any]:
    """The file with the changes for Google Cloud that the guide gives."""
    (block,) = re.findall(r"```yaml\n(.*?)```", GUIDE, flags=re.DOTALL)
    return config | yaml.safe_load(block)


def settings(config: dict[str, Any], home: Path) -> dict[str, str]:
    """The environment of a node, from running the first set-up command in a home folder of its own."""
    write, read = config["setup_commands"][0], ". ~/.mixlaw.env && env"
    script = f"{write} && {read}"
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=True)
    return dict(line.split("=", 1) for line in done.stdout.splitlines())


@pytest.mark.parametrize("variant", [lambda c: c, google], ids=["aws", "google"])  # pyright: ignore
def test_ray_s_schema_and_loader_accept_it(config: dict[str, Any], variant: Any) -> None:
    chosen = variant(config)
    schema = json.loads((Path(ray.autoscaler.__file__).parent / "ray-schema.json").read_text())
    jsonschema.validate(chosen, schema)
    prepared = prepare_config(copy.deepcopy(chosen))
    validate_config(prepared)
    assert prepared["available_node_types"].keys() == {"head", "gpu_worker"}
    # The common set-up comes first on both kinds of node.
    assert prepared["worker_setup_commands"] == [*config["setup_commands"], *config["worker_setup_commands"]]


def test_ray_refuses_what_it_should(config: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        validate_config(prepare_config(config | {"idle_timeout": 5}))


def test_gpu_nodes_come_from_zero_and_go_when_idle(config: dict[str, Any]) -> None:
    head, worker = (config["available_node_types"][name] for name in ("head", "gpu_worker"))
    assert worker["min_workers"] == 0
    assert 0 < worker["max_workers"] <= config["max_workers"]
    assert worker["resources"]["GPU"] > 0
    assert head["resources"]["GPU"] == 0
    assert 0 < config["idle_timeout_minutes"] <= 30


def test_the_dashboard_is_on_the_loopback_address_alone(config: dict[str, Any]) -> None:
    (start,) = [c for c in config["head_start_ray_commands"] if "ray start" in c]
    assert "--dashboard-host=127.0.0.1" in start
    assert "0.0.0.0" not in TEXT


def test_every_node_asks_for_the_token_and_has_it(config: dict[str, Any], tmp_path: Path) -> None:
    assert settings(config, tmp_path)["RAY_AUTH_MODE"] == "token"
    assert config["file_mounts"]["/home/ubuntu/.ray/auth_token"] == "~/.ray/auth_token"
    assert any("chmod 600 ~/.ray/auth_token" in c for c in config["setup_commands"])
    starts = [c for key in COMMANDS if key.endswith("start_ray_commands") for c in config[key]]
    assert all(c.startswith(". ~/.mixlaw.env && ") for c in starts)


def test_every_node_is_behind_the_user_s_own_firewall(config: dict[str, Any]) -> None:
    groups = [node["node_config"]["SecurityGroupIds"] for node in config["available_node_types"].values()]
    assert groups == [groups[0]] * len(groups)
    assert groups[0]


def test_the_shared_path_is_named_once_and_mounted_on_every_node(config: dict[str, Any], tmp_path: Path) -> None:
    path = settings(config, tmp_path)["MIXLAW_SHARED"]
    assert TEXT.count(path) == 1
    (mount,) = [c for c in config["setup_commands"] if "mount " in c]  # common: head and workers
    assert 'sudo mount "$MIXLAW_SHARED"' in mount
    assert "$MIXLAW_NFS" in mount


def test_settings_reach_jobs_with_the_node_s_own_python_first(config: dict[str, Any], tmp_path: Path) -> None:
    found = settings(config, tmp_path)
    assert found["PATH"].startswith(f"{tmp_path}/venv/bin:")
    assert found["MIXLAW_NFS"].startswith("fs-")
    again = config["setup_commands"][1]
    for _ in range(2):  # set up twice: one line
        subprocess.run(["bash", "-c", again], env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}, check=False)
    assert (tmp_path / ".bashrc").read_text() == ". ~/.mixlaw.env\n"


def test_commands_are_valid_shell(config: dict[str, Any]) -> None:
    for command in [c for key in COMMANDS for c in config[key]]:
        subprocess.run(["bash", "-n", "-c", command], check=True)


def test_the_package_is_installed_with_what_each_node_needs(config: dict[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for key, extra in (("head_setup_commands", "aws"), ("worker_setup_commands", "vllm")):
        assert extra in project["optional-dependencies"]
        assert f'"$HOME/mixlaw[{extra}]"' in config[key][0]
    mounted = {Path(remote).name for remote in config["file_mounts"] if "/mixlaw/" in remote}
    assert mounted >= {"pyproject.toml", "README.md", "LICENSE", "platform", "evaluation", "sweeps"}
    assert all((ROOT / name).exists() for name in mounted)


def test_ray_is_one_version_on_every_node_and_one_that_mixlaw_takes(config: dict[str, Any], tmp_path: Path) -> None:
    pinned = Requirement(settings(config, tmp_path)["MIXLAW_RAY"])
    (exact,) = pinned.specifier
    assert exact.operator == "=="
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (accepted,) = [r for r in map(Requirement, project["dependencies"]) if r.name == "ray"]
    assert accepted.specifier.contains(exact.version)


def test_the_guide_says_how_to_get_every_id_to_fill_in() -> None:
    for placeholder in set(re.findall(r"\w+-0123456789abcdef0", TEXT)):
        assert f"s/{placeholder}/$" in GUIDE
