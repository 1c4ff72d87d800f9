"""Finds, verifies and loads a folder with a sentence encoder.

The folder holds `model.safetensors` (or `model-half.safetensors`, the same in half precision),
`vocab.txt` and `config.json`. Without a file `SHA256SUMS` they must be all-MiniLM-L6-v2 as
published (Apache-2.0); a folder with another model names its digests there.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from bot.encoder.tensors import Loaded, read
from bot.errors import FaqbotError
from bot.understand.encoder import Encoder, Shape

FULL, HALF, VOCABULARY, CONFIG, SUMS = (
    "model.safetensors", "model-half.safetensors", "vocab.txt", "config.json", "SHA256SUMS",
)  # fmt: skip
PUBLISHED = {
    FULL: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    HALF: "5a08b8a3f227680d97eef6c05e555be462da4c595e4bb3b834a928540b73a548",
    VOCABULARY: "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    CONFIG: "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
}
"""SHA-256 of each file of all-MiniLM-L6-v2."""

HERE = Path(".encoder")
BESIDE = Path(__file__).resolve().parent.parent.parent / ".encoder"


class EncoderUnavailableError(FaqbotError):
    """The encoder cannot be used; the sentence says why and what to do. The bot goes on without it."""


def find(setting: str | None) -> Path | None:
    """Return the folder that FAQBOT_ENCODER names; None for "off"; unset, .encoder here or beside the bot.

    Raises EncoderUnavailableError where there is no such folder.
    """
    if setting and setting.strip().lower() == "off":
        return None
    if setting:
        folder = Path(setting).expanduser()
        if folder.is_dir():
            return folder
        raise EncoderUnavailableError(f"FAQBOT_ENCODER names {folder}, which is not a folder.")
    for folder in (HERE, BESIDE):
        if folder.is_dir():
            return folder
    raise EncoderUnavailableError("There is no sentence encoder here: `make encoder` fetches it.")


def load(folder: Path) -> tuple[Encoder, str]:
    """Return the encoder in `folder`, verified, and the digest of its weights. Takes about 0.3 s.

    Raises EncoderUnavailableError for a file that is missing, cut short, altered or of another kind.
    """
    expected = _expected(folder)
    vocabulary = _verified(folder / VOCABULARY, expected)
    config = _verified(folder / CONFIG, expected)
    weights = _weights(weights_file(folder), expected)
    try:
        shape = _shape(config)
        pieces = vocabulary.decode("utf-8").removesuffix("\n").split("\n")
        encoder = Encoder(weights.tensors, [piece.rstrip("\r") for piece in pieces], shape)
    except (ValueError, IndexError) as error:
        raise EncoderUnavailableError(f"The encoder in {folder} does not fit together: {error}.") from None
    return encoder, weights.digest


def weights_file(folder: Path) -> Path:
    """Return the file with the weights in `folder`: in half precision where there is such a file."""
    return folder / HALF if (folder / HALF).exists() else folder / FULL


def models_like(digest: str) -> tuple[str, ...]:
    """Return the digests of the same weights in every precision that we know of."""
    published = (PUBLISHED[FULL], PUBLISHED[HALF])
    return published if digest in published else (digest,)


def _expected(folder: Path) -> Mapping[str, str]:
    path = folder / SUMS
    if not path.exists():
        return PUBLISHED
    try:
        lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        return {name.removeprefix("*"): digest.lower() for digest, name in lines}
    except (OSError, ValueError):
        raise EncoderUnavailableError(f"{path} cannot be read: write it with `sha256sum`.") from None


def _verified(path: Path, expected: Mapping[str, str]) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from None
    _compare(path, hashlib.sha256(content).hexdigest(), expected)
    return content


def _weights(path: Path, expected: Mapping[str, str]) -> Loaded:
    try:
        loaded = read(path)
    except OSError as error:
        raise _unreadable(path, error) from None
    except ValueError as error:
        raise EncoderUnavailableError(
            f"The encoder file {path} cannot be used: {error}. Fetch it again with `make encoder`."
        ) from None
    _compare(path, loaded.digest, expected)
    return loaded


def _unreadable(path: Path, error: OSError) -> EncoderUnavailableError:
    reason = error.strerror or str(error)
    return EncoderUnavailableError(
        f"The encoder file {path} cannot be read ({reason}): fetch it again with `make encoder`."
    )


def _compare(path: Path, digest: str, expected: Mapping[str, str]) -> None:
    if expected.get(path.name) != digest:
        raise EncoderUnavailableError(
            f"The encoder file {path} is not the one that was published (SHA-256 {digest[:12]}…): fetch it "
            f"again with `make encoder`, or name the digests of a model of your own in {path.parent / SUMS}."
        )


def _shape(config: bytes) -> Shape:
    told = json.loads(config)
    try:
        if told["hidden_act"] != "gelu" or told.get("position_embedding_type", "absolute") != "absolute":
            raise ValueError("only BERT models with gelu and absolute positions can be used")
        return Shape(heads=int(told["num_attention_heads"]), epsilon=float(told.get("layer_norm_eps", 1e-12)))
    except (KeyError, TypeError):
        raise ValueError("its config.json is not one of a BERT model") from None
