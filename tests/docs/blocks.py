"""Code blocks of our Markdown files, and how they want to be proved.

- A block marked `sh` is run, in the order of the file, in a copy of the project.
- `<!-- not run: why -->` on the line above: it cannot be run on just any machine.
- `<!-- runs until stopped -->` on the line above: it is started, used, and stopped with Ctrl-C.
- A block marked `console` holds commands after `$ ` and exactly what they print.
- A word after `sh` says that a test of its own runs it.
"""

import re
from dataclasses import dataclass

from tests.conftest import PROJECT

PAGES = ("README.md", "answers/README.md", "docs/*.md")
_BLOCK = re.compile(
    r"^(?:[ ]*<!-- (?P<note>[^\n]+?) -->\n)?(?P<indent>[ ]*)```(?P<kind>[^\n]*)\n(?P<text>.*?)^[ ]*```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    """One block."""

    page: str
    line: int
    kind: str
    note: str
    text: str

    def __str__(self) -> str:
        """Name it for the list of tests."""
        return f"{self.page}:{self.line}"


def pages() -> dict[str, str]:
    """Return the Markdown files that people are told to read."""
    files = sorted(file for pattern in PAGES for file in PROJECT.glob(pattern))
    return {file.relative_to(PROJECT).as_posix(): file.read_text(encoding="utf-8") for file in files}


def blocks() -> list[Block]:
    """Return all blocks of all pages."""
    return [
        Block(
            page,
            text.count("\n", 0, found.start("text")),
            found["kind"].strip(),
            found["note"] or "",
            re.sub(rf"^{found['indent']}", "", found["text"], flags=re.MULTILINE),
        )
        for page, text in pages().items()
        for found in _BLOCK.finditer(text)
    ]


def of_kind(kind: str) -> list[Block]:
    """Return the blocks marked `kind`."""
    return [block for block in blocks() if block.kind == kind]
