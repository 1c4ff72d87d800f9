"""`faqbot sync-profile`: commands and descriptions, compared first and set only where they differ.

Setting them at every start would run into Telegram's limits.
"""

import asyncio

from telegram import BotCommand
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.api import ApiBot, make_bot
from bot.content.model import Messages
from bot.errors import ChannelError
from bot.settings import Settings

COMMANDS = ("topics", "crisis", "country", "about", "privacy", "forget", "help")


def sync(settings: Settings, messages: Messages) -> list[str]:
    """Return the names of what was changed. Raises ChannelError where Telegram will not have it."""
    return asyncio.run(_sync(make_bot(settings.token(), settings.api_base_url), messages))


async def _sync(bot: ApiBot, messages: Messages) -> list[str]:
    try:
        async with bot:
            return [
                *await _commands(bot, messages),
                *await _description(bot, messages.profile),
                *await _short_description(bot, messages.profile_short),
            ]
    except InvalidToken:
        raise ChannelError("Telegram does not know this token (TELEGRAM_BOT_TOKEN).") from None
    except TelegramError as error:
        raise ChannelError(
            f"Telegram did not take the profile ({type(error).__name__}): try again later."
        ) from None


async def _commands(bot: ApiBot, messages: Messages) -> list[str]:
    wanted = [BotCommand(name, getattr(messages, f"command_{name}")) for name in COMMANDS]
    if list(await bot.get_my_commands()) == wanted:
        return []
    await bot.set_my_commands(wanted)
    return ["commands"]


async def _description(bot: ApiBot, wanted: str) -> list[str]:
    if (await bot.get_my_description()).description == wanted:
        return []
    await bot.set_my_description(wanted)
    return ["description"]


async def _short_description(bot: ApiBot, wanted: str) -> list[str]:
    if (await bot.get_my_short_description()).short_description == wanted:
        return []
    await bot.set_my_short_description(wanted)
    return ["short description"]
