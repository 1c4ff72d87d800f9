"""What changed since an approval, from the repository's history where there is one."""

from __future__ import annotations

import difflib
import hashlib
import subprocess
import unicodedata
from pathlib import Path

_MAX_COMMITS = 500
_SECONDS = 20
_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false")


def bytes_at(root: Path, file: str, sha256: str) -> bytes | None:
    """Return the committed version of `file` whose SHA-256 is `sha256`; None where none is found."""
    log = _git(root, "log", f"--max-count={_MAX_COMMITS}", "--format=%H", "--", file)
    for commit in (log or b"").decode("ascii", "replace").split():
        raw = _git(root, "cat-file", "blob", f"{commit}:./{file}")
        if raw is not None and hashlib.sha256(raw).hexdigest() == sha256:
            return raw
    return None


def difference(before: bytes, after: bytes) -> str:
    """Return a unified diff, with every invisible character made visible."""
    old, new = (raw.decode("utf-8", "replace").splitlines() for raw in (before, after))
    return "\n".join(visible(line) for line in difflib.unified_diff(old, new, "approved", "now", lineterm=""))


def visible(text: str) -> str:
    """Return `text` with control and direction characters spelled out, so that none can hide anything."""
    return "".join(
        f"<U+{ord(c):04X}>" if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c != "\n" else c
        for c in text
    )


def _git(root: Path, *arguments: str) -> bytes | None:
    try:
        done = subprocess.run(  # noqa: S603  (our own command, no shell; paths come after --)
            [*_GIT, "-C", str(root), *arguments], capture_output=True, check=False, timeout=_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
