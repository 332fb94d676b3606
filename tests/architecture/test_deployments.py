"""Prefect passes over what it does not know in prefect.yaml in silence; here nothing is passed over."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
DEPLOYMENT_KEYS = {
    "name",
    "entrypoint",
    "description",
    "tags",
    "parameters",
    "concurrency_limit",
    "schedules",
    "work_pool",
}
SCHEDULE_KEYS = {"cron", "timezone", "active", "slug"}
DECLARED: dict[str, Any] = yaml.safe_load((PROJECT / "prefect.yaml").read_text())
DEPLOYMENTS = {each["name"]: each for each in DECLARED["deployments"]}


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_a_deployment_has_no_key_that_prefect_would_pass_over(name: str) -> None:
    assert DEPLOYMENTS[name].keys() <= DEPLOYMENT_KEYS
    assert {"name", "entrypoint", "description", "work_pool"} <= DEPLOYMENTS[name].keys()
    for schedule in DEPLOYMENTS[name].get("schedules", []):
        assert schedule.keys() <= SCHEDULE_KEYS


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_a_deployments_flow_can_be_loaded_the_way_a_worker_loads_it(name: str) -> None:
    from prefect import Flow

    file, function = DEPLOYMENTS[name]["entrypoint"].split(":")
    path = PROJECT / file
    spec = importlib.util.spec_from_file_location(f"worker_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    loaded = getattr(module, function)
    assert isinstance(loaded, Flow)
    assert loaded.persist_result is False
    assert loaded.log_prints is False


def test_the_night_runs_once_a_night_in_the_agencys_time_and_never_twice_at_once() -> None:
    night = DEPLOYMENTS["nightly"]
    (schedule,) = night["schedules"]
    assert schedule["timezone"] == "America/New_York"
    assert night["concurrency_limit"]["limit"] == 1


def test_the_forms_of_the_flows_ask_for_nothing_but_days_paths_numbers_and_names_of_staff() -> None:
    from prefect.utilities.callables import parameter_schema

    from flows import errands
    from flows.nightly import nightly

    flows = [
        nightly,
        *(getattr(errands, each["entrypoint"].split(":")[1]) for n, each in DEPLOYMENTS.items() if n != "nightly"),
    ]
    for each in flows:
        schema = parameter_schema(each.fn)
        for name, field in schema.properties.items():
            assert field.get("description"), f"{each.name}: {name} has no help in the form"


def test_no_file_in_flows_is_named_like_a_package_or_a_standard_module() -> None:
    taken = {"flows", "tasks", "expectations", "registry", *sys.stdlib_module_names}
    assert not {path.stem for path in (PROJECT / "flows").glob("*.py")} & taken
