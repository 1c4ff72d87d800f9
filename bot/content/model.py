"""Frozen models of everything under answers/. One class a kind of file, or part of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from bot.content.learned import Learned
from bot.content.markup import MarkupError, parse
from bot.content.tuned import Tuned

MAX_TITLE = 40
Region = str
GENERAL_CAVEAT = "general"
INTERNATIONAL = "INTERNATIONAL"

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]{0,40}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^\S(.*\S)?$")]
HttpsUrl = Annotated[str, StringConstraints(pattern=r"^https://[^\s/]+\.[^\s]+$", max_length=500)]


def _checked_markup(text: str) -> str:
    try:
        pieces = parse(text)
    except MarkupError as error:
        raise ValueError(f"uses {error}") from None
    if not pieces:
        raise ValueError("is empty")
    return text


Text = Annotated[str, StringConstraints(min_length=1, max_length=4000), AfterValidator(_checked_markup)]
"""A text a person reads, in the small markup of `bot.content.markup`."""

HelplineKind = Literal[
    "emergency", "suicide", "poison", "addiction", "overdose", "youth", "violence", "pregnancy", "pets"
]
HELPLINE_ORDER: tuple[HelplineKind, ...] = (
    "emergency", "suicide", "poison", "addiction", "overdose", "youth", "violence", "pregnancy", "pets",
)  # fmt: skip
GuardrailKind = Literal["crisis", "dosing", "sourcing", "smalltalk"]


class Model(BaseModel):
    """Base: frozen, exact types, unknown keys refused."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Source(Model):
    """Where a statement of an answer comes from."""

    id: str | None = Field(None, description="Short name of the source in the project's fact sheet")
    title: Line
    publisher: Line
    url: HttpsUrl
    accessed: date = Field(description="Day it was read or looked for, as YYYY-MM-DD")
    seen: Literal["primary", "copy", "unverified"] = Field(
        description="What the writer read: the publisher's own text, a copy or summary, or nothing yet"
    )
    note: str | None = Field(None, description="Which copy was read, or which statement rests on it")


class Answer(Model):
    """One vetted answer: what is asked, how people ask it, and the exact text they get."""

    id: Identifier
    title: Annotated[str, StringConstraints(min_length=3, max_length=MAX_TITLE)] = Field(
        description=f"Text of a button, at most {MAX_TITLE} characters"
    )
    question: Line
    phrasings: tuple[Line, ...] = Field(
        min_length=15, description="How people really ask; matched against, never shown"
    )
    answer: Text
    caveats: tuple[Identifier, ...] = Field(
        (), max_length=4, description="Ids in caveats.yaml, on top of the general one"
    )
    see_also: tuple[Identifier, ...] = Field((), max_length=4, description="Ids of other answers")
    helplines: tuple[HelplineKind, ...] = Field(
        (), max_length=4, description="Kinds of line of the person's country to show under the answer"
    )
    amounts_exemption: Line | None = Field(
        None,
        description="Why this text may state an amount: emergency use of naloxone, as its package says",
    )
    sources: tuple[Source, ...] = Field(min_length=1)


class Topic(Model):
    """One entry of the browse menu, with its answers in order."""

    id: Identifier
    title: Annotated[str, StringConstraints(min_length=3, max_length=MAX_TITLE)]
    answers: tuple[Identifier, ...] = Field(min_length=1)


class Topics(Model):
    """answers/<language>/topics.yaml."""

    topics: tuple[Topic, ...] = Field(min_length=1)


class Caveats(Model):
    """answers/<language>/caveats.yaml: safety caveats by id."""

    caveats: Mapping[Identifier, Text]


class Messages(Model):
    """answers/<language>/messages.yaml: every fixed text that is no answer, caveat or refusal."""

    draft: Text = Field(description="Opens every reply that shows text no clinician has reviewed")
    welcome: Text
    help: Text
    topics: Text = Field(description="Above the browse menu")
    topic: Text = Field(description="Above the questions of one topic")
    clarify: Text = Field(description="Above 'did you mean' titles")
    two_questions: Text = Field(description="Above the titles when a message asks two things")
    none_of_these: Annotated[str, StringConstraints(min_length=3, max_length=MAX_TITLE)]
    after_none: Text = Field(description="After 'None of these'")
    no_answer: Text
    maybe_related: Text = Field(description="Above titles of answers that are near, not right")
    not_reviewed: Text = Field(description="When the matching answer is not approved yet")
    none_approved: Text = Field(description="In place of titles to choose from, where none is approved")
    too_long: Text
    empty: Text = Field(description="When a message holds no words")
    unreadable: Text = Field(description="When what came is not text")
    not_text: Text = Field(description="For voice, photos, stickers")
    error: Text
    crisis_fallback: Text = Field(description="When the danger check itself fails; always loaded")
    crisis_lines: Text = Field(description="Above all helplines of a country")
    in_doubt: Text = Field(description="One line more when danger is possible but unlikely")
    helplines: Text = Field(description="Above the helplines under an answer")
    see_also: Text = Field(description="Above related titles")
    reviewed_by: Line
    reviewed_on: Line
    privacy: Text
    about: Text = Field(description="What this is; whether anything is reviewed stands in the next two")
    about_unreviewed: Text = Field(description="After `about`, only while no review of an answer holds")
    about_reviewed: Text = Field(description="After `about`, above those who reviewed answers, with topics")
    late: Text = Field(description="Opens a reply to a message that waited long because the bot was down")
    too_many: Text = Field(description="Once, when one chat sends very many messages; then silence")
    choose_country: Text = Field(description="Above the countries whose crisis lines can be chosen")
    country_set: Text = Field(description="After a country was chosen")
    forgotten: Text = Field(description="After /forget")
    sources: Line = Field(description="Above the sources of an answer")
    thanks: Line = Field(description="Shown for a moment after a feedback button")
    helpful: Annotated[str, StringConstraints(min_length=3, max_length=MAX_TITLE)]
    not_asked: Annotated[str, StringConstraints(min_length=3, max_length=MAX_TITLE)]
    all_topics: Annotated[str, StringConstraints(min_length=3, max_length=MAX_TITLE)]
    find_helpline: Annotated[str, StringConstraints(min_length=3, max_length=MAX_TITLE)] = Field(
        description="Button that opens findahelpline.com"
    )
    command_topics: Line = Field(description="What Telegram's command menu says beside /topics")
    command_crisis: Line
    command_country: Line
    command_about: Line
    command_privacy: Line
    command_forget: Line
    command_help: Line
    profile: Annotated[str, StringConstraints(min_length=3, max_length=512)] = Field(
        description="What Telegram shows in an empty chat with the bot"
    )
    profile_short: Annotated[str, StringConstraints(min_length=3, max_length=120)] = Field(
        description="What Telegram shows on the bot's profile page"
    )


class Contact(Model):
    """One way to reach a helpline."""

    how: Literal["call", "text", "chat", "web"]
    value: Line
    send: str | None = Field(None, description="Keyword to send, for text lines that want one")


class CrisisResource(Model):
    """One helpline, as a person reads it and as the checks read it."""

    id: Identifier
    kind: HelplineKind
    text: Annotated[Text, StringConstraints(max_length=200)]
    contacts: tuple[Contact, ...]
    hours: str | None
    languages: tuple[str, ...]
    source_url: HttpsUrl | None
    evidence: Literal["seen", "seen_code", "unverified"]
    verified_on: date | None = Field(description="Day somebody checked it on its owner's site")
    note: str | None = None


class CrisisCountry(Model):
    """answers/crisis/<country>.yaml."""

    country: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2}|INTERNATIONAL)$")]
    name: Line
    line: Annotated[Text, StringConstraints(max_length=300)] = Field(
        description="The one line that ends every reply"
    )
    resources: tuple[CrisisResource, ...] = Field(min_length=1)


class Rule(Model):
    """One guardrail rule: word patterns, with what must and must not fire it."""

    id: Identifier
    category: Identifier
    looks_for: Line = Field(description="In plain words, for the clinician who reviews it")
    level: Literal["alarm", "notice"] = Field(
        "alarm",
        description="alarm: this reply instead of an answer. notice: in doubt; this reply only where "
        "the message also resembles labelled ones, else the answer (danger in doubt: and one line more)",
    )
    reply: Identifier
    patterns: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
    examples: tuple[str, ...] = Field(min_length=2)
    near_misses: tuple[str, ...] = Field(min_length=1)


class GuardrailReply(Model):
    """What is said when a rule fires."""

    text: Text
    helplines: tuple[HelplineKind, ...] = ()
    see_also: tuple[Identifier, ...] = ()


class Guardrail(Model):
    """answers/<language>/guardrails/<kind>.yaml."""

    kind: GuardrailKind
    sets: Mapping[Identifier, tuple[str, ...]] = Field(
        default_factory=dict, description="Named lists of words, used in patterns as <name>"
    )
    learned_reply: Identifier | None = Field(
        None, description="Reply when the recall layer fires and no rule does; a crisis has one a category"
    )
    replies: Mapping[Identifier, GuardrailReply]
    rules: tuple[Rule, ...] = Field(min_length=1)


Score = Annotated[float, Field(ge=0, le=100)]


class LexiconFile(Model):
    """answers/<language>/lexicon.yaml: what words mean here, for matching only."""

    synonyms: Mapping[str, tuple[str, ...]]
    protected: tuple[str, ...]
    distinguishing: Mapping[str, tuple[str, ...]]
    subjects: tuple[str, ...] = Field(
        default=(), description="What the bot is about; a question that names none of these is doubtful"
    )


Signal = Literal[
    "bias", "total", "ahead", "covered", "fuzzy", "unknown", "length", "meaning", "subject", "missing"
]


class Limits(Model):
    """How sure the matcher must be. Scores run from 0 to 100."""

    hit: Score = Field(description="An answer is sent from this score …")
    margin: Score = Field(description="… if it is so far ahead of the second")
    offer: Score = Field(description="“Did you mean” from this score of the best; below, no vetted answer")
    beside: Score = Field(description="Least score of the second and third title in it")
    near: Score = Field(description="Least score of a title beside “no vetted answer”")
    part: Score = Field(description="Least score of an answer to each of two questions in a message")
    weights: Mapping[Signal, float] = Field(
        default_factory=dict, description="What the score is made of: how much each kind of evidence counts"
    )


class Matching(Model):
    """answers/<language>/matching.yaml, written by `python -m benchmarks.fit --write`. Optional."""

    words: Limits | None = Field(default=None, description="Where words alone decide")
    with_encoder: Limits | None = Field(default=None, description="Where the sentence encoder was asked")


@dataclass(frozen=True)
class Review:
    """An approval of the present text, signed by a listed reviewer: who, and from when to when."""

    reviewer: str
    name: str
    profession: str
    reviewed_on: date
    ends: date
    """The first day on which it no longer holds."""
    key: str
    origin: str
    """The statement's file below answers/."""
    reviewer_origin: str
    """`file#key` of the reviewer in reviewers.yaml."""

    def holds_on(self, day: date, newest: date = date.min) -> bool:
        """Tell whether it holds on `day`; `newest` is a day that is known to have been."""
        return self.reviewed_on <= day and max(day, newest) < self.ends

    def texts(self) -> dict[str, str]:
        """Return origin → text of what a reply says about it."""
        return {
            f"{self.reviewer_origin}.name": self.name,
            f"{self.reviewer_origin}.profession": self.profession,
            f"{self.origin}#reviewed_on": self.reviewed_on.isoformat(),
        }


@dataclass(frozen=True)
class Library:
    """Everything a person can be told, in one language, checked and immutable."""

    language: str
    answers: Mapping[str, Answer]
    topic_of: Mapping[str, str]
    """Answer id → topic id (the folder its file is in)."""
    topics: tuple[Topic, ...]
    caveats: Mapping[str, str]
    messages: Messages
    crisis: Mapping[Region, CrisisCountry]
    guardrails: Mapping[GuardrailKind, Guardrail]
    lexicon: LexiconFile
    digests: Mapping[str, str]
    """File below answers/ → SHA-256 of its bytes, in hex."""
    reviews: Mapping[str, tuple[Review, ...]]
    """Answer id → approvals of its present text; which of them hold is a question of the day."""
    signed_on: Mapping[str, date] = field(default_factory=dict)
    """Statement file → the day it is dated, for every statement that verifies."""
    newest_review: date = date.min
    """A day that a valid statement proves to have been: no clock is believed below it."""
    learned: Learned | None = None
    """The trained numbers of the recall layer behind the guardrail rules."""
    tuned: Tuned | None = None
    """What the sentence encoder adds to that layer."""
    matching: Matching = field(default_factory=Matching)
    review_problems: tuple[str, ...] = ()
    """What is wrong with statements that do not count; the rest is served all the same."""

    def approvals(self, answer_id: str, day: date) -> tuple[Review, ...]:
        """Return the approvals of an answer that hold on `day`, newest first, one a reviewer."""
        reviews = self.reviews.get(answer_id, ())
        return tuple(review for review in reviews if review.holds_on(day, self.newest_review))

    def country(self, region: Region | None) -> CrisisCountry:
        """Return the crisis resources of `region`, or the international ones."""
        return self.crisis.get((region or INTERNATIONAL).upper(), self.crisis[INTERNATIONAL])

    def phrasings(self) -> dict[str, tuple[str, ...]]:
        """Return what the matcher learns from: each answer's title, question and phrasings."""
        return {a.id: (a.title, a.question, *a.phrasings) for a in self.answers.values()}

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield (origin, text) of every text that a reply may hold; origin is `file#key`."""
        here = self.language
        for answer in self.answers.values():
            file = self.answer_file(answer.id)
            yield f"{file}#title", answer.title
            yield f"{file}#answer", answer.answer
        for name, text in self.caveats.items():
            yield f"{here}/caveats.yaml#{name}", text
        for name, text in self.messages:
            yield f"{here}/messages.yaml#{name}", text
        for topic in self.topics:
            yield f"{here}/topics.yaml#{topic.id}", topic.title
        for country in self.crisis.values():
            file = self.crisis_file(country)
            yield f"{file}#line", country.line
            for resource in country.resources:
                yield f"{file}#{resource.id}", resource.text
        for kind, guardrail in self.guardrails.items():
            for name, reply in guardrail.replies.items():
                yield f"{here}/guardrails/{kind}.yaml#{name}", reply.text
        yield from self._review_texts()

    def _review_texts(self) -> Iterator[tuple[str, str]]:
        for reviews in self.reviews.values():
            for review in reviews:
                yield from review.texts().items()

    def answer_file(self, answer_id: str) -> str:
        """Return the path of an answer's file below answers/."""
        return f"{self.language}/{self.topic_of[answer_id]}/{answer_id}.yaml"

    @staticmethod
    def crisis_file(country: CrisisCountry) -> str:
        """Return the path of a country's file below answers/."""
        return f"crisis/{country.country.lower()}.yaml"
