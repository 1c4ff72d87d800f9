"""Environment → Settings. A bad value becomes one sentence that names its variable."""

import os
import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, SecretStr, StringConstraints, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError

_NEVER_SHOWN = ("TELEGRAM_BOT_TOKEN", "FAQBOT_WEBHOOK_SECRET", "FAQBOT_STATE_URL")
PROJECT = Path(__file__).resolve().parent.parent


def default_answers() -> Path:
    """Return ./answers where there is one, else the answers beside this package."""
    here = Path("answers")
    return here if here.is_dir() else PROJECT / "answers"


def default_state() -> str:
    """Return the SQLite file in the user's state folder, as a STATE_URL."""
    folder = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    return f"sqlite:///{folder}/faqbot/state.sqlite3"


class Settings(BaseSettings):
    """What the environment says. Prefix FAQBOT_, but for the token."""

    model_config = SettingsConfigDict(
        env_prefix="FAQBOT_", frozen=True, extra="ignore", env_ignore_empty=True
    )

    telegram_bot_token: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("TELEGRAM_BOT_TOKEN"), description="From @BotFather"
    )
    telegram_bot_token_file: Path | None = Field(
        default=None,
        validation_alias=AliasChoices("TELEGRAM_BOT_TOKEN_FILE"),
        description="File that holds it",
    )
    answers: Path = Field(default_factory=default_answers)
    serve: Literal["reviewed", "drafts"] = "reviewed"
    reviews_required: Annotated[int, Field(ge=1, le=2)] = 1
    encoder: str | None = Field(
        default=None, description="Folder of the sentence encoder, or off; unset: .encoder, where it is there"
    )
    region: Annotated[str, StringConstraints(to_upper=True, pattern="^([A-Za-z]{2}|(?i:international))$")] = (
        "INTERNATIONAL"
    )
    api_base_url: Annotated[str, StringConstraints(pattern="^https?://[^/]+")] = "https://api.telegram.org"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    webhook_url: Annotated[str, StringConstraints(pattern=r"^https?://[^/\s]+(/\S*)?$")] | None = Field(
        default=None, description="Set: Telegram posts updates here (its path is the route)"
    )
    webhook_secret: SecretStr | None = Field(
        default=None, description="1–256 of A-Z a-z 0-9 _ -; made from the token where it is not set"
    )
    listen: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z.:_-]+$")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    health_port: Annotated[int, Field(ge=1, le=65535)] | None = Field(
        default=None, description="Serves /healthz, /readyz and /metrics where it is set"
    )
    state_url: Annotated[
        str, StringConstraints(pattern=r"^(sqlite:///.+|(redis|rediss|unix)://.+|memory:)$")
    ] = Field(default_factory=default_state)
    sends_per_second: Annotated[int, Field(ge=1, le=1000)] = Field(
        default=30, description="Telegram's limit for all chats together; more only with paid broadcasts"
    )

    @field_validator("webhook_secret")
    @classmethod
    def _check_secret(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret.get_secret_value()):
            raise ValueError("use 1 to 256 of the characters A-Z a-z 0-9 _ -")
        return secret

    def token(self) -> str:
        """Return the bot token. Raises SettingsError with what to do when there is none."""
        if self.telegram_bot_token is not None:
            return self.telegram_bot_token.get_secret_value().strip()
        if self.telegram_bot_token_file is not None:
            return _read_token(self.telegram_bot_token_file)
        raise SettingsError(
            "TELEGRAM_BOT_TOKEN is not set: talk to @BotFather in Telegram, send /newbot, and set the "
            "variable to the token it gives you. To try the bot without Telegram, run "
            "`faqbot chat --drafts`: it needs no token."
        )


def load_settings() -> Settings:
    """Read the environment. Raises SettingsError naming every bad variable."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("\n".join(_sentence(dict(e)) for e in error.errors())) from None


def _sentence(error: dict[str, object]) -> str:
    loc = error["loc"]
    name = str(loc[0]) if isinstance(loc, tuple) else ""
    variable = name if name.isupper() else f"FAQBOT_{name.upper()}"
    allowed = error.get("ctx", {})
    expected = allowed.get("expected") or allowed.get("pattern") if isinstance(allowed, dict) else None
    hint = f"expected {expected}" if expected else str(error["msg"])
    if variable in _NEVER_SHOWN:
        return f"{variable} has a value that cannot be used: {hint}."
    return f"{variable} has a value that cannot be used ({error['input']!r}): {hint}."


def _read_token(path: Path) -> str:
    try:
        token = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"TELEGRAM_BOT_TOKEN_FILE names {path}, which cannot be read: {error}.") from None
    if not token:
        raise SettingsError(f"TELEGRAM_BOT_TOKEN_FILE names {path}, which is empty: put the token into it.")
    return token
