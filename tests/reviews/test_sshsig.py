"""SSH signatures: everything that ssh-keygen makes is accepted, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from bot.content.sshsig import SignatureError, parse_public_key, parse_signature, verify
from tests.reviews.conftest import KINDS, Person, make_key

NAMESPACE = "faqbot-review"
MESSAGE = b"answer: liver\n"


def sign(key: Path, message: bytes = MESSAGE, namespace: str = NAMESPACE, *options: str) -> bytes:
    command = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", namespace, *options]
    return subprocess.run(command, input=message, capture_output=True, check=True).stdout


def string(data: bytes | str) -> bytes:
    raw = data.encode() if isinstance(data, str) else data
    return len(raw).to_bytes(4, "big") + raw


def mpint(number: int) -> bytes:
    return string(number.to_bytes(number.bit_length() // 8 + 1, "big"))


def armor(blob: bytes) -> bytes:
    text = base64.b64encode(blob).decode()
    lines = [text[at : at + 70] for at in range(0, len(text), 70)]
    return "\n".join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""]).encode()


def blob_of(signature: bytes) -> bytes:
    return base64.b64decode(b"".join(signature.splitlines()[1:-1]))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("hash_name", ["sha256", "sha512"])
def test_what_ssh_keygen_signs_verifies(keys: Callable[[str], Person], kind: str, hash_name: str) -> None:
    """Signatures by ed25519, ecdsa (three curves) and rsa keys, with both hashes, are accepted."""
    person = keys(kind)
    signature = parse_signature(sign(person.key, MESSAGE, NAMESPACE, "-O", f"hashalg={hash_name}"))
    assert signature.key == parse_public_key(person.public)
    verify(MESSAGE, signature, NAMESPACE)
    with pytest.raises(SignatureError, match="changed"):
        verify(MESSAGE + b" ", signature, NAMESPACE)


@pytest.mark.parametrize("kind", ["ed25519", "rsa"])
def test_fingerprints_are_those_of_ssh_keygen(keys: Callable[[str], Person], kind: str) -> None:
    """A fingerprint reads as `ssh-keygen -l` prints it."""
    person = keys(kind)
    shown = subprocess.run(
        ["ssh-keygen", "-l", "-f", f"{person.key}.pub"], capture_output=True, text=True, check=True
    ).stdout
    key = parse_public_key(person.public)
    assert key.fingerprint in shown
    assert person.public.startswith(key.line)


def test_a_signature_for_another_purpose_is_refused(alice: Person) -> None:
    """A signature made for git or for a file cannot be passed off as a review."""
    with pytest.raises(SignatureError, match="another purpose"):
        verify(MESSAGE, parse_signature(sign(alice.key, MESSAGE, "git")), NAMESPACE)


def security_key(kind: str, *, touched: bool = True) -> tuple[str, bytes]:
    """Sign as a hardware key does, in software: public line and signature file."""
    application, tail = "ssh:", bytes([1 if touched else 0]) + (7).to_bytes(4, "big")
    signed = b"SSHSIG" + b"".join(
        string(s) for s in (NAMESPACE, "", "sha512", hashlib.sha512(MESSAGE).digest())
    )
    given = hashlib.sha256(application.encode()).digest() + tail + hashlib.sha256(signed).digest()
    if kind == "sk-ssh-ed25519@openssh.com":
        private = ed25519.Ed25519PrivateKey.generate()
        raw = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        key = string(kind) + string(raw) + string(application)
        made = string(private.sign(given))
    else:
        curve = ec.generate_private_key(ec.SECP256R1())
        point = curve.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        key = string(kind) + string("nistp256") + string(point) + string(application)
        r, s = decode_dss_signature(curve.sign(given, ec.ECDSA(hashes.SHA256())))
        made = string(mpint(r) + mpint(s))
    inner = string(kind) + made + tail
    blob = b"SSHSIG" + (1).to_bytes(4, "big") + string(key)
    blob += string(NAMESPACE) + string("") + string("sha512") + string(inner)
    return f"{kind} {base64.b64encode(key).decode()}", armor(blob)


@pytest.mark.parametrize("kind", ["sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com"])
def test_security_keys_verify_here_and_in_openssh(kind: str, tmp_path: Path) -> None:
    """What a hardware key signs is accepted by us and by ssh-keygen, and refused if nobody touched it."""
    public, signature = security_key(kind)
    parsed = parse_signature(signature)
    assert parsed.key == parse_public_key(public)
    verify(MESSAGE, parsed, NAMESPACE)
    (tmp_path / "signers").write_text(f"test_a {public}\n")
    (tmp_path / "sig").write_bytes(signature)
    command = ["ssh-keygen", "-Y", "verify", "-f", str(tmp_path / "signers"), "-I", "test_a"]
    command += ["-n", NAMESPACE, "-s", str(tmp_path / "sig")]
    subprocess.run(command, input=MESSAGE, check=True, capture_output=True)
    with pytest.raises(SignatureError, match="changed"):
        verify(MESSAGE + b"x", parsed, NAMESPACE)
    with pytest.raises(SignatureError, match="nobody touched"):
        verify(MESSAGE, parse_signature(security_key(kind, touched=False)[1]), NAMESPACE)


RESHAPED: dict[str, Callable[[bytes], bytes]] = {
    "no last line end": lambda raw: raw[:-1],
    "windows line ends": lambda raw: raw.replace(b"\n", b"\r\n"),
    "a space": lambda raw: raw.replace(b"\n", b" \n", 1),
    "one long line": lambda raw: raw[:30] + raw[30:-28].replace(b"\n", b"") + b"\n" + raw[-28:],
    "a comment": lambda raw: b"# fine\n" + raw,
    "trailing bytes": lambda raw: armor(blob_of(raw) + b"\0"),
    "another version": lambda raw: armor(blob_of(raw).replace(b"SSHSIG\0\0\0\1", b"SSHSIG\0\0\0\2")),
    "another magic": lambda raw: armor(blob_of(raw).replace(b"SSHSIG", b"SSHSIH")),
    "an unknown hash": lambda raw: armor(blob_of(raw).replace(b"sha512", b"sha1\0\0")),
    "huge": lambda raw: raw * 1000,
    "empty": lambda _: b"",
    "a length of gigabytes": lambda _: armor(b"SSHSIG\0\0\0\1\xff\xff\xff\xff"),
}


@pytest.mark.parametrize("how", RESHAPED)
def test_only_one_spelling_is_accepted(alice: Person, how: str) -> None:
    """A signature file that ssh-keygen would not write so is refused, even where its sense is the same."""
    raw = RESHAPED[how](sign(alice.key))
    with pytest.raises(SignatureError):
        verify(MESSAGE, parse_signature(raw), NAMESPACE)


def test_weak_and_unknown_keys_are_refused(tmp_path: Path, keys: Callable[[str], Person]) -> None:
    """Short RSA keys, certificates, unknown types and damaged lines are no keys, each with a reason."""
    rsa1024 = make_key(tmp_path / "short", "rsa", "1024")
    kind, data = keys("ed25519").public.split()[:2]
    blob = base64.b64decode(data)
    compressed = string("ecdsa-sha2-nistp256") + string("nistp256") + string(b"\2" + bytes(32))
    wrong_curve = string("ecdsa-sha2-nistp256") + string("nistp384") + string(b"\4" + bytes(96))
    cases = {
        rsa1024: "1024 bits",
        f"ssh-dss {base64.b64encode(string('ssh-dss')).decode()}": "not accepted",
        f"ssh-rsa {data}": "says ssh-rsa but holds",
        f"{kind} {base64.b64encode(blob[:-1]).decode()}": "cut short",
        f"{kind} {base64.b64encode(blob + b'x').decode()}": "left over",
        f"{kind} {data[:-3]}": "damaged",
        f"{kind}": "one line",
        f"{kind} {data}\n{kind} {data}": "one line",
        f"{kind} {data} {'x' * 9000}": "one line",
        f"ecdsa-sha2-nistp256 {base64.b64encode(compressed).decode()}": "damaged",
        f"ecdsa-sha2-nistp256 {base64.b64encode(wrong_curve).decode()}": "damaged",
    }
    for line, why in cases.items():
        with pytest.raises(SignatureError, match=why):
            parse_public_key(line)


def test_sha1_and_mixed_types_are_refused(keys: Callable[[str], Person]) -> None:
    """An RSA signature that says it is by SHA-1, or an ed25519 one that says rsa, is refused."""
    rsa = blob_of(sign(keys("rsa").key))
    old = rsa.replace(string("rsa-sha2-512"), string("ssh-rsa\0\0\0\0\0"))
    with pytest.raises(SignatureError, match="SHA-1"):
        verify(MESSAGE, parse_signature(armor(old)), NAMESPACE)
    mine = blob_of(sign(keys("ed25519").key))
    head, _, tail = mine.rpartition(string("ssh-ed25519"))
    with pytest.raises(SignatureError, match="another type"):
        verify(MESSAGE, parse_signature(armor(head + string("ssh-ed25510") + tail)), NAMESPACE)
