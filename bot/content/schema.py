"""JSON Schemas of the content files, made from the models, so that editors can help writers."""

import json
from pathlib import Path
from typing import Any

from bot.content.model import (
    Answer,
    Caveats,
    CrisisCountry,
    Guardrail,
    LexiconFile,
    Matching,
    Messages,
    Model,
    Topics,
)

_FILES: dict[str, type[Model]] = {
    "answer.json": Answer,
    "caveats.json": Caveats,
    "crisis.json": CrisisCountry,
    "guardrail.json": Guardrail,
    "lexicon.json": LexiconFile,
    "matching.json": Matching,
    "messages.json": Messages,
    "topics.json": Topics,
}


def schemas() -> dict[str, dict[str, Any]]:
    """Return file name → JSON Schema (draft 2020-12)."""
    return {name: model.model_json_schema() for name, model in _FILES.items()}


def stale(folder: Path) -> dict[str, str]:
    """Return file name → right text, for every schema in `folder` that is missing or differs."""
    behind: dict[str, str] = {}
    for name, schema in schemas().items():
        text = json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            behind[name] = text
    return behind
