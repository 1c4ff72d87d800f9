"""SSH signatures (SSHSIG), read and verified without any external program.

The formats are OpenSSH's: PROTOCOL.sshsig for the envelope, RFC 4253, 5656, 8332 and 8709 and
PROTOCOL.u2f for keys and signatures. Only the one spelling that ssh-keygen writes is accepted,
so that no byte of a signature file can change without the signature being refused.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

MAX_SIGNATURE = 16_384
MAX_KEY_LINE = 8_192
_MAGIC = b"SSHSIG"
_BEGIN, _END = b"-----BEGIN SSH SIGNATURE-----\n", b"-----END SSH SIGNATURE-----\n"
_WIDTH = 70
_TOUCHED = 0x01
_HASHES = {b"sha256": hashlib.sha256, b"sha512": hashlib.sha512}
_CURVES: dict[bytes, tuple[ec.EllipticCurve, hashes.HashAlgorithm]] = {
    b"nistp256": (ec.SECP256R1(), hashes.SHA256()),
    b"nistp384": (ec.SECP384R1(), hashes.SHA384()),
    b"nistp521": (ec.SECP521R1(), hashes.SHA512()),
}
_RSA_HASHES: dict[bytes, hashes.HashAlgorithm] = {
    b"rsa-sha2-256": hashes.SHA256(),
    b"rsa-sha2-512": hashes.SHA512(),
}


class SignatureError(ValueError):
    """A key or signature that cannot be used; the message says why, after "it"."""


@dataclass(frozen=True)
class PublicKey:
    """An SSH public key: its type and its bytes on the wire."""

    kind: str
    blob: bytes

    @property
    def fingerprint(self) -> str:
        """Return the fingerprint as `ssh-keygen -l` prints it."""
        digest = base64.b64encode(hashlib.sha256(self.blob).digest())
        return f"SHA256:{digest.decode().rstrip('=')}"

    @property
    def line(self) -> str:
        """Return the key as one line of a .pub file, without a comment."""
        return f"{self.kind} {base64.b64encode(self.blob).decode()}"


@dataclass(frozen=True)
class Signature:
    """A signature file, taken apart: whose key, over what kind of hash, and the bytes."""

    key: PublicKey
    namespace: bytes
    hash_name: bytes
    blob: bytes


class _Reader:
    """Reads SSH wire data front to back, refusing what is cut short or left over."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, count: int) -> bytes:
        end = self.at + count
        if end > len(self.data):
            raise SignatureError("is cut short")
        self.at, start = end, self.at
        return self.data[start:end]

    def uint32(self) -> int:
        return int.from_bytes(self.take(4), "big")

    def string(self) -> bytes:
        return self.take(self.uint32())

    def mpint(self) -> int:
        raw = self.string()
        padded = len(raw) > 1 and raw[0] == 0 and raw[1] < 0x80
        if not raw or raw[0] >= 0x80 or padded or raw == b"\0":
            raise SignatureError("holds a number in a form that ssh-keygen does not write")
        return int.from_bytes(raw, "big")

    def end(self) -> None:
        if self.at != len(self.data):
            raise SignatureError("has bytes left over at its end")


@lru_cache(maxsize=1024)
def parse_public_key(line: str) -> PublicKey:
    """Return the key of one line of a .pub file. Raises SignatureError."""
    parts = line.split(maxsplit=2)
    if len(line) > MAX_KEY_LINE or len(parts) < 2 or "\n" in line.strip():
        raise SignatureError("is not one line of a .pub file (type, then letters and digits)")
    try:
        blob = base64.b64decode(parts[1], validate=True)
    except (binascii.Error, ValueError):
        raise SignatureError("is not one line of a .pub file (its letters and digits are damaged)") from None
    key = _public_key(blob)
    if key.kind != parts[0]:
        raise SignatureError(f"says {parts[0]} but holds a key of type {key.kind}")
    return key


def parse_signature(raw: bytes) -> Signature:
    """Take a signature file apart. Raises SignatureError for any spelling but ssh-keygen's."""
    if len(raw) > MAX_SIGNATURE:
        raise SignatureError(f"has more than {MAX_SIGNATURE:,} bytes")
    if not (raw.startswith(_BEGIN) and raw.endswith(_END)):
        raise SignatureError("does not begin and end as ssh-keygen writes it")
    try:
        blob = base64.b64decode(raw[len(_BEGIN) : -len(_END)])
    except (binascii.Error, ValueError):
        raise SignatureError("holds damaged letters between its first and last line") from None
    if _armor(blob) != raw:
        raise SignatureError("is not laid out as ssh-keygen writes it")
    return _signature(blob)


def verify(message: bytes, signature: Signature, namespace: str) -> None:
    """Return when `signature` was made over `message` in `namespace`. Raises SignatureError."""
    if signature.namespace != namespace.encode():
        raise SignatureError(f"was made for another purpose (its namespace is not {namespace})")
    digest = _HASHES[signature.hash_name](message).digest()
    parts = (signature.namespace, b"", signature.hash_name, digest)
    signed = _MAGIC + b"".join(_string(part) for part in parts)
    try:
        _VERIFIERS[signature.key.kind](_key_reader(signature.key), _Reader(signature.blob), signed)
    except (InvalidSignature, ValueError, UnsupportedAlgorithm) as error:
        if isinstance(error, SignatureError):
            raise
        raise SignatureError("does not fit the file it belongs to: one of the two was changed") from None


def _armor(blob: bytes) -> bytes:
    text = base64.b64encode(blob)
    lines = (text[at : at + _WIDTH] + b"\n" for at in range(0, len(text), _WIDTH))
    return _BEGIN + b"".join(lines) + _END


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def _signature(blob: bytes) -> Signature:
    reader = _Reader(blob)
    if reader.take(len(_MAGIC)) != _MAGIC:
        raise SignatureError("is not an SSH signature")
    if reader.uint32() != 1:
        raise SignatureError("has a version this program does not know")
    key = _public_key(reader.string())
    namespace, reserved, hash_name = reader.string(), reader.string(), reader.string()
    made = reader.string()
    reader.end()
    if reserved or hash_name not in _HASHES:
        raise SignatureError("uses a hash or an extension this program does not know")
    return Signature(key, namespace, hash_name, made)


def _public_key(blob: bytes) -> PublicKey:
    kind = _Reader(blob).string().decode("ascii", "replace")
    if kind not in _VERIFIERS:
        raise SignatureError(
            "names a type of key that is not accepted (ed25519, ecdsa, rsa, security keys are)"
        )
    key = PublicKey(kind, blob)
    try:
        _LOADERS[kind](_key_reader(key))
    except (ValueError, UnsupportedAlgorithm) as error:
        if isinstance(error, SignatureError):
            raise
        raise SignatureError("holds a public key that is damaged") from None
    return key


def _key_reader(key: PublicKey) -> _Reader:
    reader = _Reader(key.blob)
    reader.string()
    return reader


# --- keys ----------------------------------------------------------------------------------


def _load_ed25519(key: _Reader) -> ed25519.Ed25519PublicKey:
    public = ed25519.Ed25519PublicKey.from_public_bytes(key.string())
    key.end()
    return public


def _load_ecdsa(key: _Reader) -> tuple[ec.EllipticCurvePublicKey, hashes.HashAlgorithm]:
    public, algorithm = _ecdsa_point(key)
    key.end()
    return public, algorithm


def _ecdsa_point(key: _Reader) -> tuple[ec.EllipticCurvePublicKey, hashes.HashAlgorithm]:
    named = key.data[4 : 4 + int.from_bytes(key.data[:4], "big")].removesuffix(b"@openssh.com")
    curve_name, point = key.string(), key.string()
    if curve_name not in _CURVES or not named.endswith(curve_name) or point[:1] != b"\4":
        raise SignatureError("holds a public key that is damaged")
    curve, algorithm = _CURVES[curve_name]
    return ec.EllipticCurvePublicKey.from_encoded_point(curve, point), algorithm


def _load_rsa(key: _Reader) -> rsa.RSAPublicKey:
    exponent, modulus = key.mpint(), key.mpint()
    key.end()
    if not 2048 <= modulus.bit_length() <= 16_384:
        raise SignatureError(f"is an RSA key of {modulus.bit_length()} bits; use 3072 or more")
    return rsa.RSAPublicNumbers(exponent, modulus).public_key()


def _load_sk_ed25519(key: _Reader) -> tuple[ed25519.Ed25519PublicKey, bytes]:
    public = ed25519.Ed25519PublicKey.from_public_bytes(key.string())
    application = key.string()
    key.end()
    return public, application


def _load_sk_ecdsa(key: _Reader) -> tuple[ec.EllipticCurvePublicKey, hashes.HashAlgorithm, bytes]:
    public, algorithm = _ecdsa_point(key)
    application = key.string()
    key.end()
    return public, algorithm, application


# --- signatures ----------------------------------------------------------------------------


def _expect_kind(signature: _Reader, kind: bytes) -> None:
    if signature.string() != kind:
        raise SignatureError("is of another type than the key it names")


def _verify_ed25519(key: _Reader, signature: _Reader, signed: bytes) -> None:
    _expect_kind(signature, b"ssh-ed25519")
    made = signature.string()
    signature.end()
    _load_ed25519(key).verify(made, signed)


def _verify_ecdsa(key: _Reader, signature: _Reader, signed: bytes) -> None:
    _expect_kind(signature, _Reader(key.data).string())
    made = _ecdsa_pair(signature.string())
    signature.end()
    public, algorithm = _load_ecdsa(key)
    public.verify(made, signed, ec.ECDSA(algorithm))


def _ecdsa_pair(blob: bytes) -> bytes:
    reader = _Reader(blob)
    pair = encode_dss_signature(reader.mpint(), reader.mpint())
    reader.end()
    return pair


def _verify_rsa(key: _Reader, signature: _Reader, signed: bytes) -> None:
    algorithm = _RSA_HASHES.get(signature.string())
    if algorithm is None:
        raise SignatureError("uses SHA-1, which is not accepted; sign with OpenSSH 7.2 or newer")
    made = signature.string()
    signature.end()
    public = _load_rsa(key)
    if len(made) != (public.key_size + 7) // 8:
        raise SignatureError("is of another length than its key")
    public.verify(made, signed, padding.PKCS1v15(), algorithm)


def _security_key_data(signature: _Reader, application: bytes, signed: bytes) -> bytes:
    """Return what a security key signs: hashes, and proof that somebody touched it."""
    flags_and_counter = signature.take(5)
    signature.end()
    if not flags_and_counter[0] & _TOUCHED:
        raise SignatureError("was made by a security key that nobody touched")
    return hashlib.sha256(application).digest() + flags_and_counter + hashlib.sha256(signed).digest()


def _verify_sk_ed25519(key: _Reader, signature: _Reader, signed: bytes) -> None:
    _expect_kind(signature, b"sk-ssh-ed25519@openssh.com")
    made = signature.string()
    public, application = _load_sk_ed25519(key)
    public.verify(made, _security_key_data(signature, application, signed))


def _verify_sk_ecdsa(key: _Reader, signature: _Reader, signed: bytes) -> None:
    _expect_kind(signature, b"sk-ecdsa-sha2-nistp256@openssh.com")
    made = _ecdsa_pair(signature.string())
    public, algorithm, application = _load_sk_ecdsa(key)
    public.verify(made, _security_key_data(signature, application, signed), ec.ECDSA(algorithm))


_LOADERS: dict[str, Callable[[_Reader], object]] = {
    "ssh-ed25519": _load_ed25519,
    "ecdsa-sha2-nistp256": _load_ecdsa,
    "ecdsa-sha2-nistp384": _load_ecdsa,
    "ecdsa-sha2-nistp521": _load_ecdsa,
    "ssh-rsa": _load_rsa,
    "sk-ssh-ed25519@openssh.com": _load_sk_ed25519,
    "sk-ecdsa-sha2-nistp256@openssh.com": _load_sk_ecdsa,
}
_VERIFIERS: dict[str, Callable[[_Reader, _Reader, bytes], None]] = {
    "ssh-ed25519": _verify_ed25519,
    "ecdsa-sha2-nistp256": _verify_ecdsa,
    "ecdsa-sha2-nistp384": _verify_ecdsa,
    "ecdsa-sha2-nistp521": _verify_ecdsa,
    "ssh-rsa": _verify_rsa,
    "sk-ssh-ed25519@openssh.com": _verify_sk_ed25519,
    "sk-ecdsa-sha2-nistp256@openssh.com": _verify_sk_ecdsa,
}
