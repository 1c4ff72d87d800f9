"""The errors a person can cause. Imports nothing.

FaqbotError                 a sentence for a person, and an exit code
├── ContentError            files under answers/ that cannot be used; every problem at once
├── SettingsError           an environment variable or option with a bad value
├── InputError              what was typed or piped in cannot be read
├── OutputClosedError       the reader of our output went away (a closed pipe)
└── ChannelError            Telegram (or another channel) refused to work with us
"""


class FaqbotError(Exception):
    """An error to show as one clear sentence, without a traceback.

    `exit_code` is what the process ends with.
    """

    exit_code = 1


class ContentError(FaqbotError):
    """Content that cannot be served. `problems` holds one line of text for each problem."""

    exit_code = 2

    def __init__(self, problems: tuple[str, ...], where: str = "answers") -> None:
        """Keep every problem; `where` is the folder they were found in."""
        self.problems = problems
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        listed = "\n".join(problems)
        super().__init__(f"{listed}\n{count} in {where}: nothing was started. Mend the lines above.")


class SettingsError(FaqbotError):
    """A setting with a bad or missing value; the sentence names the variable."""

    exit_code = 2


class InputError(FaqbotError):
    """Input that cannot be read: not UTF-8, too long, or not there."""

    exit_code = 2


class OutputClosedError(FaqbotError):
    """What we write is no longer read."""

    def __init__(self) -> None:
        """Say so; there is nothing more to tell."""
        super().__init__("the reader of this output went away; stopped writing.")


class ChannelError(FaqbotError):
    """The messaging service refused the bot for good (a wrong token, for example)."""

    exit_code = 3
