"""What is measured on: the shipped content, and public sets where they are present."""

import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from bot.understand.lexicon import Lexicon

PROJECT = Path(__file__).resolve().parent.parent
PUBLIC = PROJECT.parent / "shared" / "data"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Task:
    """Phrasings to build from, and questions to ask."""

    name: str
    phrasings: Mapping[str, Sequence[str]]
    questions: Sequence[tuple[str, str]]
    """(question, id of the right answer)."""
    outside: Sequence[str] = ()
    """Questions without an answer."""
    lexicon: Lexicon | None = None

    def misspelt(self) -> "Task":
        """Return this task with one random misspelling in every question."""
        rng = random.Random(7)
        return Task(
            f"{self.name}, misspelt",
            self.phrasings,
            [(misspell(text, rng), right) for text, right in self.questions],
            [misspell(text, rng) for text in self.outside],
            self.lexicon,
        )


def misspell(text: str, rng: random.Random) -> str:
    """Drop, double-strike, replace or swap a letter inside one word of four letters or more."""
    found = text.split()
    places = [i for i, word in enumerate(found) if len(word) >= 4 and word.isalpha()]
    if not places:
        return text
    place = rng.choice(places)
    word = found[place]
    at = rng.randrange(1, len(word) - 1)
    found[place] = rng.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + rng.choice(_LETTERS) + word[at:],
            word[:at] + rng.choice(_LETTERS) + word[at + 1 :],
        ]
    )
    return " ".join(found)


def clinc(per_intent: int, queries: int, seed: int, split: Literal["test", "val"] = "test") -> Task:
    """CLINC150 with so many phrasings an intent; a third as many out-of-scope questions as others.

    What is chosen is chosen on its validation questions (`val`; 100 of them are out of scope).
    """
    splits: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in (PUBLIC / "clinc150_full.tsv").read_text("utf-8").splitlines()[1:]:
        name, text, label = line.split("\t")
        splits[name].append((text, label))
    rng = random.Random(seed)
    by_intent: dict[str, list[str]] = defaultdict(list)
    for text, label in splits["train"]:
        by_intent[label].append(text)
    phrasings = {label: rng.sample(texts, per_intent) for label, texts in sorted(by_intent.items())}
    questions = rng.sample(splits[split], queries)
    outside = [text for text, _ in rng.sample(splits[f"oos_{split}"], queries // 3)]
    return Task(f"CLINC150, {per_intent} phrasings, seed {seed}", phrasings, questions, outside)


def stackfaq() -> Task:
    """StackFAQ: paraphrases against 125 questions, one phrasing each."""
    lines = [json.loads(line) for line in (PUBLIC / "stackfaq.jsonl").read_text("utf-8").splitlines() if line]
    phrasings = {str(entry["faq_id"]): [entry["question"]] for entry in lines}
    questions = [(text, str(entry["faq_id"])) for entry in lines for text in entry["paraphrases"]]
    return Task("StackFAQ, 1 phrasing", phrasings, questions)


def hint3() -> Task:
    """HINT3 v1, curekart: real traffic of one bot, half of it out of scope."""
    by_label: dict[str, list[str]] = defaultdict(list)
    questions: list[tuple[str, str]] = []
    outside: list[str] = []
    for line in (PUBLIC / "hint3_curekart.tsv").read_text("utf-8").splitlines()[1:]:
        bot, split, text, label = line.split("\t")
        if bot != "curekart":
            continue
        if split == "train":
            by_label[label].append(text)
        elif label == "NO_NODES_DETECTED":
            outside.append(text)
        else:
            questions.append((text, label))
    return Task("HINT3 curekart", by_label, questions, outside)


def shipped() -> tuple[dict[str, list[str]], Lexicon]:
    """Return the phrasings (question and title included) and the lexicon of the shipped content."""
    folder = PROJECT / "answers" / "en"
    phrasings: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*/*.yaml")):
        entry = yaml.safe_load(path.read_text("utf-8"))
        if "phrasings" in entry:
            phrasings[entry["id"]] = [entry["question"], entry["title"], *map(str, entry["phrasings"])]
    words = yaml.safe_load((folder / "lexicon.yaml").read_text("utf-8"))
    return phrasings, Lexicon(
        {term: list(map(str, forms)) for term, forms in words["synonyms"].items()},
        frozenset(map(str, words["protected"])),
        {group: list(map(str, terms)) for group, terms in words["distinguishing"].items()},
        frozenset(map(str, words["subjects"])),
    )


def folds(count: int, *, leave_out: int = 0) -> Iterator[Task]:
    """Yield the shipped phrasings in `count` parts: built from all but one part, asked that part.

    With `leave_out`, so many answers are left out of each; what asks for them is out of scope.
    """
    phrasings, lexicon = shipped()
    rng = random.Random(1)
    shuffled = {name: rng.sample(texts, len(texts)) for name, texts in phrasings.items()}
    for fold in range(count):
        missing = set(rng.sample(sorted(shuffled), leave_out))
        kept = {
            name: [text for i, text in enumerate(texts) if i % count != fold]
            for name, texts in shuffled.items()
            if name not in missing
        }
        asked = [(text, name) for name, texts in shuffled.items() for text in texts[fold::count]]
        yield Task(
            f"shipped, fold {fold + 1} of {count}",
            kept,
            [(text, name) for text, name in asked if name not in missing],
            [text for text, name in asked if name in missing],
            lexicon,
        )
