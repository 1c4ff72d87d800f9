"""The content that is served now: taken up when it changes on disk, logged and counted."""

import asyncio
from collections.abc import Callable
from datetime import date

import structlog

from bot.content.model import Library
from bot.content.reload import Reloaded, Reloader
from bot.content.review_status import first_end, serving
from bot.ops.metrics import Metrics
from bot.respond import Responder
from bot.settings import Settings

SHOWN_PROBLEMS = 20
"""Lines about one faulty state that are logged; `faqbot check` lists them all."""

log = structlog.get_logger()


class LiveContent:
    """Holds the responder of the newest content that is whole. Any thread may ask for it."""

    def __init__(
        self,
        library: Library,
        build: Callable[[Library], Responder],
        settings: Settings,
        metrics: Metrics,
        today: Callable[[], date],
    ) -> None:
        """Begin with `library`, loaded from the settings' folder. Raises what `build` raises.

        `today` is the clock that decides which reviews hold.
        """
        self._settings, self._today = settings, today
        self._is_newest = True
        self._reloader = Reloader(settings.answers, library, build, self._told, today)
        metrics.watch_content(lambda: len(self.responder.served()), self._days_left, lambda: self._is_newest)

    @property
    def responder(self) -> Responder:
        """What answers messages now; ask anew at every message."""
        return self._reloader.current

    def request(self) -> None:
        """Have the content read again soon; for SIGHUP."""
        log.info("asked to read the content again", signal="SIGHUP")
        self._reloader.request()

    async def watch(self, stop: asyncio.Event) -> None:
        """Take up changes until `stop` is set."""
        await self._reloader.watch(stop)

    def log_state(self) -> None:
        """Log how many answers are served and as what, and each statement that does not count."""
        library, settings = self._reloader.library, self._settings
        drafts = settings.serve == "drafts"
        log.info(serving(library, self._today(), drafts=drafts, required=settings.reviews_required))
        for problem in library.review_problems:
            log.warning("a review statement does not count", problem=problem)

    def _told(self, result: Reloaded) -> None:
        """Hear of an attempt to take up new content."""
        self._is_newest = result.ok
        if result.ok and result.changed:
            log.info("changed content is served now")
            self.log_state()
        elif result.ok:
            log.debug("the content was read again and had not changed")
        else:
            log.error(
                "changed content cannot be taken up: the last good one goes on being served",
                count=len(result.problems),
                advice="run `faqbot check`",
            )
            for problem in result.problems[:SHOWN_PROBLEMS]:
                log.warning("a fault in changed content", problem=problem)
        if result.withdrawn:
            log.warning("approvals were taken back", answers=", ".join(result.withdrawn))

    def _days_left(self) -> float:
        day = self._today()
        end = first_end(self._reloader.library, day, self._settings.reviews_required)
        return float("inf") if end is None else float((end - day).days)
