"""Reading pip-audit and SBOMs rightly, and an image that is built from pins."""

import json
import re

from tests.conftest import PROJECT
from tests.deploy.supply_chain import missing, read_audit

PINS = "numpy==2.3.0 \\\nPyYAML==6.0.3 \\\nold==1.0 ; python_version < '3.9' \\\n"


def _sbom(**packages: str) -> str:
    return json.dumps({"components": [{"name": n, "version": v} for n, v in packages.items()]})


def test_packages_that_were_not_looked_up_are_not_counted_as_audited() -> None:
    """pip-audit ends well when its service knows nothing; that is reported as nothing audited."""
    report = {"dependencies": [{"name": "numpy", "skip_reason": "not found"}], "fixes": []}
    found = read_audit(json.dumps(report))
    assert (found.audited, found.skipped, found.vulnerable) == (0, 1, ())


def test_a_vulnerability_is_named_with_its_remedy() -> None:
    """A known vulnerability is reported with package, version and the version that mends it."""
    flaw = {"id": "PYSEC-1", "fix_versions": ["2.0"]}
    report = {"dependencies": [{"name": "x", "version": "1.0", "vulns": [flaw]}], "fixes": []}
    assert read_audit(json.dumps(report)).vulnerable == ("x 1.0: PYSEC-1, mended in 2.0",)


def test_a_complete_sbom() -> None:
    """Names are compared as PyPI does; a requirement that is for other Pythons may be missing."""
    assert missing(PINS, _sbom(numpy="2.3.0", pyyaml="6.0.3")) == []


def test_a_version_for_each_python() -> None:
    """Where Pythons have different versions of a package, the SBOM may have any of them, and no other."""
    both = "numpy==2.4 ; python_version < '3.12' \\\nnumpy==2.5 ; python_version >= '3.12' \\\n"
    assert missing(both, _sbom(numpy="2.4")) == []
    assert missing(both, _sbom(numpy="2.3")) == ["numpy 2.4 or 2.5 is pinned but the SBOM has 2.3"]


def test_an_sbom_that_differs() -> None:
    """A package that is missing, of another version, or too many, is named."""
    assert missing(PINS, _sbom(numpy="2.2.0", extra="1")) == [
        "numpy 2.3.0 is pinned but the SBOM has 2.2.0",
        "pyyaml 6.0.3 is pinned but the SBOM has no such name",
        "extra is in the SBOM but not pinned",
    ]


def test_every_pin_has_a_hash() -> None:
    """No requirement is installed whose bytes are not known beforehand."""
    for file in (PROJECT / "requirements").glob("*.txt"):
        text = file.read_text(encoding="utf-8")
        entries = re.split(r"^(?=[A-Za-z])", text, flags=re.MULTILINE)[1:]
        assert entries
        assert all(re.match(r"\S+==", e) and "--hash=sha256:" in e for e in entries), file.name


def test_renew_writes_every_requirements_file() -> None:
    """requirements/renew renews each file of hashed requirements."""
    script = (PROJECT / "requirements/renew").read_text(encoding="utf-8")
    assert [
        f.name for f in (PROJECT / "requirements").glob("*.txt") if f"requirements/{f.name}" not in script
    ] == []


def test_the_image_runs_as_somebody_and_says_how_it_is() -> None:
    """The image has a user who is not root, a health check through `faqbot health`, and labels."""
    dockerfile = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
    last = dockerfile.rsplit("\nFROM ", 1)[1]
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert re.search(r'^HEALTHCHECK .* CMD \["faqbot", "health"\]$', last, re.MULTILINE)
    for label in ("title", "description", "licenses", "version", "revision"):
        assert f"org.opencontainers.image.{label}=" in last
