"""Approving and rejecting: what is written, and that OpenSSH alone can verify it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from bot.content.review import NAMESPACE
from bot.errors import FaqbotError, InputError
from tests.reviews.conftest import TODAY, Desk, Person


def ssh_verify(desk: Desk, statement: Path, person: Person, when: str = "20261201") -> bool:
    """Verify with OpenSSH alone, as docs/review-model.md tells anybody to."""
    signers = desk.root.parent / "allowed_signers"
    signers.write_text(desk.run("allowed-signers"))
    command = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", person.id, "-n", NAMESPACE]
    command += ["-s", f"{statement}.sig", "-O", f"verify-time={when}"]
    done = subprocess.run(command, input=statement.read_bytes(), capture_output=True, check=False)
    return done.returncode == 0


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa", "ecdsa384", "ecdsa521", "rsa"])
def test_openssh_verifies_what_approve_made(desk: Desk, keys: Callable[[str], Person], kind: str) -> None:
    """`ssh-keygen -Y verify` with our allowed_signers accepts our statement, and no changed one."""
    person = keys(kind)
    desk.list(person.entry())
    statement = desk.approve("liver", person)
    assert ssh_verify(desk, statement, person)
    statement.write_bytes(statement.read_bytes().replace(b"approve", b"approvE"))
    assert not ssh_verify(desk, statement, person)


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa", "ecdsa384", "ecdsa521", "rsa"])
def test_what_ssh_keygen_signed_is_served(desk: Desk, keys: Callable[[str], Person], kind: str) -> None:
    """A statement written by hand and signed with `ssh-keygen -Y sign` counts like one of ours."""
    person = keys(kind)
    desk.list(person.entry())
    statement = desk.root / "reviews" / "en" / f"liver.{person.id}.yaml"
    statement.parent.mkdir(parents=True)
    digest = desk.library().digests["en/safety/liver.yaml"]
    statement.write_text(
        f"format: faqbot-review-1\nlanguage: en\nanswer: liver\nsha256: {digest}\n"
        f"reviewer: {person.id}\nreviewed_on: 2026-11-22\nexpires_on: 2027-01-01\n"
        "decision: approve\nchecked: [text, sources]\n"
    )
    command = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(person.key), "-n", NAMESPACE, str(statement)]
    subprocess.run(command, check=True, capture_output=True)
    assert desk.served() == {"liver"}


def test_a_statement_says_what_was_reviewed(desk: Desk, alice: Person) -> None:
    """A statement names answer, language, digest, reviewer, decision, both dates and what was checked."""
    more = ("--checked", "text", "--checked", "sources", "--comment", "Read twice: äöü")
    data = yaml.safe_load(desk.approve("liver", alice, *more).read_text(encoding="utf-8"))
    assert data == {
        "format": "faqbot-review-1",
        "answer": "liver",
        "language": "en",
        "sha256": desk.library().digests["en/safety/liver.yaml"],
        "reviewer": "test_a",
        "decision": "approve",
        "reviewed_on": TODAY,
        "expires_on": TODAY.replace(year=2027),
        "checked": ["text", "sources"],
        "comment": "Read twice: äöü",
    }


def test_a_key_in_the_agent_signs(desk: Desk, keys: Callable[[str], Person], tmp_path: Path) -> None:
    """With `--key FILE.pub` the private key may live in ssh-agent alone."""
    person = keys("ed25519/agent")
    desk.list(person.entry())
    socket = Path("/tmp") / f"faqbot-agent-{os.getpid()}"  # noqa: S108  (a socket's path must be short)
    agent = subprocess.run(
        ["ssh-agent", "-s", "-a", str(socket)], capture_output=True, text=True, check=True
    ).stdout
    pid = agent.split("SSH_AGENT_PID=")[1].split(";")[0]
    environment = os.environ | {"SSH_AUTH_SOCK": str(socket), "SSH_AGENT_PID": pid}
    try:
        subprocess.run(["ssh-add", "-q", str(person.key)], env=environment, check=True)
        public = tmp_path / "only.pub"
        public.write_text(person.public)
        desk.environment["SSH_AUTH_SOCK"] = str(socket)
        os.environ["SSH_AUTH_SOCK"], before = str(socket), os.environ.get("SSH_AUTH_SOCK")
        desk.run("approve", "liver", "--as", person.id, "--key", str(public))
    finally:
        subprocess.run(["ssh-agent", "-k"], env=environment, check=True, capture_output=True)
        os.environ.pop("SSH_AUTH_SOCK")
        if before is not None:
            os.environ["SSH_AUTH_SOCK"] = before
    assert desk.served() == {"liver"}


def test_a_made_key_can_sign(desk: Desk, alice: Person, tmp_path: Path) -> None:
    """`keygen` makes a key and prints lines that, put into reviewers.yaml, let it sign."""
    path = tmp_path / "mine"
    said = desk.run("keygen", str(path), "--no-passphrase")
    entry = alice.entry() | yaml.safe_load(said[said.index("    keys:") :])
    desk.list(entry)
    desk.run("approve", "liver", "--as", alice.id, "--key", str(path))
    assert desk.served() == {"liver"}
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(InputError, match="exists already"):
        desk.run("keygen", str(path), "--no-passphrase")


def test_no_private_key_is_made_inside_a_repository(desk: Desk) -> None:
    """`keygen` refuses to put a private key where it would be committed."""
    (desk.root.parent / ".git").mkdir()
    for path in (desk.root / "key", desk.root.parent / "key"):
        with pytest.raises(InputError, match="a private key goes elsewhere"):
            desk.run("keygen", str(path), "--no-passphrase")


def test_every_refusal_is_a_sentence_and_writes_nothing(desk: Desk, alice: Person, bob: Person) -> None:
    """What cannot be signed is refused with the reason, and reviews/ stays as it was."""
    mine = ("--as", alice.id, "--key", str(alice.key))
    no_key = str(desk.root / "reviewers.yaml")
    liver = desk.library().digests["en/safety/liver.yaml"]
    cases: list[tuple[str, tuple[str, ...]]] = [
        ("did you mean liver", ("approve", "lver", *mine)),
        ("is not in .*reviewers.yaml .listed: test_a.", ("approve", "liver", "--as", "x", "--key", "y")),
        ("There is no key file", ("approve", "liver", "--as", alice.id, "--key", "/nowhere/key")),
        ("would not count.*does not list", ("approve", "liver", "--as", alice.id, "--key", str(bob.key))),
        ("is not what you read", ("approve", "liver", *mine, "--sha256", "0" * 12)),
        ("is not what you read", ("approve", "liver", *mine, "--sha256", liver[:4])),
        ("states an amount.*--checked amounts_exemption", ("approve", "naloxone", *mine)),
        (
            "could not sign",
            ("approve", "liver", "--as", alice.id, "--key", no_key),
        ),
    ]
    for why, command in cases:
        with pytest.raises(FaqbotError, match=why) as caught:
            desk.run(*command)
        assert "\n" not in str(caught.value)
    assert not (desk.root / "reviews").exists()
    desk.run("approve", "liver", *mine, "--sha256", liver[:12])
    assert desk.served() == {"liver"}


def test_signing_without_openssh_says_what_to_install(
    desk: Desk, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no ssh-keygen, signing says so; verifying goes on without it."""
    desk.approve("liver", alice)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(FaqbotError, match="install OpenSSH"):
        desk.run("approve", "liver", "--as", alice.id, "--key", str(alice.key))
    assert "1 statements, all good" in desk.run("verify")
    assert desk.served() == {"liver"}


def test_other_files_are_reviewed_the_same_way(desk: Desk, alice: Person) -> None:
    """Guardrails, caveats, messages and crisis files are signed by path, and verify in OpenSSH too."""
    for file, name in {
        "en/guardrails/crisis.yaml": "en.guardrails.crisis",
        "en/caveats.yaml": "en.caveats",
        "en/messages.yaml": "en.messages",
        "crisis/us.yaml": "crisis.us",
    }.items():
        statement = desk.approve(file, alice)
        assert statement.relative_to(desk.root).as_posix() == f"reviews/files/{name}.test_a.yaml"
        assert ssh_verify(desk, statement, alice)
    assert "4 statements, all good" in desk.run("verify")
    assert desk.served() == set()


def test_allowed_signers_carries_validity(desk: Desk, alice: Person) -> None:
    """A retired key is refused by OpenSSH at a later time, and a revoked one altogether."""
    statement = desk.approve("liver", alice)
    desk.list(alice.entry(valid_until=TODAY))
    assert ssh_verify(desk, statement, alice, when="20261122")
    assert not ssh_verify(desk, statement, alice, when="20261124")
    desk.list(alice.entry(revoked_on=TODAY))
    assert not ssh_verify(desk, statement, alice, when="20261122")
