"""The bot's own profile: who it is, its commands and descriptions."""

import json
import re
from collections.abc import Callable, Mapping

from .core import Core
from .model import JsonObject, bad
from .params import Params
from .text import units

_COMMAND = re.compile(r"[a-z0-9_]{1,32}\Z")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?\Z")
_SCOPES = frozenset(
    {
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    }
)
_MAX_COMMANDS = 100


class Profile:
    """Commands and descriptions by scope and language; each method runs with the lock held."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._commands: dict[tuple[str, str], list[JsonObject]] = {}
        self._texts: dict[tuple[str, str], str] = {}

    def methods(self) -> Mapping[str, Callable[[Params], object]]:
        """Names as Telegram writes them."""
        return {
            "getMe": lambda _: self._core.bot,
            "logOut": lambda _: True,
            "close": lambda _: True,
            "setMyCommands": self._set_commands,
            "getMyCommands": lambda params: self._commands.get(_place(params), []),
            "deleteMyCommands": self._delete_commands,
            "setMyName": lambda params: self._set("name", params, 64),
            "getMyName": lambda params: self._get("name", params),
            "setMyDescription": lambda params: self._set("description", params, 512),
            "getMyDescription": lambda params: self._get("description", params),
            "setMyShortDescription": lambda params: self._set("short_description", params, 120),
            "getMyShortDescription": lambda params: self._get("short_description", params),
        }

    def _set_commands(self, params: Params) -> bool:
        commands = params.decoded("commands", "commands") or []
        if not isinstance(commands, list):
            raise bad("Expected an Array of BotCommand")
        if len(commands) > _MAX_COMMANDS:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        self._commands[_place(params)] = [_command(item) for item in commands]
        return True

    def _delete_commands(self, params: Params) -> bool:
        self._commands.pop(_place(params), None)
        return True

    def _set(self, name: str, params: Params, limit: int) -> bool:
        text = params.text(name)
        if units(text) > limit:
            raise bad(f"{name.replace('_', ' ')} is too long")
        self._texts[name, _language(params)] = text
        return True

    def _get(self, name: str, params: Params) -> JsonObject:
        default = self._texts.get((name, ""), "")
        return {name: self._texts.get((name, _language(params))) or default}


def _command(item: object) -> JsonObject:
    if not isinstance(item, dict):
        raise bad("Can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if name not in item:
            raise bad(f"Can't parse BotCommand: Can't find field \"{name}\"")
    command, description = str(item["command"]).removeprefix("/"), str(item["description"])
    if not _COMMAND.match(command):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= units(description) <= 256:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def _place(params: Params) -> tuple[str, str]:
    scope = params.decoded("scope", "BotCommandScope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad("Can't parse BotCommandScope: Unsupported type specified")
    return json.dumps(scope, sort_keys=True), _language(params)


def _language(params: Params) -> str:
    code = params.text("language_code")
    if not _LANGUAGE.match(code):
        raise bad("Invalid language code specified")
    return code
