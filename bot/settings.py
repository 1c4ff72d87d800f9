"""Environment → Settings. A bad value becomes one sentence that names its variable."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, SecretStr, StringConstraints, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError

PROJECT = Path(__file__).resolve().parent.parent


def default_answers() -> Path:
    """Return ./answers where there is one, else the answers beside this package."""
    here = Path("answers")
    return here if here.is_dir() else PROJECT / "answers"


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
    region: Annotated[str, StringConstraints(to_upper=True, pattern="^([A-Za-z]{2}|(?i:international))$")] = (
        "INTERNATIONAL"
    )
    api_base_url: Annotated[str, StringConstraints(pattern="^https?://[^/]+")] = "https://api.telegram.org"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    def token(self) -> str:
        """Return the bot token. Raises SettingsError with what to do when there is none."""
        if self.telegram_bot_token is not None:
            return self.telegram_bot_token.get_secret_value().strip()
        if self.telegram_bot_token_file is not None:
            return _read_token(self.telegram_bot_token_file)
        raise SettingsError(
            "TELEGRAM_BOT_TOKEN is not set: talk to @BotFather in Telegram, send /newbot, and set the variable "
            "to the token it gives you. To try the bot without Telegram, run `faqbot chat --drafts`: it needs "
            "no token."
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
    return f"{variable} has a value that cannot be used ({error['input']!r}): {hint}."


def _read_token(path: Path) -> str:
    try:
        token = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"TELEGRAM_BOT_TOKEN_FILE names {path}, which cannot be read: {error}.") from None
    if not token:
        raise SettingsError(f"TELEGRAM_BOT_TOKEN_FILE names {path}, which is empty: put the token into it.")
    return token
