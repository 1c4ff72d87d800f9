"""A person and the bot, over a real socket."""

from collections.abc import Iterator

import pytest

from tests.botapi import BotApi, SentMessage
from tests.end_to_end.running import ALL, DANGER, QUESTION, Bot, running

LINE = "Call or text 988"


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """One bot for all tests of this module; each test writes from chats of its own."""
    with BotApi() as api, running(api, tmp_path_factory.mktemp("bot"), ANSWERS=ALL) as started:
        yield started


@pytest.fixture
def api(bot: Bot) -> BotApi:
    """The Bot API that it is connected to."""
    return bot.api


def press(api: BotApi, message: SentMessage, label: str) -> SentMessage:
    """Press a button and return the next new message."""
    count = len(api.sent(message.chat_id))
    api.press(message, label)
    return api.wait_for(lambda: api.sent(message.chat_id)[count:])[0]


def labels(message: SentMessage) -> list[str]:
    """Return the texts of a message's buttons."""
    return [button.text for button in message.all_buttons]


def test_answers_a_question(api: BotApi) -> None:
    """A question gets the vetted answer with its sources in a quote, its caveats and the crisis line."""
    reply = api.ask(1, QUESTION)
    assert "Is kratom addictive?" in reply.text
    assert reply.text.endswith("any time.")
    assert LINE in reply.text
    assert "expandable_blockquote" in {entity.type for entity in reply.entities}
    assert reply.preview == {"is_disabled": True}
    assert not reply.protected


def test_clarification_button_brings_the_answer(api: BotApi) -> None:
    """Pressing a "did you mean" button brings the answer it names."""
    reply = api.ask(2, "kratom symptoms stop")
    options = [b for b in reply.all_buttons if (b.callback_data or "").startswith("a:")]
    answer = press(api, reply, options[0].text)
    assert options[0].text in answer.text
    assert "Helpful" in labels(answer)
    api.wait_for(lambda: api.answers)


@pytest.mark.parametrize(
    "command", ["/start", "/help", "/topics", "/privacy", "/about", "/country", "/forget"]
)
def test_commands_carry_the_crisis_line(api: BotApi, command: str) -> None:
    """Every command is answered with a text that ends with the crisis line."""
    assert LINE in api.ask(1000 + len(command) + ord(command[1]), command).text


def test_crisis_command_has_numbers_to_copy(api: BotApi) -> None:
    """/crisis shows the lines, buttons that copy their numbers, and a link to lines elsewhere."""
    reply = api.ask(4, "/crisis")
    assert "988" in [button.copy_text for button in reply.all_buttons]
    assert "https://findahelpline.com/" in [button.url for button in reply.all_buttons]


def test_danger_comes_first(api: BotApi) -> None:
    """A person in danger gets the crisis text, with numbers to copy."""
    reply = api.ask(5, DANGER)
    assert "911" in reply.text[:1500]
    assert "911" in [button.copy_text for button in reply.all_buttons]


def test_topics_turn_in_place(api: BotApi) -> None:
    """The browse menu changes its own message, page by page, and a question brings a new one."""
    menu = api.ask(6, "/topics")
    api.press(menu, labels(menu)[1])
    turned = api.wait_for(lambda: [m for m in api.sent(6) if m.edits])[0]
    assert turned.message_id == menu.message_id
    api.press(turned, "All topics")
    api.wait_for(lambda: len(api.sent(6)[0].edits) == 2)
    api.press(api.sent(6)[0], labels(menu)[3])
    api.wait_for(lambda: len(api.sent(6)[0].edits) == 3)
    first = labels(api.sent(6)[0])
    api.press(api.sent(6)[0], "›")
    api.wait_for(
        lambda: (
            len(api.sent(6)[0].edits) == 3 + (api.sent(6)[0].edited_at is not None)
            and labels(api.sent(6)[0]) != first
        )
    )
    answer = press(api, api.sent(6)[0], labels(api.sent(6)[0])[0])
    assert answer.message_id != menu.message_id


def test_helpful_counts_once(api: BotApi) -> None:
    """The button "Helpful" thanks in passing and takes the feedback buttons away: one press counts once."""
    answer = api.ask(7, QUESTION)
    api.press(answer, "Helpful")
    api.wait_for(lambda: "Helpful" not in labels(api.sent(7)[0]))
    assert "All topics" in labels(api.sent(7)[0])
    assert api.wait_for(lambda: [a for a in api.answers if "Thank you" in a.text])


def test_not_asked_offers_the_next_candidates(api: BotApi) -> None:
    """The button "Not what I asked" offers other answers, never the one just shown, and "None of these"."""
    answer = api.ask(8, QUESTION)
    offer = press(api, answer, "Not what I asked")
    assert "Is kratom addictive?" not in labels(offer)
    assert "None of these" in labels(offer)
    topics = press(api, offer, "None of these")
    assert "Kratom basics" in labels(topics)


def test_country_is_kept_until_forget(api: BotApi) -> None:
    """The country a person chooses decides their crisis lines, until /forget."""
    choice = api.ask(9, "/country")
    api.press(choice, "Australia")
    api.wait_for(lambda: "Call 000" in api.sent(9)[0].text)
    assert "13 11 14" in api.ask(9, QUESTION).text
    assert LINE in api.ask(9, "/forget").text
    assert "13 11 14" not in api.ask(9, QUESTION).text


def test_deep_link_opens_an_answer(api: BotApi) -> None:
    """A link ?start=<answer id> opens that answer; an unknown one opens the welcome."""
    assert "liver" in api.ask(10, "/start liver").text
    assert "Hello" in api.ask(11, "/start nothing_like_it").text


def test_command_with_danger_behind_it(api: BotApi) -> None:
    """A command does not hide danger in the words behind it."""
    assert "911" in [b.copy_text for b in api.ask(12, f"/start {DANGER}").all_buttons]
    assert "911" in [b.copy_text for b in api.ask(13, f"/whatever {DANGER}").all_buttons]


def test_captions_are_read(api: BotApi) -> None:
    """The caption of a photo is answered like a text."""
    api.photo(14, QUESTION)
    assert "Is kratom addictive?" in api.wait_for(lambda: api.sent(14))[0].text


def test_what_is_not_text(api: BotApi) -> None:
    """Voice, stickers and photos without a caption get a fixed text with the crisis line."""
    for chat, send in ((15, api.voice), (16, api.sticker), (17, api.photo)):
        send(chat)
        text = api.wait_for(lambda chat=chat: api.sent(chat))[0].text  # type: ignore[misc]
        assert "I can only read text" in text
        assert LINE in text


def test_an_edit_is_read_for_danger_only(api: BotApi) -> None:
    """An edited message is answered only when it is dangerous."""
    update = api.say(18, QUESTION)
    api.wait_for(lambda: api.sent(18))
    quiet = api.edit(update, "is kratom legal")
    api.wait_for(lambda: quiet in api.confirmed)
    assert len(api.sent(18)) == 1
    api.edit(update, DANGER)
    assert "911" in api.wait_for(lambda: api.sent(18)[1:])[0].text


def test_groups_only_when_addressed(api: BotApi) -> None:
    """In a group, only what is said to the bot is answered, as a reply to it."""
    group = api.group(-100)
    ignored = [api.say(group, QUESTION), api.say(group, "/help@somebody_else_bot")]
    api.wait_for(lambda: api.confirmed.issuperset(ignored))
    assert api.sent(group) == []
    api.say(group, f"@vetted_faq_test_bot {QUESTION}")
    answer = api.wait_for(lambda: api.sent(group))[0]
    assert "Is kratom addictive?" in answer.text
    assert answer.reply_to is not None
    api.say(group, QUESTION, reply_to=answer)
    api.wait_for(lambda: len(api.sent(group)) == 2)
    api.say(group, "/help@vetted_faq_test_bot")
    api.wait_for(lambda: len(api.sent(group)) == 3)


def test_a_late_message_opens_by_saying_so(api: BotApi) -> None:
    """A message that waited for more than ten minutes is told so; a crisis text still comes first."""
    api.say(19, QUESTION, age=1200)
    assert api.wait_for(lambda: api.sent(19))[0].text.startswith("Your message waited")
    api.say(20, DANGER, age=1200)
    crisis = api.wait_for(lambda: api.sent(20))[0].text
    assert not crisis.startswith("Your message waited")
    assert "Your message waited" in crisis


def test_a_button_from_long_ago(api: BotApi) -> None:
    """A button that nothing stands behind any more still brings a way on."""
    for chat_id, data in enumerate(("a:gone", "t:gone", "zzz", "+gone:12", "c:XX"), start=21):
        person = api.user(chat_id)
        old = {"message_id": 1, "date": 1, "chat": person.as_chat()}
        query = {"id": f"77{chat_id}", "from": person.as_user(), "chat_instance": "1", "data": data}
        update = api.inject({"callback_query": {**query, "message": old}})
        api.wait_for(lambda update=update: update in api.confirmed)  # type: ignore[misc]
        assert len(api.sent(chat_id)) == (data != "+gone:12")


def test_a_title_can_be_chosen_in_words(api: BotApi) -> None:
    """After "did you mean", "the first one" brings that answer, and "none of them" the topics."""
    offer = api.ask(31, "kratom symptoms stop")
    first = next(b for b in offer.all_buttons if (b.callback_data or "").startswith("a:"))
    assert first.text in api.ask(31, "the first one").text
    api.ask(32, "kratom symptoms stop")
    topics = api.ask(32, "none of them")
    assert any((b.callback_data or "").startswith("t:") for b in topics.all_buttons)
