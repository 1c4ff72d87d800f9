"""Files of trained numbers (.npz), read with care: nothing in one is ever executed."""

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAX_BYTES = 5_000_000
_ZIP = b"PK\x03\x04"


def read_arrays(path: Path) -> dict[str, NDArray[Any]] | None:
    """Return the arrays in `path` by name; None where there is no such file.

    Raises ValueError, saying what is wrong, where the file cannot be used.
    """
    if not path.is_file():
        return None
    if path.stat().st_size > MAX_BYTES:
        raise ValueError(f"has more than {MAX_BYTES:,} bytes")
    content = path.read_bytes()
    if not content.startswith(_ZIP):
        raise ValueError("cannot be read (it is no file of trained numbers)")
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            return dict(stored)
    except (OSError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(f"cannot be read ({error})") from None
