"""Making review statements: what is written, signed by ssh-keygen, and put in its place.

Signing goes through ssh-keygen, so that keys in an agent, in hardware or behind a passphrase
work as they do everywhere else. This program never reads a private key.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import yaml

from bot.content.review import FORMAT, NAMESPACE, Check, Checked, Decision, Reviewers, check_statement
from bot.content.review_files import REVIEWS, SIGNATURE, Subject
from bot.errors import FaqbotError, InputError

DAYS = 365
_HEAD = "# Signed: change one byte and it no longer counts. See docs/review-model.md.\n"


def statement_bytes(
    subject: Subject,
    sha256: str,
    reviewer: str,
    decision: Decision,
    checked: Sequence[Check],
    *,
    reviewed_on: date,
    days: int = DAYS,
    comment: str | None = None,
) -> bytes:
    """Return the bytes of a statement, ready to sign. A rejection has no end."""
    about = (
        {"file": subject.file} if subject.file else {"answer": subject.answer, "language": subject.language}
    )
    data: dict[str, object] = {
        "format": FORMAT,
        **about,
        "sha256": sha256,
        "reviewer": reviewer,
        "decision": decision,
        "reviewed_on": reviewed_on,
    }
    if decision == "approve":
        data["expires_on"] = reviewed_on + timedelta(days=days)
    data["checked"] = list(checked)
    if comment:
        data["comment"] = comment
    return (_HEAD + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=1000)).encode()


def sign(statement: bytes, key: Path) -> bytes:
    """Return the signature file that ssh-keygen makes with `key`. Raises FaqbotError."""
    if not key.exists():
        raise InputError(f"There is no key file {key}: give the path of your key, or of its .pub file.")
    command = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", NAMESPACE]
    done = _run(command, given=statement, stdout=subprocess.PIPE)
    if done.returncode != 0 or not done.stdout:
        raise FaqbotError(
            f"ssh-keygen could not sign with {key}; its own message is above. Nothing was written."
        )
    return bytes(done.stdout)


def accept(file: str, statement: bytes, signature: bytes, reviewers: Reviewers) -> Checked:
    """Return the statement as every reader will verify it. Raises FaqbotError where it would not count."""
    checked = check_statement(file, statement, signature, reviewers)
    if isinstance(checked, Checked):
        return checked
    raise FaqbotError(f"Nothing was written: what you signed would not count. {checked}")


def store(root: Path, file: str, statement: bytes, signature: bytes) -> None:
    """Put a statement and its signature in their place, each whole or not at all."""
    folder = (root / file).parent
    for part in (root / REVIEWS, folder):
        if part.is_symlink():
            raise FaqbotError(f"{part} is a symbolic link: make it a real folder, then sign again.")
        part.mkdir(exist_ok=True)
    for path, raw in ((root / (file + SIGNATURE), signature), (root / file, statement)):
        _write(path, raw)


def _write(path: Path, raw: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(raw)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise FaqbotError(f"{path} could not be written ({error.strerror}).") from None


def make_key(path: Path, kind: str, answers: Path, *, passphrase: bool) -> str:
    """Make a key pair with ssh-keygen and return the line of its .pub file. Raises FaqbotError."""
    path = path.expanduser().absolute()
    if path.exists():
        raise InputError(f"{path} exists already: choose another name. Nothing was overwritten.")
    if any((parent / ".git").exists() for parent in path.parents) or path.is_relative_to(answers.absolute()):
        raise InputError(f"{path} lies in a repository: a private key goes elsewhere, such as ~/.ssh.")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    command = ["ssh-keygen", "-q", "-t", kind, "-C", NAMESPACE, "-f", str(path)]
    if kind == "rsa":
        command += ["-b", "3072"]
    done = _run(command if passphrase else [*command, "-N", ""])
    public = path.with_name(path.name + ".pub")
    if done.returncode != 0 or not public.exists():
        raise FaqbotError("ssh-keygen could not make the key; its own message is above.")
    return public.read_text(encoding="utf-8").strip()


def _run(
    command: list[str], *, given: bytes | None = None, stdout: int | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run ssh-keygen with its questions and messages going straight to the person."""
    try:
        return subprocess.run(command, input=given, stdout=stdout, check=False)  # noqa: S603
    except FileNotFoundError:
        raise FaqbotError(
            "ssh-keygen is not installed: install OpenSSH (on Debian: openssh-client)."
        ) from None
