"""The matcher, over small content of its own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understand.lexicon import Lexicon
from bot.understand.match import Ambiguous, Hit, Matcher, Miss, Thresholds

PHRASINGS = {
    "legal": ["is kratom legal", "kratom laws in my state", "is it legal to have", "banned states kratom"],
    "tests": ["will kratom show on a drug test", "urine screen kratom", "does it show up on a test"],
    "liver": ["can kratom hurt my liver", "kratom liver damage", "yellow eyes after kratom", "liver enzymes"],
    "safe": ["is it ok to take kratom", "is kratom dangerous", "how risky is kratom"],
    "stimulants": ["kratom with adderall", "mixing adderall and kratom", "vyvanse together with kratom"],
    "pregnancy": [
        "kratom while pregnant",
        "is kratom bad in pregnancy",
        "expecting a baby and taking kratom",
    ],
    "withdrawal": [
        "kratom withdrawal symptoms",
        "how long does withdrawal last",
        "withdrawal shakes and sweats",
    ],
}
LEXICON = Lexicon(
    synonyms={"withdrawal": ["wd", "wds", "dope sick"], "7-hydroxymitragynine": ["7oh", "7-oh"]},
    protected=frozenset({"krato"}),
    distinguishing={"stimulants": ["adderall", "vyvanse"], "pregnancy": ["pregnant", "pregnancy"]},
)
TEXTS = st.one_of(
    st.text(max_size=60), st.sampled_from([t for several in PHRASINGS.values() for t in several])
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    """Return a matcher over the content above."""
    return Matcher(PHRASINGS, lexicon=LEXICON)


_SHARED = Matcher(PHRASINGS, lexicon=LEXICON)
_TURNED = Matcher(
    {name: list(reversed(texts)) for name, texts in reversed(PHRASINGS.items())}, lexicon=LEXICON
)


@given(TEXTS)
@settings(max_examples=150)
def test_scores(text: str) -> None:
    """Any text is ranked without an error, best first, with scores from 0 to 100 and distinct answers."""
    found = _SHARED.rank(text)
    scores = [one.score for one in found]
    assert all(0 <= score <= 100 for score in scores)
    assert scores == sorted(scores, reverse=True)
    assert len({one.answer_id for one in found}) == len(found)
    assert all(one.phrasing in PHRASINGS[one.answer_id] for one in found)


@given(TEXTS)
@settings(max_examples=60)
def test_order_does_not_matter(text: str) -> None:
    """The same text gets the same decision, twice and whatever order the content is given in."""
    assert _SHARED.decide(text) == _SHARED.decide(text) == _TURNED.decide(text)


@given(TEXTS)
@settings(max_examples=60)
def test_offers(text: str) -> None:
    """A decision names at most three answers, and a Hit or an offer at least one."""
    decision = _SHARED.decide(text)
    assert len(decision.candidates) <= 3
    assert isinstance(decision, Miss) or decision.candidates


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, several in PHRASINGS.items() for text in several]
)
def test_exact_phrasing(matcher: Matcher, name: str, text: str) -> None:
    """A phrasing, however it is cased and spaced, is a Hit for its answer."""
    decision = matcher.decide(f"  {text.upper()}?  ")
    assert isinstance(decision, Hit)
    assert (decision.candidates[0].answer_id, decision.candidates[0].phrasing) == (name, text)


def test_shared_phrasing() -> None:
    """A phrasing of two answers offers both."""
    decision = Matcher({"a": ["the same", "one"], "b": ["the same", "two"]}).decide("the same")
    assert isinstance(decision, Ambiguous)
    assert {one.answer_id for one in decision.candidates} == {"a", "b"}


@pytest.mark.parametrize(
    "text", ["", "   ", "???", "hi", "hello", "thanks!", "👍", "ok cool", "good morning"]
)
def test_nothing_asked(matcher: Matcher, text: str) -> None:
    """A greeting, or nothing, is a Miss."""
    assert isinstance(matcher.decide(text), Miss)


@pytest.mark.parametrize("text", ["who won the world cup", "qwertyuiop", "book me a flight to boston"])
def test_other_subjects(matcher: Matcher, text: str) -> None:
    """A question about something else is never a Hit."""
    assert not isinstance(matcher.decide(text), Hit)


@pytest.mark.parametrize(
    "text", ["is it legal and will it show on a test", "Is kratom legal? Does it show up on a drug test?"]
)
def test_two_questions(matcher: Matcher, text: str) -> None:
    """Two questions in one message are both offered."""
    decision = matcher.decide(text)
    assert isinstance(decision, Ambiguous)
    assert decision.two_questions
    assert {"legal", "tests"} <= {one.answer_id for one in decision.candidates}


def test_second_substance(matcher: Matcher) -> None:
    """A substance that an answer never names takes it off the top."""
    assert matcher.rank("is it ok to take kratom")[0].answer_id == "safe"
    ranked = matcher.rank("is it ok to take kratom with adderall")
    assert ranked[0].answer_id == "stimulants"
    explained = matcher.explain("is it ok to take kratom with adderall", 7)
    against = dict(zip([one.answer_id for one in explained.evidence], explained.against, strict=True))
    assert "stimulants" in against["safe"]
    assert "stimulants" not in against["stimulants"]


def test_pregnancy_counts(matcher: Matcher) -> None:
    """A pregnancy that an answer never mentions takes it off the top."""
    assert matcher.rank("is kratom dangerous when pregnant")[0].answer_id == "pregnancy"


def test_unmatched_word_counts(matcher: Matcher) -> None:
    """A word that nobody wrote about lowers the score."""
    assert (
        matcher.rank("can kratom hurt my spleen")[0].score < matcher.rank("can kratom hurt my liver")[0].score
    )


def test_slang(matcher: Matcher) -> None:
    """Slang of the lexicon is read as what it stands for."""
    found = matcher.explain("how long do wds last")
    assert ("wds", "withdrawal") in found.reading.expanded
    assert found.evidence[0].answer_id == "withdrawal"


def test_misspelling(matcher: Matcher) -> None:
    """A misspelt word is repaired, and the repair is told."""
    found = matcher.explain("kratom lvier damge")
    assert dict(found.reading.repairs) == {"lvier": "liver", "damge": "damage"}
    assert isinstance(found.decision, Hit)


def test_protected(matcher: Matcher) -> None:
    """A protected word is left as it is."""
    assert matcher.explain("krato").reading.repairs == ()


@pytest.mark.parametrize("phrasings", [{}, {"a": []}, {"a": ["", "!!"]}])
def test_no_content(phrasings: dict[str, list[str]]) -> None:
    """Without phrasings nothing is found."""
    matcher = Matcher(phrasings)
    assert matcher.rank("anything") == []
    assert matcher.decide("anything") == Miss(())


def test_limit(matcher: Matcher) -> None:
    """As many answers are ranked as are asked for, no more than there are."""
    assert [len(matcher.rank("kratom liver", n)) for n in (0, 1, 5, 99)] == [0, 1, 5, 7]


def test_long_message(matcher: Matcher) -> None:
    """A very long message is ranked."""
    assert matcher.rank("kratom liver damage " * 200)[0].answer_id == "liver"


def test_a_miss_says_what_is_near() -> None:
    """A Miss names a score from which titles are worth showing; a near question scores above a far one."""
    matcher = Matcher(PHRASINGS, lexicon=LEXICON, thresholds=Thresholds(hit=101, offer=101, near=1))
    decisions = [matcher.decide(text) for text in ("the liver and so on", "who won the world cup")]
    assert all(isinstance(decision, Miss) and decision.near == 1 for decision in decisions)
    best = [decision.candidates[0].score for decision in decisions]
    assert best[0] > best[1]


def test_a_part_takes_the_subject_of_the_message() -> None:
    """A second question that only points to the subject is read with the subject of the first."""
    explained = Matcher(PHRASINGS, lexicon=LEXICON).explain("is kratom legal and does it hurt the liver")
    assert explained.parts == ("is kratom legal", "does it hurt the liver")
    assert {one.answer_id for one in explained.decision.candidates} >= {"legal", "liver"}


@given(st.lists(TEXTS, min_size=2, max_size=4))
@settings(max_examples=40)
def test_messages_of_several_sentences(texts: list[str]) -> None:
    """A message of several sentences is decided, with at most three distinct candidates."""
    ids = [one.answer_id for one in _SHARED.decide("? ".join(texts)).candidates]
    assert len(ids) == len(set(ids)) <= 3
