"""Reply: a sequence of blocks, and how they read as plain text.

Each block is a text of a content file, byte for byte, and names the file and key it comes from;
nothing is written in between. `bot.compose.Composer` is the only place that builds one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.content import markup


class Kind(StrEnum):
    """What sort of reply this is (the `kind` of the command-line contract)."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    NO_ANSWER = "no_answer"
    CRISIS = "crisis"
    DOSING = "dosing"
    SOURCING = "sourcing"
    SMALLTALK = "smalltalk"


class Role(StrEnum):
    """What a block is for; decides how it is shown, never what it says."""

    CRISIS = "crisis"
    HELPLINE = "helpline"
    DRAFT = "draft"
    TITLE = "title"
    BODY = "body"
    PROVENANCE = "provenance"
    CAVEAT = "caveat"
    LEAD = "lead"
    OPTION = "option"
    GENERAL_CAVEAT = "general_caveat"
    CRISIS_LINE = "crisis_line"


@dataclass(frozen=True)
class Block:
    """One text of a content file. `origin` is `file#key` below answers/."""

    origin: str
    text: str
    role: Role


@dataclass(frozen=True)
class Footer:
    """What every reply ends with: the general caveat and the crisis line of a country."""

    caveat: Block
    crisis_line: Block

    def __post_init__(self) -> None:
        """Refuse blocks that are not those two. Raises ValueError."""
        if self.caveat.role is not Role.GENERAL_CAVEAT or self.crisis_line.role is not Role.CRISIS_LINE:
            raise ValueError("a reply ends with the general caveat and a crisis line")


@dataclass(frozen=True)
class Option:
    """A button: its block, and what pressing it asks for (at most 64 bytes)."""

    block: Block
    action: str


@dataclass(frozen=True)
class Reply:
    """What a person reads. Only a Composer makes one; without a Footer none can be made."""

    kind: Kind
    head: tuple[Block, ...]
    footer: Footer
    options: tuple[Option, ...] = ()
    answers: tuple[str, ...] = ()
    crisis: str | None = None
    score: float = 0.0
    matched: str | None = None
    rule: str | None = None
    status: str = "draft"

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every block in reading order; the last two are the footer's."""
        return (*self.head, self.footer.caveat, self.footer.crisis_line)

    @property
    def text(self) -> str:
        """The whole reply as plain text, exactly as a person reads it in a terminal."""
        return plain_text(self.blocks)


def plain_text(blocks: Iterable[Block]) -> str:
    """Return blocks as plain text: a blank line between, lists and options on lines of their own."""
    text = ""
    previous: Block | None = None
    number = 0
    for block in blocks:
        shown = markup.plain(block.text)
        if block.role is Role.OPTION:
            number += 1
            shown = f"{number}. {shown}"
        elif block.role is Role.HELPLINE:
            shown = f"• {shown}"
        text += (gap(previous, block) if previous else "") + shown
        previous = block
    return text


def gap(previous: Block, block: Block) -> str:
    """Return what stands between two blocks on every channel; a reviewer is one line, with a comma."""
    if block.role is not previous.role or block.role not in (Role.OPTION, Role.HELPLINE, Role.PROVENANCE):
        return "\n\n"
    if block.role is not Role.PROVENANCE or block.origin.endswith("#reviewed_by"):
        return "\n"
    if previous.origin.endswith(".profession") and "topics.yaml#" in block.origin:
        return ": "
    return ", " if block.origin.endswith(".profession") or "topics.yaml#" in block.origin else " "


@dataclass(frozen=True)
class Found:
    """What led to a reply, for the contract's `score`, `matched` and `rule`."""

    score: float = 0.0
    matched: str | None = None
    rule: str | None = None


NOTHING_FOUND = Found()
OPEN, TOPIC, TOPICS, NONE_OF_THESE = "a:", "t:", "t", "n"
"""How the action of an option begins, or the whole of it."""
