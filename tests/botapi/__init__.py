"""A small, strict Bot API server for end-to-end tests, on loopback.

It answers as Telegram does, in Telegram's words, and refuses what Telegram refuses: broken HTML,
texts over 4096 characters, buttons without an action, edits that change nothing. A test drives the
people who write to the bot and reads what the bot sent them. Nothing here sleeps: a test waits on
a condition that every request and every update wakes.

A bot as a subprocess, asked a question and pressed on a button::

    import os, signal, subprocess, sys
    from tests.botapi import BotApi

    with BotApi() as api:
        env = os.environ | {
            "TELEGRAM_BOT_TOKEN": api.token,
            "FAQBOT_API_BASE_URL": api.url,  # the bot calls {url}/bot<token>/<method>
        }
        bot = subprocess.Popen([sys.executable, "-m", "bot", "run", "--drafts"], env=env)
        api.wait_for(lambda: api.calls("getUpdates"), timeout=10)

        reply = api.ask(42, "is kratom adictive")  # says it, waits for the next message to chat 42
        assert "988" in reply.text

        api.press(reply, "Helpful")  # a button's text or its callback data
        api.wait_for(lambda: api.answers, timeout=5)

        bot.send_signal(signal.SIGTERM)
        assert bot.wait(timeout=10) == 0
        assert api.unconfirmed == ()

Faults and limits are switched on where a test needs them::

    BotApi(limits=True)
    BotApi(faults=Faults(server_error=0.1, too_many=0.05, cut_before=0.05, cut_after=0.03, seed=7))
    api.faults.once(FaultKind.CUT_AFTER, "sendMessage")   # exactly the next one
    api.faults.outage(30)                                 # every call is cut for 30 s

Polling or webhook is the bot's own choice: where it calls ``setWebhook``, updates are POSTed to it,
one at a time in each chat, and tried again until it answers 2xx. Telegram asks for https; this
server also posts to http on loopback, and ``BotApi(webhook_to="http://127.0.0.1:8443")`` stands in
for the proxy in front of a bot that registers a public https address.

Where it is stricter than Telegram: characters are counted in UTF-16 units, and more than 100
entities are an error rather than dropped. Where it is less: no Markdown, no media, no forum topics.
"""

from .api import BotApi
from .faults import FaultKind, Faults
from .limits import Limits
from .model import (
    ApiError,
    Button,
    Call,
    CallbackAnswer,
    Chat,
    Entity,
    SentMessage,
    WebhookPost,
)

__all__ = [
    "ApiError",
    "BotApi",
    "Button",
    "Call",
    "CallbackAnswer",
    "Chat",
    "Entity",
    "FaultKind",
    "Faults",
    "Limits",
    "SentMessage",
    "WebhookPost",
]
