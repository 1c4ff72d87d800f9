"""The manifests hold together. Their schemas are checked by .ci/deploy."""

from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from tests.conftest import PROJECT
from tests.deploy.kustomize import Manifest, compose, merge

KUBERNETES = PROJECT / "deploy/kubernetes"
OVERLAYS = ("polling", "webhook")
_WORKLOADS = ("Deployment", "StatefulSet")


def _overlay(name: str) -> list[Manifest]:
    return compose(KUBERNETES / "overlays" / name)


def _one(manifests: list[Manifest], kind: str, name: str = "faqbot") -> Any:
    (found,) = (m for m in manifests if m["kind"] == kind and m["metadata"]["name"] == name)
    return found


def _environment(manifests: list[Manifest]) -> dict[str, str]:
    (container,) = _one(manifests, "Deployment")["spec"]["template"]["spec"]["containers"]
    own = {e["name"]: e.get("value", "") for e in container["env"]}
    return {**_one(manifests, "ConfigMap")["data"], **own}


def test_every_file_belongs_to_a_kustomization() -> None:
    """No manifest lies about that no kustomization takes in."""
    for folder in (KUBERNETES / "base", *(KUBERNETES / "overlays" / name for name in OVERLAYS)):
        named = (folder / "kustomization.yaml").read_text(encoding="utf-8")
        assert [
            f.name for f in folder.glob("*.yaml") if f.name != "kustomization.yaml" and f.name not in named
        ] == []


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_pods_are_confined(overlay: str) -> None:
    """Every container runs as somebody, cannot become root, has no capability, and cannot write its root."""
    for manifest in _overlay(overlay):
        if manifest["kind"] not in _WORKLOADS:
            continue
        pod = manifest["spec"]["template"]["spec"]
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert pod["automountServiceAccountToken"] is False
        for container in pod["containers"]:
            limits = container["securityContext"]
            assert limits["readOnlyRootFilesystem"] is True
            assert limits["allowPrivilegeEscalation"] is False
            assert limits["capabilities"] == {"drop": ["ALL"]}
            assert "memory" in container["resources"]["limits"]


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_selectors_find_pods(overlay: str) -> None:
    """Every selector of a service, policy, budget or workload meets the labels of a pod."""
    manifests = _overlay(overlay)
    pods = [m["spec"]["template"]["metadata"]["labels"] for m in manifests if m["kind"] in _WORKLOADS]
    for manifest in manifests:
        spec = manifest.get("spec", {})
        selector = spec.get("podSelector") or spec.get("selector") or {}
        labels = selector.get("matchLabels", {} if manifest["kind"] == "NetworkPolicy" else selector)
        assert any(labels.items() <= pod.items() for pod in pods), manifest["metadata"]["name"]


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_settings_are_settings(overlay: str) -> None:
    """Every variable that the bot is given is one that it reads."""
    known = {n.upper() if n.startswith("telegram") else f"FAQBOT_{n.upper()}" for n in Settings.model_fields}
    assert set(_environment(_overlay(overlay))) - known <= {"REDIS_PASSWORD"}


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_no_secret_is_in_the_manifests(overlay: str) -> None:
    """Secrets are named, never held."""
    assert [m for m in _overlay(overlay) if m["kind"] == "Secret"] == []


def test_polling_never_runs_twice() -> None:
    """With polling there is one bot, and the old one ends before the new one starts."""
    deployment = _one(_overlay("polling"), "Deployment")
    assert deployment["spec"]["replicas"] == 1
    assert deployment["spec"]["strategy"] == {"type": "Recreate"}
    assert "FAQBOT_WEBHOOK_URL" not in _environment(_overlay("polling"))


def test_replicas_together_keep_to_telegrams_limit() -> None:
    """However many replicas run, together they send at most 30 messages a second."""
    manifests = _overlay("webhook")
    most = _one(manifests, "HorizontalPodAutoscaler")["spec"]["maxReplicas"]
    assert most * int(_environment(manifests)["FAQBOT_SENDS_PER_SECOND"]) <= 30


def test_the_webhooks_address_is_the_ingresss() -> None:
    """Telegram is told the host and path that the ingress passes on."""
    manifests = _overlay("webhook")
    (rule,) = _one(manifests, "Ingress")["spec"]["rules"]
    url = f"https://{rule['host']}{rule['http']['paths'][0]['path']}"
    assert _environment(manifests)["FAQBOT_WEBHOOK_URL"] == url


def test_a_lost_machine_leaves_bots_that_answer() -> None:
    """Three replicas or more; a drain may take one at a time."""
    manifests = _overlay("webhook")
    assert _one(manifests, "HorizontalPodAutoscaler")["spec"]["minReplicas"] == 3
    assert _one(manifests, "PodDisruptionBudget")["spec"]["minAvailable"] == 2


def test_merging_keeps_what_a_patch_does_not_name() -> None:
    """A patch changes the item of its name in a list and keeps the others."""
    base = {"env": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}], "args": ["x"]}
    change = {"env": [{"name": "B", "value": "3"}, {"name": "C", "value": "4"}], "args": ["y"]}
    values = {e["name"]: e["value"] for e in merge(base, change)["env"]}
    assert values == {"A": "1", "B": "3", "C": "4"}
    assert merge(base, change)["args"] == ["y"]


def test_what_the_composer_does_not_know_is_refused(tmp_path: Path) -> None:
    """A kustomization with a key that our composer ignores would be composed wrongly, so it is an error."""
    (tmp_path / "kustomization.yaml").write_text("resources: []\nnamePrefix: x\n", encoding="utf-8")
    with pytest.raises(ValueError, match="namePrefix"):
        compose(tmp_path)


def test_images_name_no_registry() -> None:
    """Images are named without a registry's host, so that everybody takes them from where they trust."""
    pods = chain.from_iterable(
        m["spec"]["template"]["spec"]["containers"]
        for name in OVERLAYS
        for m in _overlay(name)
        if m["kind"] in _WORKLOADS
    )
    assert [c["image"] for c in pods if "." in c["image"].split("/")[0].split(":")[0]] == []
