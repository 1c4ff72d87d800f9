"""Read one YAML file as plain data, remembering the line of every key.

PyYAML's safe loader, with what it lets pass refused: duplicate keys, anchors and aliases
(which can blow a small file up to gigabytes), several documents in one file, huge files.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

MAX_BYTES = 1_000_000
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in a file: where, at which key, what is wrong, what to do."""

    file: str
    line: int
    key: str
    what: str
    fix: str

    def __str__(self) -> str:
        """Return `file:line: key: what is wrong; what to do`."""
        key = f" {self.key}:" if self.key else ""
        return f"{self.file}:{self.line}:{key} {self.what}; {self.fix}"


@dataclass
class Source:
    """One file read: its data, its exact bytes, and the line each key path starts on."""

    file: str
    raw: bytes
    data: Any = None
    lines: dict[KeyPath, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line_of(self, path: KeyPath) -> int:
        """Return the line (from 1) of `path`, or of its nearest parent that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: KeyPath, what: str, fix: str) -> Problem:
        """Return a Problem at `path` of this file."""
        return Problem(self.file, self.line_of(path), key_name(path), what, fix)


def key_name(path: KeyPath) -> str:
    """Return a key path as people read it: `sources[0].url`."""
    name = ""
    for part in path:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else part
    return name


def read_yaml(path: Path, shown_as: str) -> Source:
    """Read and parse `path`. What is wrong is collected in `.problems`, never raised."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        source = Source(shown_as, b"")
        source.problems.append(
            source.problem(
                (), f"cannot be read ({error.strerror})", "check that it exists and its permissions"
            )
        )
        return source
    return parse_yaml(raw, shown_as)


def parse_yaml(raw: bytes, shown_as: str) -> Source:
    """Parse the bytes of one file. Sequences become tuples, mappings plain dicts."""
    source = Source(shown_as, raw)
    if len(raw) > MAX_BYTES:
        source.problems.append(
            source.problem((), f"has {len(raw):,} bytes", f"keep a file under {MAX_BYTES:,} bytes")
        )
        return source
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        source.problems.append(Problem(shown_as, line, "", "is not UTF-8 text", "save the file as UTF-8"))
        return source
    try:
        _Reader(source, text).read()
    except yaml.YAMLError as error:
        source.problems.append(_syntax_problem(shown_as, error))
    except RecursionError:
        source.problems.append(source.problem((), "is nested too deeply", "flatten it"))
    return source


def _syntax_problem(shown_as: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or "is not valid YAML"
    return Problem(
        shown_as,
        mark.line + 1 if mark else 1,
        "",
        f"is not valid YAML ({what})",
        "check indentation, quotes and colons on this line and the one above",
    )


class _Reader:
    """Walks the node tree of one document, so that keys keep their lines."""

    def __init__(self, source: Source, text: str) -> None:
        self.source = source
        self.loader = _SafeLoader(text)
        self.seen: set[int] = set()

    def read(self) -> None:
        try:
            node = self.loader.get_single_node()
            if node is None:
                self.source.problems.append(self.source.problem((), "is empty", "fill it in or delete it"))
                return
            self.source.data = self.value(node, ())
        finally:
            self.loader.dispose()

    def value(self, node: Any, path: KeyPath) -> Any:
        self.source.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self.seen:
            self.complain(path, "uses a YAML alias (*name)", "write the text out instead")
            return None
        self.seen.add(id(node))
        if not node.tag.startswith("tag:yaml.org,2002:") or "python" in node.tag:
            self.complain(path, f"uses a YAML tag ({node.tag})", "write plain text, lists and keys only")
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.value(item, (*path, index)) for index, item in enumerate(node.value))
        return self.scalar(node, path)

    def mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = self.key(key_node, path)
            if key is None:
                continue
            if key in result:
                first = self.source.lines[(*path, key)]
                self.source.problems.append(
                    Problem(
                        self.source.file,
                        key_node.start_mark.line + 1,
                        key_name((*path, key)),
                        f"is here twice (first on line {first})",
                        "keep one of the two",
                    )
                )
                continue
            self.source.lines[(*path, key)] = key_node.start_mark.line + 1
            result[key] = self.value(value_node, (*path, key))
        return result

    def key(self, node: Any, path: KeyPath) -> str | None:
        if isinstance(node, yaml.ScalarNode) and node.tag != "tag:yaml.org,2002:merge":
            return str(node.value)
        self.source.problems.append(
            Problem(
                self.source.file,
                node.start_mark.line + 1,
                key_name(path),
                "has a key that is not a plain word",
                "use a simple name before the colon",
            )
        )
        return None

    def scalar(self, node: yaml.ScalarNode, path: KeyPath) -> Any:
        try:
            return self.loader.construct_object(node)
        except (yaml.YAMLError, ValueError) as error:
            what = getattr(error, "problem", None) or str(error)
            self.complain(path, f"cannot be read ({what})", "put the value in quotes")
            return None

    def complain(self, path: KeyPath, what: str, fix: str) -> None:
        self.source.problems.append(self.source.problem(path, what, fix))
