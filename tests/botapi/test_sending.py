"""Sending, editing, deleting; the rules and the words of refusals."""

import pytest
from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    ReplyParameters,
)
from telegram.error import (
    Forbidden,
)

from tests.botapi import BotApi
from tests.botapi.client import ANN, offer, refusal, run, send


def test_message_comes_back(api: BotApi) -> None:
    """A message comes back with its id, chat, author, entities and keyboard."""
    sent = send(api, "<b>Hi</b> &amp; bye", [offer(callback_data="y")], html=True)
    assert sent.text == "Hi & bye"
    assert sent.entities == (MessageEntity("bold", 0, 2),)
    assert sent.chat.first_name == "Ann"
    assert sent.from_user is not None
    assert sent.from_user.is_bot
    assert sent.reply_markup is not None
    record = api.sent(ANN)[-1]
    assert (record.message_id, record.source) == (sent.message_id, "<b>Hi</b> &amp; bye")
    assert record.button("Yes").callback_data == "y"


def test_outer_space_is_trimmed(api: BotApi) -> None:
    """Outer space and line ends go, and entities move along."""
    sent = send(api, "\n hi <b>you \n</b>", html=True)
    assert (sent.text, sent.entities) == ("hi you", (MessageEntity("bold", 3, 3),))


@pytest.mark.parametrize(
    ("text", "html", "words"),
    [
        ("", False, "Message text is empty"),
        (" \n\u200b", False, "Text must be non-empty"),
        ("<b> </b>", True, "Text must be non-empty"),
        ("x" * 4097, False, "Message is too long"),
        ("😀" * 2049, False, "Message is too long"),
        ("x" * 40_000, False, "Text is too long"),
        ("<b>x", True, "Can't parse entities: can't find end tag"),
        ("<b>x</b> " * 101, True, "ENTITIES_TOO_LONG"),
    ],
)
def test_text_refused(api: BotApi, text: str, html: bool, words: str) -> None:
    """A text that breaks a rule is refused with Telegram's words."""
    said = refusal(lambda: send(api, text, html=html))
    assert said.lower().startswith(words.lower())
    assert api.sent() == []


@pytest.mark.parametrize("text", ["x" * 4096, "😀" * 2048, "<b>x</b> " * 100, "&amp;" * 4096])
def test_text_at_the_limit(api: BotApi, text: str) -> None:
    """The length and the entities are counted after parsing, and the limit itself is allowed."""
    assert send(api, text, html=True)


@pytest.mark.parametrize(
    ("button", "words"),
    [
        (offer(), "Can't parse inline keyboard button: Text buttons are unallowed"),
        (offer(callback_data=""), "Can't parse inline keyboard button: Text buttons are"),
        (offer("", callback_data="x"), "Inline keyboard button text must be non-empty"),
        (offer(callback_data="é" * 33), "Button_data_invalid"),
        (offer(copy_text={"text": "x" * 257}), "Button_copy_text_invalid"),
        (offer(copy_text={"text": ""}), "Button_copy_text_invalid"),
        (offer(url="nowhere"), "Inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
        (offer(url="ftp://a.b"), "Inline keyboard button URL 'ftp://a.b' is invalid: Unsupported"),
        (offer(url="https://a b.c"), "Inline keyboard button URL 'https://a b.c' is invalid: Dis"),
        (offer(url="http://"), "Inline keyboard button URL 'http://' is invalid: URL host is"),
        (offer(callback_data="x", style="red"), "Can't parse inline keyboard button: invalid"),
    ],
)
def test_button_refused(api: BotApi, button: InlineKeyboardButton, words: str) -> None:
    """A button without text or action, or with a bad one, is refused."""
    assert refusal(lambda: send(api, "x", [button])).lower().startswith(words.lower())


def test_buttons_taken(api: BotApi) -> None:
    """Buttons at their limits are taken, and a test reads what each does."""
    send(
        api,
        "x",
        [InlineKeyboardButton("a", callback_data="é" * 32)],
        [
            InlineKeyboardButton("b", url="https://findahelpline.com"),
            InlineKeyboardButton("c", copy_text=CopyTextButton("9" * 256)),
        ],
    )
    rows = api.sent(ANN)[-1].buttons
    assert [[b.text for b in row] for row in rows] == [["a"], ["b", "c"]]
    assert rows[0][0].callback_data == "é" * 32
    assert rows[1][0].url == "https://findahelpline.com/"
    assert rows[1][1].copy_text == "9" * 256


def test_hundred_buttons(api: BotApi) -> None:
    """A hundred buttons are the most."""
    rows = [[offer(callback_data=str(i))] for i in range(101)]
    assert "reply markup is too long" in refusal(lambda: send(api, "x", *rows)).lower()
    assert send(api, "x", *rows[:100])


def test_chat_not_found(api: BotApi) -> None:
    """A chat that nobody opened is not found."""
    assert refusal(lambda: run(api, lambda bot: bot.send_message(7, "x"))) == "Chat not found"


def test_blocked(api: BotApi) -> None:
    """A person who blocked the bot cannot be written to, until they unblock it."""
    api.block(ANN)
    said = refusal(lambda: send(api, "x"), Forbidden)
    assert said == "Forbidden: bot was blocked by the user"
    api.unblock(ANN)
    assert send(api, "x")


def test_reply_to_missing(api: BotApi) -> None:
    """A reply to a message that is gone fails unless it may be sent without."""

    def reply(to: int, allow: bool = False) -> Message:
        parameters = ReplyParameters(to, allow_sending_without_reply=allow)
        return run(api, lambda bot: bot.send_message(ANN, "x", reply_parameters=parameters))

    assert refusal(lambda: reply(99)) == "Message to be replied not found"
    first = reply(99, allow=True)
    assert first.reply_to_message is None
    answered = reply(first.message_id).reply_to_message
    assert answered is not None
    assert answered.message_id == first.message_id


def test_edit(api: BotApi) -> None:
    """An edit changes the message in place, and one without a keyboard takes the keyboard away."""
    sent = send(api, "one", [offer(callback_data="y")])
    run(api, lambda bot: bot.edit_message_text("two", ANN, sent.message_id))
    (record,) = api.sent(ANN)
    assert (record.text, record.edits, record.buttons) == ("two", ("one",), ())
    assert record.edited_at is not None


def test_edit_refused(api: BotApi) -> None:
    """An edit that changes nothing, or of a message that is not there or not ours, is refused."""
    sent = send(api, "<b>x</b>", [offer(callback_data="y")], html=True)
    markup = InlineKeyboardMarkup([[offer(callback_data="y")]])

    def edit(text: str, message_id: int) -> object:
        work = Bot.edit_message_text
        return run(
            api,
            lambda bot: work(bot, text, ANN, message_id, parse_mode="HTML", reply_markup=markup),
        )

    assert refusal(lambda: edit("<strong>x</strong>", sent.message_id)).startswith(
        "Message is not modified: specified new message content"
    )
    assert refusal(lambda: edit("y", 99)) == "Message to edit not found"
    api.say(ANN, "mine")
    assert refusal(lambda: edit("y", sent.message_id + 1)) == "Message can't be edited"
    same = refusal(
        lambda: run(
            api,
            lambda bot: bot.edit_message_reply_markup(ANN, sent.message_id, reply_markup=markup),
        )
    )
    assert same.startswith("Message is not modified")


def test_delete(api: BotApi) -> None:
    """A deleted message is gone, and deleting it again fails."""
    sent = send(api, "x")
    assert run(api, lambda bot: bot.delete_message(ANN, sent.message_id))
    assert api.sent(ANN)[0].deleted
    again = refusal(lambda: run(api, lambda bot: bot.delete_message(ANN, sent.message_id)))
    assert again == "Message to delete not found"


def test_options_are_kept(api: BotApi) -> None:
    """Silence, protection and link previews can be read by a test."""
    preview = LinkPreviewOptions(is_disabled=True)

    async def work(bot: Bot) -> None:
        await bot.send_chat_action(ANN, "typing")
        await bot.send_message(
            ANN, "x", link_preview_options=preview, disable_notification=True, protect_content=True
        )

    run(api, work)
    (sent,) = api.sent()
    assert (sent.preview, sent.silent, sent.protected) == ({"is_disabled": True}, True, True)
    assert [call.method for call in api.calls()] == ["getMe", "sendChatAction", "sendMessage"]
