"""Where reviews lie below answers/, and reading them without being tricked.

A statement lies at `reviews/<language>/<answer>.<reviewer>.yaml`, one about another file at
`reviews/files/<its path with dots>.<reviewer>.yaml`; its signature beside it, with `.sig` added.
No symbolic link, device or file above its size is ever read.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REVIEWERS = "reviewers.yaml"
REVIEWS = "reviews"
FILES = "files"
MAX_STATEMENT = 16_384
MAX_REVIEWERS = 1_000_000
MAX_ENTRIES = 20_000
SIGNATURE = ".sig"
_OPEN = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC"))

_ID = r"[a-z0-9][a-z0-9_]{0,40}"
_LANGUAGE = r"[a-z]{2,3}(?:-[a-z0-9]{2,8})?"
_ANSWER = re.compile(rf"{REVIEWS}/({_LANGUAGE})/({_ID})\.({_ID})\.yaml", re.ASCII)
_FILE = re.compile(rf"{REVIEWS}/{FILES}/([a-z0-9][a-z0-9_-]*(?:\.{_ID}){{1,2}})\.({_ID})\.yaml", re.ASCII)


class FileRefusedError(ValueError):
    """A file that is not read; the message says why and what to do, after its name."""


@dataclass(frozen=True)
class Subject:
    """What a statement is about: an answer of a language, or any other file by its path."""

    language: str | None = None
    answer: str | None = None
    file: str | None = None

    def place(self, reviewer: str) -> str:
        """Return where the statement of `reviewer` on this lies, below answers/."""
        if self.file is not None:
            return f"{REVIEWS}/{FILES}/{self.file.removesuffix('.yaml').replace('/', '.')}.{reviewer}.yaml"
        return f"{REVIEWS}/{self.language}/{self.answer}.{reviewer}.yaml"


def parse_place(file: str) -> tuple[Subject, str] | None:
    """Return subject and reviewer id of a statement's path; None where it is no such path."""
    if found := _FILE.fullmatch(file):
        return Subject(file=found[1].replace(".", "/") + ".yaml"), found[2]
    if (found := _ANSWER.fullmatch(file)) and found[1] != FILES:
        return Subject(language=found[1], answer=found[2]), found[3]
    return None


def read_regular(root: Path, file: str, limit: int) -> bytes:
    """Return the bytes of `file` below `root`. Raises FileRefusedError, or FileNotFoundError."""
    for folder in list(Path(file).parents)[:-1]:
        if (root / folder).is_symlink():
            raise FileRefusedError(f"lies behind the symbolic link {folder}; make it a real folder")
    if (root / file).is_symlink():
        raise FileRefusedError("is a symbolic link; put the file itself there")
    try:
        descriptor = os.open(root / file, _OPEN)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise FileRefusedError(f"cannot be read ({error.strerror}); check its permissions") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise FileRefusedError("is no regular file; remove it")
    with os.fdopen(descriptor, "rb") as stream:
        raw = stream.read(limit + 1)
    if len(raw) > limit:
        raise FileRefusedError(f"has more than {limit:,} bytes; remove it, none needs that many")
    return raw


def entries(root: Path) -> Iterator[str]:
    """Yield every path below answers/ of what lies in reviews/, sorted; README and dotfiles left out.

    Symbolic links are yielded and not followed. Raises FileRefusedError when there are far too many.
    """
    folder = root / REVIEWS
    if folder.is_symlink():
        raise FileRefusedError("is a symbolic link; make it a real folder")
    if not folder.is_dir():
        return
    count = 0
    for language in sorted(_visible(folder)):
        if language.is_symlink() or not language.is_dir():
            yield language.relative_to(root).as_posix()
            continue
        for path in sorted(_visible(language)):
            count += 1
            if count > MAX_ENTRIES:
                raise FileRefusedError(f"holds more than {MAX_ENTRIES:,} files; remove what is no review")
            yield path.relative_to(root).as_posix()


def _visible(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as found:
        for entry in found:
            if not entry.name.startswith(".") and entry.name != "README.md":
                yield folder / entry.name
