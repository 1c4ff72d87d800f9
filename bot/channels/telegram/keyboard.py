"""The buttons below a message, and what pressing one sends back (at most 64 bytes).

    a:<answer>  t:<topic>  t  n      a Reply's own options (see bot.reply)
    b  b:<topic>:<page>              the browse menu, turned in place
    c:<country>                      a country was chosen
    +<answer>:<digest>               "Helpful"
    -<answer>:<digest>:<next> …      "Not what I asked", with the answers that came next

Answers and their files appear in the last two as short hashes, so that every id fits.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.content.model import Contact, CrisisCountry, Library
from bot.reply import TOPIC, TOPICS, Kind, Option, Reply, Role

PAGE = 8
"""Questions of a topic on one page of the browse menu."""
MAX_COPY = 8
FIND_HELPLINE = "https://findahelpline.com"
BROWSE, COUNTRY, HELPFUL, NOT_ASKED = "b", "c:", "+", "-"
_BACK, _FORTH = "‹", "›"
Rows = list[list[InlineKeyboardButton]]


@dataclass(frozen=True)
class Verdict:
    """What a feedback button says."""

    answer: str
    """id of the answer it was under"""
    digest: str
    """first 8 hex digits of the SHA-256 of the file that was shown"""
    next_best: tuple[str, ...]


class Keyboards:
    """Builds and reads buttons over one Library."""

    def __init__(self, library: Library) -> None:
        """Work out short names once."""
        self._library = library
        self._short = {answer: _short(answer) for answer in library.answers}
        self._long = {short: answer for answer, short in self._short.items()}
        countries = sorted(library.crisis.values(), key=lambda c: (len(c.country) > 2, c.name))
        self._countries = countries

    def under(self, reply: Reply, next_best: Iterable[str] = ()) -> InlineKeyboardMarkup | None:
        """Return the buttons that belong under a reply."""
        rows: Rows = []
        if reply.kind is Kind.CRISIS:
            rows += self._help_buttons(reply)
        rows += [[_button(option)] for option in reply.options]
        if reply.kind is Kind.ANSWER:
            rows.append(self._feedback(reply.answers[0], next_best))
            rows.append([self._say("all_topics", TOPICS)])
        elif reply.kind is Kind.NO_ANSWER and not any(o.action.startswith(TOPIC) for o in reply.options):
            rows.append([self._say("all_topics", TOPICS)])
        return InlineKeyboardMarkup(rows) if rows else None

    def menu(self, reply: Reply) -> InlineKeyboardMarkup:
        """Return the topics, as buttons that turn this very message into a topic's questions."""
        rows = [
            [InlineKeyboardButton(o.block.text, callback_data=f"{BROWSE}:{o.action.removeprefix(TOPIC)}:0")]
            for o in reply.options
        ]
        return InlineKeyboardMarkup(rows)

    def topic(self, reply: Reply, topic_id: str, page: int) -> InlineKeyboardMarkup:
        """Return one page of a topic's questions, with the ways to the other pages and back."""
        pages = -(-len(reply.options) // PAGE)
        page = max(0, min(page, pages - 1))
        rows = [[_button(option)] for option in reply.options[page * PAGE : (page + 1) * PAGE]]
        turn = [
            InlineKeyboardButton(sign, callback_data=f"{BROWSE}:{topic_id}:{target}")
            for sign, target in ((_BACK, page - 1), (_FORTH, page + 1))
            if 0 <= target < pages
        ]
        if turn:
            rows.append(turn)
        rows.append([self._say("all_topics", BROWSE)])
        return InlineKeyboardMarkup(rows)

    def countries(self) -> InlineKeyboardMarkup:
        """Return every country that has crisis lines, two in a row."""
        buttons = [
            InlineKeyboardButton(c.name, callback_data=f"{COUNTRY}{c.country}") for c in self._countries
        ]
        return InlineKeyboardMarkup([buttons[i : i + 2] for i in range(0, len(buttons), 2)])

    def verdict(self, data: str) -> Verdict | None:
        """Read a feedback button; None where the answer is no longer there."""
        answer, _, rest = data[1:].partition(":")
        digest, _, others = rest.partition(":")
        known = self._long.get(answer)
        if known is None or not digest.isalnum():
            return None
        return Verdict(known, digest[:8], tuple(self._long[o] for o in others.split() if o in self._long))

    def _feedback(self, answer: str, next_best: Iterable[str]) -> list[InlineKeyboardButton]:
        digest = self._library.digests.get(self._library.answer_file(answer), "0")[:8]
        mark = f"{self._short[answer]}:{digest}"
        others = " ".join(self._short[o] for o in next_best)
        return [
            self._say("helpful", f"{HELPFUL}{mark}"),
            self._say("not_asked", f"{NOT_ASKED}{mark}:{others}"),
        ]

    def _help_buttons(self, reply: Reply) -> Rows:
        """Return copy buttons for the numbers shown, and a way to lines everywhere else."""
        shown = {block.origin for block in reply.head if block.role is Role.HELPLINE}
        numbers = dict.fromkeys(
            contact.value
            for country in self._countries
            for contact in self._contacts(country, shown)
            if contact.how in ("call", "text")
        )
        buttons = [
            InlineKeyboardButton(f"📋 {number}", copy_text=CopyTextButton(number))
            for number in list(numbers)[:MAX_COPY]
        ]
        rows = [buttons[i : i + 2] for i in range(0, len(buttons), 2)]
        label = self._library.messages.find_helpline
        return [*rows, [InlineKeyboardButton(label, url=FIND_HELPLINE)]]

    def _contacts(self, country: CrisisCountry, shown: set[str]) -> Sequence[Contact]:
        file = self._library.crisis_file(country)
        return [c for r in country.resources if f"{file}#{r.id}" in shown for c in r.contacts]

    def _say(self, name: str, data: str) -> InlineKeyboardButton:
        return InlineKeyboardButton(getattr(self._library.messages, name), callback_data=data)


def without_feedback(
    keyboard: Iterable[Iterable[Mapping[str, Any]]],
) -> InlineKeyboardMarkup | None:
    """Return a keyboard as Telegram sent it, less its feedback buttons; None where none is left."""
    rows = []
    for row in keyboard:
        kept = [b for b in row if not str(b.get("callback_data", "")).startswith((HELPFUL, NOT_ASKED))]
        if kept:
            rows.append([InlineKeyboardButton.de_json(dict(button), None) for button in kept])
    return InlineKeyboardMarkup(rows) if rows else None


def _button(option: Option) -> InlineKeyboardButton:
    return InlineKeyboardButton(option.block.text, callback_data=option.action)


def _short(answer: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(answer.encode()).digest()[:4]).decode().rstrip("=")
