"""The part of kustomize that deploy/kubernetes uses, for machines without kubectl.

    python -m tests.deploy.kustomize FOLDER [EXPECTED]

Writes the composed manifests as YAML; with EXPECTED, a file that kubectl kustomize wrote, it ends
with 1 where the two differ. A key of a kustomization that is not known here is an error.
"""

import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

Manifest = dict[str, Any]
_KNOWN = {"apiVersion", "kind", "namespace", "labels", "resources", "patches"}
_KEYS = ("mountPath", "containerPort", "name")
"""What tells the items of a list apart, the first that all items have."""


def compose(folder: Path) -> list[Manifest]:
    """Return all manifests of a kustomization. Raises ValueError for what this cannot do."""
    file = folder / "kustomization.yaml"
    wanted = yaml.safe_load(file.read_text(encoding="utf-8"))
    if unknown := set(wanted) - _KNOWN:
        raise ValueError(f"{file}: {unknown} is not known here")
    manifests = [m for name in wanted["resources"] for m in _resource(folder / name)]
    for manifest in manifests:
        if manifest["kind"] != "Namespace":
            manifest["metadata"]["namespace"] = wanted["namespace"]
        for labels in wanted.get("labels", ()):
            manifest["metadata"].setdefault("labels", {}).update(labels["pairs"])
    for patch in wanted.get("patches", ()):
        _patch(manifests, patch, folder)
    return manifests


def _resource(path: Path) -> list[Manifest]:
    if path.is_dir():
        return compose(path)
    return [m for m in yaml.safe_load_all(path.read_text(encoding="utf-8")) if m]


def _patch(manifests: list[Manifest], patch: Manifest, folder: Path) -> None:
    if "path" in patch:
        change = yaml.safe_load((folder / patch["path"]).read_text(encoding="utf-8"))
        target = _find(manifests, change["kind"], change["metadata"]["name"])
        target.update(merge(target, change))
        return
    target = _find(manifests, patch["target"]["kind"], patch["target"]["name"])
    for step in yaml.safe_load(patch["patch"]):
        if step["op"] != "add":
            raise ValueError(f"op {step['op']} is not known here")
        *way, last = step["path"].strip("/").split("/")
        place = target
        for key in way:
            place = place[key]
        place[last] = step["value"]


def _find(manifests: list[Manifest], kind: str, name: str) -> Manifest:
    found = [m for m in manifests if m["kind"] == kind and m["metadata"]["name"] == name]
    if len(found) != 1:
        raise ValueError(f"{len(found)} manifests are {kind}/{name}, where a patch wants one")
    return found[0]


def merge(base: Any, change: Any) -> Any:
    """Return `base` with a strategic merge patch on top."""
    if isinstance(base, dict) and isinstance(change, dict):
        merged = deepcopy(base)
        for key, value in change.items():
            merged[key] = merge(base.get(key), value)
        return merged
    if isinstance(base, list) and isinstance(change, list):
        items = [*change, *base]
        key = next((k for k in _KEYS if all(isinstance(i, dict) and k in i for i in items)), None)
        if key is None:
            return deepcopy(change)
        both = {item[key]: item for item in base}
        for item in change:
            both[item[key]] = merge(both.get(item[key]), item)
        return list(both.values())
    return deepcopy(change)


def _sorted(value: Any) -> Any:
    """Return `value` with lists in an order that does not depend on who composed it."""
    if isinstance(value, dict):
        return {key: _sorted(inner) for key, inner in sorted(value.items())}
    if isinstance(value, list):
        return sorted((_sorted(item) for item in value), key=repr)
    return value


def main(folder: Path, expected: Path | None) -> None:
    """Write, or compare."""
    manifests = compose(folder)
    if expected is None:
        yaml.safe_dump_all(manifests, sys.stdout, sort_keys=False)
        return
    theirs = list(yaml.safe_load_all(expected.read_text(encoding="utf-8")))
    if _sorted(theirs) != _sorted(manifests):
        sys.exit(f"{folder}: tests/deploy/kustomize.py composes something else than {expected}.")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
