"""The safetensors file format: a JSON header, then the tensors one after another.

https://huggingface.co/docs/safetensors, "Format": 8 bytes with the length of the header, little
endian; the header, name → dtype, shape, data_offsets; the data. Read front to back, so that the
digest is that of the very bytes that are used.
"""

import hashlib
import json
import math
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

Tensors = dict[str, NDArray[np.float16]]

_TYPES: dict[str, np.dtype[np.floating]] = {"F16": np.dtype("<f2"), "F32": np.dtype("<f4")}
_WIDTHS = {"BOOL": 1, "U8": 1, "I8": 1, "F16": 2, "BF16": 2, "I16": 2, "F32": 4, "I32": 4, "F64": 8, "I64": 8}
_LONGEST_HEADER = 1 << 20


class Loaded(NamedTuple):
    """The tensors of a file and the SHA-256 of the whole file, in hexadecimal."""

    tensors: Tensors
    digest: str


class _Entry(NamedTuple):
    name: str
    dtype: str
    shape: tuple[int, ...]
    size: int
    """In bytes."""


def read(path: Path) -> Loaded:
    """Read every tensor of floats, in half precision, which is all that meaning needs.

    Raises OSError where the file cannot be read, ValueError where it is no safetensors file or
    is cut short.
    """
    digest = hashlib.sha256()
    tensors: Tensors = {}
    with path.open("rb") as file:
        for entry in _header(file, digest):
            raw = _exactly(file, entry.size, digest)
            if entry.dtype in _TYPES:
                stored = np.frombuffer(raw, dtype=_TYPES[entry.dtype]).reshape(entry.shape)
                tensors[entry.name] = stored.astype(np.float16)
        if file.read(1):
            raise ValueError("it goes on after its last tensor")
    return Loaded(tensors, digest.hexdigest())


def write(path: Path, tensors: Mapping[str, NDArray[np.float16]]) -> None:
    """Write `tensors` in half precision. The same tensors always give the same bytes."""
    header: dict[str, object] = {}
    done = 0
    for name in sorted(tensors):
        size = tensors[name].size * 2
        shape = list(tensors[name].shape)
        header[name] = {"dtype": "F16", "shape": shape, "data_offsets": [done, done + size]}
        done += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for name in sorted(tensors):
            file.write(tensors[name].astype("<f2").tobytes())


def _header(file: BinaryIO, digest: "hashlib._Hash") -> Iterator[_Entry]:
    """Yield the entries in the order of their data, which must follow each other without gaps."""
    (length,) = struct.unpack("<Q", _exactly(file, 8, digest))
    if length > _LONGEST_HEADER:
        raise ValueError("its header is not one of a safetensors file")
    try:
        entries = _entries(json.loads(_exactly(file, length, digest)))
    except (AttributeError, KeyError, TypeError, UnicodeDecodeError, json.JSONDecodeError):
        raise ValueError("its header is not one of a safetensors file") from None
    done = 0
    for start, entry in sorted(entries):
        if start != done or entry.size != math.prod(entry.shape) * _WIDTHS.get(entry.dtype, 0):
            raise ValueError(f"its header is wrong about the tensor {entry.name}")
        done += entry.size
        yield entry


def _entries(header: dict[str, dict[str, object]]) -> list[tuple[int, _Entry]]:
    entries = []
    for name, told in header.items():
        if name == "__metadata__":
            continue
        start, end = map(int, told["data_offsets"])  # type: ignore[call-overload]
        shape = tuple(map(int, told["shape"]))  # type: ignore[call-overload]
        entries.append((start, _Entry(name, str(told["dtype"]), shape, end - start)))
    return entries


def _exactly(file: BinaryIO, size: int, digest: "hashlib._Hash") -> bytes:
    here = file.tell()
    data = file.read(size) if 0 <= size <= file.seek(0, 2) - file.seek(here) else b""
    if len(data) != size:
        raise ValueError("it is cut short")
    digest.update(data)
    return data
