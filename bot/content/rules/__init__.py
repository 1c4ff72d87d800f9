"""The rules of `faqbot check`, one function each, grouped by subject. RULES holds them all."""

from importlib import import_module
from pkgutil import iter_modules

from bot.content.rules.base import RULES, Change, Context, Finding, Rule, Tools

__all__ = ["RULES", "Change", "Context", "Finding", "Rule", "Tools"]

for _module in sorted(module.name for module in iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")
