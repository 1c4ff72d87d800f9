"""The rules of `faqbot check`, one function each, grouped by subject. RULES holds them all."""

from bot.content.rules import (
    crisis,
    files,
    guardrails,
    links,
    phrasings,
    replies,
    reviews,
    sources,
    wording,
)
from bot.content.rules.base import RULES, Change, Context, Finding, Rule, Tools

__all__ = [
    "RULES",
    "Change",
    "Context",
    "Finding",
    "Rule",
    "Tools",
    "crisis",
    "files",
    "guardrails",
    "links",
    "phrasings",
    "replies",
    "reviews",
    "sources",
    "wording",
]
