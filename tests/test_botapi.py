"""The Bot API of the tests: whole bots on python-telegram-bot, and the protocol."""

import asyncio
import json
import socket
from collections.abc import Iterator

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Update,
)
from telegram.error import (
    BadRequest,
    Conflict,
    InvalidToken,
)
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from tests.botapi import ApiError, BotApi, Chat, SentMessage
from tests.botapi.client import ANN, client, refusal, run, send


@pytest.fixture
def api() -> Iterator[BotApi]:
    """Provide a server without faults or limits that knows one person."""
    with BotApi() as server:
        server.user(ANN, "Ann")
        yield server


def echo_bot(api: BotApi) -> "Application":  # type: ignore[type-arg]
    """Build a bot that repeats what it hears and answers its button."""

    async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        assert message is not None
        assert message.text is not None
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more")]])
        await message.reply_text(message.text, reply_markup=markup)

    async def more(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer()
        await update.callback_query.edit_message_text("More!")

    app = ApplicationBuilder().bot(client(api)).build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.add_handler(CallbackQueryHandler(more))
    return app


def test_polling_bot(api: BotApi) -> None:
    """A bot that polls receives what is said and pressed, and confirms it when it stops."""

    def talk() -> SentMessage:
        reply = api.ask(ANN, "hello")
        api.press(reply, "More")
        return api.wait_for(lambda: [m for m in api.sent(ANN) if m.text == "More!"])[0]

    async def main() -> SentMessage:
        async with echo_bot(api) as app:
            assert app.updater is not None
            await app.updater.start_polling(allowed_updates=["message", "callback_query"])
            await app.start()
            edited = await asyncio.to_thread(talk)
            await app.updater.stop()
            await app.stop()
            return edited

    edited = asyncio.run(main())
    assert edited.edits == ("hello",)
    assert len(api.answers) == 1
    assert (api.unconfirmed, len(api.confirmed)) == ((), 2)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_webhook_bot(api: BotApi) -> None:
    """A bot with a webhook gets posts with its secret, and polling beside it is a conflict."""
    port = free_port()

    async def main() -> None:
        async with echo_bot(api) as app:
            assert app.updater is not None
            await app.updater.start_webhook(
                "127.0.0.1",
                port,
                "hook",
                webhook_url=f"http://127.0.0.1:{port}/hook",
                secret_token="s3cret",
                max_connections=7,
            )
            await app.start()
            reply = await asyncio.to_thread(api.ask, ANN, "hello")
            assert reply.text == "hello"
            info = await app.bot.get_webhook_info()
            assert (info.max_connections, info.pending_update_count) == (7, 0)
            with pytest.raises(Conflict, match="webhook is active"):
                await app.bot.get_updates()
            await app.updater.stop()
            await app.stop()
            await app.bot.delete_webhook()
            assert (await app.bot.get_webhook_info()).url == ""

    asyncio.run(main())
    assert [post.status for post in api.posts] == [200]
    assert api.unconfirmed == ()


def test_tokens_and_methods(api: BotApi) -> None:
    """A wrong token is a 401 and an unknown method a 404, in Telegram's JSON."""
    wrong = httpx.get(f"{api.url}/bot123:wrong/getMe")
    expected = {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert (wrong.status_code, wrong.json()) == (401, expected)
    unknown = httpx.get(f"{api.url}/bot{api.token}/getNothing")
    assert (unknown.status_code, unknown.json()["description"]) == (
        404,
        "Not Found: method not found",
    )

    async def initialize() -> None:
        async with client(api, "123:wrong"):
            pass

    assert "rejected by the server" in refusal(lambda: asyncio.run(initialize()), InvalidToken)


def test_forms_of_parameters(api: BotApi) -> None:
    """Parameters are read from the query, a form, multipart and JSON alike."""
    url = f"{api.url}/bot{api.token}/SENDMESSAGE"
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
    form = {"chat_id": str(ANN), "text": "x", "reply_markup": json.dumps(markup)}
    answers = [
        httpx.get(url, params=form),
        httpx.post(url, data=form),
        httpx.post(url, files={name: (None, value) for name, value in form.items()}),
        httpx.post(url, json={"chat_id": ANN, "text": "x", "reply_markup": markup}),
    ]
    assert [answer.json()["ok"] for answer in answers] == [True] * 4
    assert {call.params["text"] for call in api.calls("sendMessage")} == {"x"}
    assert all(sent.button("b").text == "a" for sent in api.sent())


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": ANN, "text": "x", "parse_mode": "Markup"}, "unsupported parse_mode"),
        ({"chat_id": ANN, "text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup"),
        ({"chat_id": ANN, "text": "x", "reply_markup": "[]"}, "object expected as reply markup"),
    ],
)
def test_malformed_calls(api: BotApi, form: dict[str, str], words: str) -> None:
    """Calls that make no sense are refused, not guessed at."""
    answer = httpx.post(f"{api.url}/bot{api.token}/sendMessage", data=form).json()
    assert answer["error_code"] == 400
    assert answer["description"].startswith(f"Bad Request: {words}")


def test_profile(api: BotApi) -> None:
    """Commands and descriptions that were set are read back, by language."""

    async def work(bot: Bot) -> None:
        assert (await bot.get_me()).username == "vetted_faq_test_bot"
        commands = [BotCommand("help", "What I can do")]
        await bot.set_my_commands(commands)
        assert await bot.get_my_commands() == tuple(commands)
        assert await bot.get_my_commands(language_code="de") == ()
        await bot.set_my_description("long")
        await bot.set_my_short_description("kurz", language_code="de")
        assert (await bot.get_my_description("de")).description == "long"
        assert (await bot.get_my_short_description()).short_description == ""
        with pytest.raises(BadRequest, match=r"(?i)bot_command_invalid"):
            await bot.set_my_commands([BotCommand("Help", "x")])

    run(api, work)


def test_wait_for_fails_with_figures(api: BotApi) -> None:
    """A wait that is in vain says what did happen."""
    refusal(lambda: send(api, "<b>", html=True))
    with pytest.raises(AssertionError, match=r"2 calls, 0 messages sent.*parse entities"):
        api.wait_for(api.sent, timeout=0.01)


def test_errors_in_telegrams_form() -> None:
    """An error is Telegram's JSON, parameters included."""
    error = ApiError(429, "Too Many Requests: retry after 3", {"retry_after": 3})
    assert json.loads(error.body()) == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 3",
        "parameters": {"retry_after": 3},
    }


def test_known_chats_keep_their_name(api: BotApi) -> None:
    """A chat is made up at first mention and keeps its name afterwards."""
    assert api.chat(ANN).name == "Ann"
    assert api.chat(-5) == Chat(-5, "supergroup", "A group")
