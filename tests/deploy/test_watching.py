"""Alerts and dashboard ask for figures that the bot has. Their queries are tried out by .ci/deploy."""

import re

import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.ops.metrics import Metrics
from tests.conftest import PROJECT
from tests.deploy.queries import alerts, metrics, panels, shown


def _kept() -> set[str]:
    """Return the names under which Prometheus knows the bot's figures."""
    figures = Metrics()
    figures.watch_queue(lambda: 0, lambda: 0.0)
    figures.watch_state(lambda: True)
    figures.watch_encoder(lambda: True)
    figures.watch_content(lambda: 0, lambda: 0.0, lambda: True)
    names = set()
    for family in text_string_to_metric_families(figures.text().decode()):
        ends = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum")}.get(family.type, ("",))
        names |= {f"{family.name}{end}" for end in ends}
    return names


def test_every_figure_asked_for_is_kept() -> None:
    """Each metric in an alert or on the dashboard is one that the bot keeps."""
    asked = metrics([rule["expr"] for rule in alerts()]) | metrics(shown())
    assert asked - _kept() == set()


def test_panels_name_alerts_that_exist() -> None:
    """A panel that names an alert names one of ours, and every alert but BotDown's kin is on a panel."""
    names = {rule["alert"] for rule in alerts()}
    said = {
        n
        for p in panels()
        for part in re.findall(r"[Aa]lerts?: ([\w, ]+)", p["description"])
        for n in part.split(", ")
    }
    assert said == names


def test_panels_do_not_overlap() -> None:
    """No two panels of the dashboard lie on the same spot, and none leaves the grid."""
    taken: set[tuple[int, int]] = set()
    for panel in panels():
        spot = panel["gridPos"]
        cells = {(spot["x"] + x, spot["y"] + y) for x in range(spot["w"]) for y in range(spot["h"])}
        assert not cells & taken, panel["title"]
        assert max(x for x, _ in cells) < 24, panel["title"]
        taken |= cells


def test_the_dashboard_asks_the_provisioned_source() -> None:
    """Every query goes to the data source that Grafana is given."""
    file = PROJECT / "deploy/grafana/provisioning/datasources/prometheus.yaml"
    (source,) = yaml.safe_load(file.read_text(encoding="utf-8"))["datasources"]
    assert {t["datasource"]["uid"] for p in panels() for t in p["targets"]} == {source["uid"]}


def test_every_alert_is_tried_out() -> None:
    """alerts_test.yaml has a case in which each alert fires, and one in which it does not."""
    file = PROJECT / "deploy/prometheus/alerts_test.yaml"
    cases = [
        c for t in yaml.safe_load(file.read_text(encoding="utf-8"))["tests"] for c in t["alert_rule_test"]
    ]
    names = {rule["alert"] for rule in alerts()}
    assert {case["alertname"] for case in cases if case.get("exp_alerts")} == names
    assert {case["alertname"] for case in cases if not case.get("exp_alerts")} == names
