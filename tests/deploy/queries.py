"""The queries of the dashboard and of the alerts, and the metrics that they name.

    python -m tests.deploy.queries

Writes the dashboard's queries as recording rules, for promtool to parse.
"""

import json
import re
import sys
from typing import Any

import yaml

from tests.conftest import PROJECT

ALERTS = PROJECT / "deploy/prometheus/alerts.yaml"
DASHBOARD = PROJECT / "deploy/grafana/dashboards/faqbot.json"
_METRIC = re.compile(r"\bfaqbot_\w+")


def panels() -> list[dict[str, Any]]:
    """Return the panels of the dashboard."""
    found: list[dict[str, Any]] = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    return found


def alerts() -> list[dict[str, Any]]:
    """Return the alert rules."""
    groups = yaml.safe_load(ALERTS.read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def shown() -> list[str]:
    """Return the dashboard's queries."""
    return [target["expr"] for panel in panels() for target in panel["targets"]]


def metrics(queries: list[str]) -> set[str]:
    """Return the names of our metrics in some queries."""
    return {name for query in queries for name in _METRIC.findall(query)}


if __name__ == "__main__":
    rules = [{"record": f"dashboard:query:{number}", "expr": query} for number, query in enumerate(shown())]
    yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}, sys.stdout)
