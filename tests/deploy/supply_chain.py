"""What .ci/supply-chain asks: known vulnerabilities, and whether the SBOM names all that runs.

python -m tests.deploy.supply_chain PIP_AUDIT SBOM
"""

# ruff: noqa: T201  (a command: it prints)

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)(?:\s*;\s*([^\\]+))?", re.MULTILINE)


@dataclass(frozen=True)
class Audit:
    """What pip-audit found out."""

    audited: int
    skipped: int
    vulnerable: tuple[str, ...]


def read_audit(report: str) -> Audit:
    """Read pip-audit's JSON. What its service does not know it calls skipped, and still ends well."""
    packages = json.loads(report)["dependencies"]
    skipped = sum("skip_reason" in package for package in packages)
    vulnerable = tuple(
        f"{package['name']} {package['version']}: {flaw['id']}, "
        f"mended in {', '.join(flaw['fix_versions']) or 'nothing yet'}"
        for package in packages
        for flaw in package.get("vulns", ())
    )
    return Audit(len(packages) - skipped, skipped, vulnerable)


def pins(text: str) -> dict[str, dict[str, str]]:
    """Return name → version → marker of a requirements file; other Pythons may have other versions."""
    found: dict[str, dict[str, str]] = {}
    for name, version, marker in _PIN.findall(text):
        found.setdefault(_plain(name), {})[version] = marker.strip()
    return found


def missing(requirements: str, sbom: str) -> list[str]:
    """Return what is pinned but is not in the SBOM with that version, or is there and not pinned."""
    listed = {_plain(part["name"]): part["version"] for part in json.loads(sbom)["components"]}
    wanted = pins(requirements)
    absent = [
        f"{name} {' or '.join(versions)} is pinned but the SBOM has {listed.get(name, 'no such name')}"
        for name, versions in wanted.items()
        if listed.get(name) not in versions and not (name not in listed and all(versions.values()))
    ]
    return absent + [f"{name} is in the SBOM but not pinned" for name in listed if name not in wanted]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def audit(pip_audit: str) -> None:
    """Ask pip-audit. Exits with 1 for a vulnerability; says so where it could not look."""
    file = REQUIREMENTS / "run.txt"
    command = [pip_audit, "-r", str(file), "--disable-pip", "--require-hashes", "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if not done.stdout.startswith("{"):
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        print(f"SKIPPED: pip-audit could not ask its service: {last[:200]}")
        return
    found = read_audit(done.stdout)
    if found.vulnerable:
        sys.exit("Known vulnerabilities:\n" + "\n".join(found.vulnerable))
    if found.audited == 0:
        print(f"SKIPPED: pip-audit's service knows none of {found.skipped} packages: nothing was audited.")
    else:
        print(f"pip-audit: {found.audited} packages without known flaws; {found.skipped} unknown to it.")


def check_sbom(file: Path) -> None:
    """Compare the SBOM with the pins. Exits with 1 where they differ."""
    if not file.is_file():
        print(f"SKIPPED: there is no {file}, because .ci/container did not build the image.")
        return
    sbom = file.read_text(encoding="utf-8")
    if faults := missing((REQUIREMENTS / "run.txt").read_text(encoding="utf-8"), sbom):
        sys.exit("The SBOM and requirements/run.txt differ:\n" + "\n".join(faults))
    print(f"SBOM: {len(json.loads(sbom)['components'])} packages, every pinned requirement among them")


if __name__ == "__main__":
    audit(sys.argv[1])
    check_sbom(Path(sys.argv[2]))
