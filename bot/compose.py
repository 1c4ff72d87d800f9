"""`Composer`: the only place that builds a Reply. It chooses and orders blocks, and writes none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from bot.content.model import (
    GENERAL_CAVEAT,
    CrisisCountry,
    GuardrailKind,
    GuardrailReply,
    HelplineKind,
    Library,
    Region,
    Review,
    Topic,
)
from bot.reply import (
    NONE_OF_THESE,
    NOTHING_FOUND,
    OPEN,
    TOPIC,
    Block,
    Footer,
    Found,
    Kind,
    Option,
    Reply,
    Role,
)

SHOWN_REVIEWS = 2
SHOWN_REVIEWERS = 8
"""How many /about names; each answer names its own."""


def no_day() -> date:
    """Stand in for a clock where none was given: a day on which every approval has run out."""
    return date.max


@dataclass(frozen=True)
class Composer:
    """Builds replies for one country from one Library. Pure: `today` is asked at every answer."""

    library: Library
    region: Region | None = None
    drafts: bool = False
    reviews_required: int = 1
    today: Callable[[], date] = no_day
    country: CrisisCountry = field(init=False)
    footer: Footer = field(init=False)

    def __post_init__(self) -> None:
        """Look up the country and its footer once."""
        country = self.library.country(self.region)
        file = self.library.crisis_file(country)
        caveat = Block(
            f"{self.library.language}/caveats.yaml#{GENERAL_CAVEAT}",
            self.library.caveats[GENERAL_CAVEAT],
            Role.GENERAL_CAVEAT,
        )
        object.__setattr__(self, "country", country)
        line = Block(f"{file}#line", country.line, Role.CRISIS_LINE)
        object.__setattr__(self, "footer", Footer(caveat, line))

    # --- replies -------------------------------------------------------------------------

    def answer(self, answer_id: str, found: Found = NOTHING_FOUND, *, in_doubt: str | None = None) -> Reply:
        """Return the vetted answer, or the honest refusal where it is not approved.

        `in_doubt` names the notice rule that fired: one crisis text more comes first.
        """
        reviews = self.approvals(answer_id)
        if not reviews and not self.drafts:
            return self.not_reviewed(answer_id, found, in_doubt=in_doubt)
        answer = self.library.answers[answer_id]
        file = self.library.answer_file(answer_id)
        related = self.options(answer.see_also)
        head = (
            *self._opening(in_doubt, draft=not reviews),
            Block(f"{file}#title", answer.title, Role.TITLE),
            Block(f"{file}#answer", answer.answer, Role.BODY),
            *self._provenance(reviews),
            *self.helplines(answer.helplines, lead=True),
            *self._caveats(answer.caveats),
            *self._choices("see_also", related),
        )
        status = "reviewed" if reviews else "draft"
        return self._reply(Kind.ANSWER, head, found, answers=(answer_id,), options=related, status=status)

    def clarify(
        self,
        answer_ids: Iterable[str],
        found: Found,
        *,
        two_questions: bool = False,
        in_doubt: str | None = None,
    ) -> Reply:
        """Ask which of at most three titles was meant; "None of these" comes last.

        Only answers that may be sent are offered; where too few are, it says so.
        """
        asked = tuple(answer_ids)[:3]
        ids = self.served(asked)
        if len(ids) < len(asked) and len(ids) < (2 if two_questions else 1):
            missing = next(answer for answer in asked if answer not in ids)
            return self.not_reviewed(missing, found, ids, in_doubt=in_doubt)
        options = (*self.options(ids), self._none_of_these())
        lead = "two_questions" if two_questions else "clarify"
        head = (*self._opening(in_doubt), *self._choices(lead, options))
        return self._reply(Kind.CLARIFY, head, found, answers=ids, options=options)

    def no_answer(
        self, found: Found = NOTHING_FOUND, near: Iterable[str] = (), *, in_doubt: str | None = None
    ) -> Reply:
        """Say that there is no vetted answer; offer `near` titles and the topics."""
        return self._declined("no_answer", found, near, in_doubt)

    def not_reviewed(
        self, answer_id: str, found: Found, near: Iterable[str] = (), *, in_doubt: str | None = None
    ) -> Reply:
        """Say that clinicians have not approved our answer to this; offer those approved, `near` first."""
        topic = self.library.topic_of[answer_id]
        same_topic = (a for a, of in self.library.topic_of.items() if of == topic)
        others = (*near, *self.library.answers[answer_id].see_also, *same_topic)
        return self._declined("not_reviewed", found, dict.fromkeys(others), in_doubt)

    def crisis(
        self, category: str, reply: GuardrailReply, origin: str, found: Found, near: Iterable[str] = ()
    ) -> Reply:
        """Return a crisis reply: its text and numbers come before everything else.

        The titles `near` come last, for who asked an ordinary question and was in no danger.
        """
        ids = self.served(dict.fromkeys((*near, *reply.see_also)))[:3]
        options = self.options(ids)
        head = (
            Block(origin, reply.text, Role.CRISIS),
            *self.helplines(reply.helplines),
            *self._draft_line(),
            *self._choices("see_also", options),
        )
        return self._reply(Kind.CRISIS, head, found, options=options, answers=ids, crisis=category)

    def crisis_fallback(self) -> Reply:
        """Return the static reply for when the danger check itself fails."""
        head = (
            self._message("crisis_fallback", Role.CRISIS),
            *self.helplines(("emergency", "suicide", "poison")),
            *self._draft_line(),
        )
        return self._reply(Kind.CRISIS, head, Found(), crisis="unknown")

    def refusal(
        self,
        kind: GuardrailKind,
        reply: GuardrailReply,
        origin: str,
        found: Found,
        near: Iterable[str] = (),
        *,
        in_doubt: str | None = None,
    ) -> Reply:
        """Return a kind refusal (or small talk), with vetted answers that may help instead."""
        ids = self.served(dict.fromkeys((*near, *reply.see_also)))[:3]
        options = self.options(ids)
        head = (
            *self._opening(in_doubt),
            Block(origin, reply.text, Role.BODY),
            *self.helplines(reply.helplines),
            *self._choices("maybe_related", options),
        )
        return self._reply(Kind(kind), head, found, answers=ids, options=options)

    def message(self, name: str, kind: Kind = Kind.NO_ANSWER, *, topics: bool = False) -> Reply:
        """Return a fixed text of messages.yaml, with the browse menu where `topics`.

        Where there is nothing to browse, it says so instead.
        """
        options = self.topic_options() if topics else ()
        name = "none_approved" if topics and not options else name
        head = (*self._draft_line(), self._message(name), *(o.block for o in options))
        return self._reply(kind, head, NOTHING_FOUND, options=options)

    def crisis_lines(self) -> Reply:
        """Return every helpline of the country that a person in danger may need."""
        kinds: tuple[HelplineKind, ...] = ("emergency", "suicide", "poison", "overdose", "violence", "youth")
        head = (
            self._message("crisis_lines", Role.CRISIS),
            *self.helplines(kinds),
            *self._draft_line(),
        )
        return self._reply(Kind.CRISIS, head, NOTHING_FOUND, crisis="lines")

    def topic(self, topic_id: str) -> Reply:
        """Return the questions of one topic as options."""
        topic = next(t for t in self.library.topics if t.id == topic_id)
        options = self.options(topic.answers)
        title = self._topic(topic, Role.TITLE)
        choices = self._choices("topic", options) or (self._message("none_approved"),)
        head = (*self._draft_line(), title, *choices)
        return self._reply(Kind.SMALLTALK, head, NOTHING_FOUND, options=options)

    def about(self) -> Reply:
        """Say what this is, and who reviewed answers on what; or that nobody has."""
        reviewers = self._reviewers() or (self._message("about_unreviewed"),)
        head = (*self._draft_line(), self._message("about"), *reviewers)
        return self._reply(Kind.SMALLTALK, head, NOTHING_FOUND)

    def served(self, answer_ids: Iterable[str]) -> tuple[str, ...]:
        """Return those of these answers that may be sent today."""
        return tuple(a for a in answer_ids if self.drafts or self.approvals(a))

    def approvals(self, answer_id: str) -> tuple[Review, ...]:
        """Return the approvals that let this answer be served today; none where too few hold."""
        reviews = self.library.approvals(answer_id, self.today())
        return reviews if len({r.reviewer for r in reviews}) >= self.reviews_required else ()

    # --- blocks --------------------------------------------------------------------------

    def options(self, answer_ids: Iterable[str]) -> tuple[Option, ...]:
        """Return a button for each of these answers that may be sent today."""
        return tuple(
            Option(
                Block(f"{self.library.answer_file(i)}#title", self.library.answers[i].title, Role.OPTION),
                f"{OPEN}{i}",
            )
            for i in self.served(answer_ids)
        )

    def topic_options(self) -> tuple[Option, ...]:
        """Return a button for each topic in which there is something to read today."""
        return tuple(
            Option(self._topic(t, Role.OPTION), f"{TOPIC}{t.id}")
            for t in self.library.topics
            if self.served(t.answers)
        )

    def helplines(self, kinds: Iterable[HelplineKind], *, lead: bool = False) -> tuple[Block, ...]:
        """Return the country's lines of these kinds, in the country file's order."""
        wanted = set(kinds)
        file = self.library.crisis_file(self.country)
        lines = tuple(
            Block(f"{file}#{resource.id}", resource.text, Role.HELPLINE)
            for resource in self.country.resources
            if resource.kind in wanted
        )
        return (self._message("helplines", Role.LEAD), *lines) if lead and lines else lines

    def _declined(self, name: str, found: Found, near: Iterable[str], in_doubt: str | None) -> Reply:
        ids = self.served(near)[:3]
        options = self.options(ids)
        topics = self.topic_options()
        choices = self._choices("maybe_related", options) or self._choices("topics", topics)
        head = (
            *self._opening(in_doubt),
            self._message(name),
            *(choices or (self._message("none_approved"),)),
        )
        return self._reply(Kind.NO_ANSWER, head, found, answers=ids, options=options or topics)

    def _opening(self, in_doubt: str | None, *, draft: bool = True) -> tuple[Block, ...]:
        notice = (self._message("in_doubt", Role.CRISIS),) if in_doubt else ()
        return (*notice, *(self._draft_line() if draft else ()))

    def _draft_line(self) -> tuple[Block, ...]:
        return (self._message("draft", Role.DRAFT),) if self.drafts else ()

    def _caveats(self, names: Iterable[str]) -> tuple[Block, ...]:
        file = f"{self.library.language}/caveats.yaml"
        return tuple(Block(f"{file}#{n}", self.library.caveats[n], Role.CAVEAT) for n in names)

    def _provenance(self, reviews: Iterable[Review]) -> tuple[Block, ...]:
        blocks: list[Block] = []
        for review in tuple(reviews)[:SHOWN_REVIEWS]:
            name, profession, day = (Block(o, text, Role.PROVENANCE) for o, text in review.texts().items())
            by, on = (self._message(m, Role.PROVENANCE) for m in ("reviewed_by", "reviewed_on"))
            blocks += [by, name, profession, on, day]
        return tuple(blocks)

    def _reviewers(self) -> tuple[Block, ...]:
        """Return who has approvals that hold today, those with most first, each with their topics."""
        library, day = self.library, self.today()
        reviewed: dict[str, list[Review]] = {}
        topics: dict[str, set[str]] = {}
        for answer in library.answers:
            for review in library.approvals(answer, day):
                reviewed.setdefault(review.reviewer, []).append(review)
                topics.setdefault(review.reviewer, set()).add(library.topic_of[answer])
        blocks: list[Block] = []
        for reviewer in sorted(reviewed, key=lambda r: (-len(reviewed[r]), r))[:SHOWN_REVIEWERS]:
            name, profession = list(reviewed[reviewer][0].texts().items())[:2]
            blocks += [
                self._message("reviewed_by", Role.PROVENANCE),
                *(Block(origin, text, Role.PROVENANCE) for origin, text in (name, profession)),
                *(self._topic(t, Role.PROVENANCE) for t in library.topics if t.id in topics[reviewer]),
            ]
        return (self._message("about_reviewed", Role.LEAD), *blocks) if blocks else ()

    def _topic(self, topic: Topic, role: Role) -> Block:
        return Block(f"{self.library.language}/topics.yaml#{topic.id}", topic.title, role)

    def _choices(self, lead: str, options: tuple[Option, ...]) -> tuple[Block, ...]:
        return (self._message(lead, Role.LEAD), *(o.block for o in options)) if options else ()

    def _none_of_these(self) -> Option:
        return Option(self._message("none_of_these", Role.OPTION), NONE_OF_THESE)

    def _message(self, name: str, role: Role = Role.BODY) -> Block:
        origin = f"{self.library.language}/messages.yaml#{name}"
        return Block(origin, getattr(self.library.messages, name), role)

    def _reply(
        self,
        kind: Kind,
        head: tuple[Block, ...],
        found: Found,
        *,
        options: tuple[Option, ...] = (),
        answers: tuple[str, ...] = (),
        crisis: str | None = None,
        status: str = "draft",
    ) -> Reply:
        return Reply(
            kind=kind,
            head=head,
            footer=self.footer,
            options=options,
            answers=answers,
            crisis=crisis,
            score=found.score,
            matched=found.matched,
            rule=found.rule,
            status=status,
        )
