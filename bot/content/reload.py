"""Taking up changed content while running: a whole new state, or the last good one.

The channel makes one `Reloader`, asks `.current` at every message, runs `.watch()` beside its own
work, and calls `.request()` on SIGHUP. `tell` hears of every attempt, for the log and the metric.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from watchfiles import awatch

from bot.content.load import load_reviewers, subjects, try_load
from bot.content.model import Library, Review
from bot.content.review import Reviewers, read_record
from bot.content.review_files import REVIEWERS
from bot.content.sshsig import parse_public_key
from bot.content.today import utc_today
from bot.errors import ContentError

ServedT = TypeVar("ServedT")
_TRIES = 3
_DEBOUNCE_MS = 1_600
_LOOK_MS = 15_000

_Seen = dict[str, tuple[int, int, int]]


@dataclass(frozen=True)
class Reloaded:
    """What one attempt to take up new content came to."""

    ok: bool
    """False: the new state was refused and the last good one goes on serving."""
    changed: bool
    """Whether what is served is another state than before."""
    problems: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    """Answers no longer served though the new state was refused: rejected, or their key revoked."""


class Reloader(Generic[ServedT]):
    """Holds what is served, and swaps it whole. Any thread may read `.current` at any time."""

    def __init__(
        self,
        root: Path,
        library: Library,
        build: Callable[[Library], ServedT],
        tell: Callable[[Reloaded], None] = lambda _: None,
        today: Callable[[], date] = utc_today,
    ) -> None:
        """Begin with `library`, loaded from `root`. Raises what `build` raises.

        `build` makes what is served (a Responder) from a Library. `tell` may be called from
        another thread.
        """
        self._root = root
        self._build = build
        self._tell = tell
        self._today = today
        self._lock = threading.Lock()
        self._asked = asyncio.Event()
        self._seen: _Seen = {}
        self._state = (library, build(library))

    @property
    def current(self) -> ServedT:
        """Return what serves messages now."""
        return self._state[1]

    @property
    def library(self) -> Library:
        """Return the content that `current` was built from."""
        return self._state[0]

    def reload(self) -> Reloaded:
        """Read the content again and swap to it if it is whole; report what happened. Never raises."""
        with self._lock:
            try:
                result = self._reload()
            except Exception as error:  # noqa: BLE001  (whatever it is, the last good state serves on)
                result = Reloaded(ok=False, changed=False, problems=(f"{type(error).__name__}: {error}",))
        self._tell(result)
        return result

    def request(self) -> None:
        """Ask `watch` to reload soon; for a signal handler in the same event loop."""
        self._asked.set()

    async def watch(
        self, stop: asyncio.Event, *, debounce_ms: int = _DEBOUNCE_MS, look_ms: int = _LOOK_MS
    ) -> None:
        """Reload on every change below the folder and on every `request()`, until `stop` is set.

        Every `look_ms` the files are looked over too, for what the system does not report: network
        mounts, re-pointed links, changes made before the watch began.
        """
        changes = asyncio.create_task(self._watch_files(stop, debounce_ms, look_ms))
        stopped = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                asked = asyncio.create_task(self._asked.wait())
                await asyncio.wait((asked, stopped), return_when=asyncio.FIRST_COMPLETED)
                asked.cancel()
                if self._asked.is_set() and not stop.is_set():
                    self._asked.clear()
                    await asyncio.to_thread(self.reload)
        finally:
            for task in (changes, stopped):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    async def _watch_files(self, stop: asyncio.Event, debounce_ms: int, look_ms: int) -> None:
        told = False
        while not stop.is_set():
            try:
                watching = awatch(
                    self._root,
                    stop_event=stop,
                    debounce=debounce_ms,
                    step=50,
                    rust_timeout=look_ms,
                    yield_on_timeout=True,
                )
                async for changes in watching:
                    told = False
                    if changes or _snapshot(self._root) != self._seen:
                        self._asked.set()
            except (OSError, RuntimeError) as error:
                if not told:
                    problem = f"{self._root} cannot be watched ({error}): after changes, send SIGHUP"
                    self._tell(Reloaded(ok=False, changed=False, problems=(problem,)))
                told = True
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), look_ms / 1000)

    def _reload(self) -> Reloaded:
        last = self.library
        library, problems = self._read()
        if library is not None and not problems:
            problems = _unverifiable(library, last, self._today())
        if library is None or problems:
            return self._refuse(last, problems)
        if library == last:
            return Reloaded(ok=True, changed=False)
        try:
            self._state = (library, self._build(library))
        except ContentError as error:
            return self._refuse(last, error.problems)
        return Reloaded(ok=True, changed=True)

    def _read(self) -> tuple[Library | None, tuple[str, ...]]:
        """Load until nothing moves meanwhile, so that no half-copied state is taken for a whole one."""
        for _ in range(_TRIES):
            before = _snapshot(self._root)
            library, problems = try_load(self._root, self.library.language)
            self._seen = before
            if _snapshot(self._root) == before:
                return library, tuple(str(problem) for problem in problems)
        return None, (f"{self._root} kept changing while it was read; it is read again at the next change",)

    def _refuse(self, last: Library, problems: tuple[str, ...]) -> Reloaded:
        """Keep the last good state, but for what reviewers or owners took back since."""
        kept = _without_withdrawn(last, self._root)
        lost = tuple(sorted(a for a in last.reviews if kept.reviews.get(a) != last.reviews[a]))
        if lost:
            self._state = (kept, self._build(kept))
        return Reloaded(ok=False, changed=bool(lost), problems=problems, withdrawn=lost)


def _unverifiable(library: Library, last: Library, day: date) -> tuple[str, ...]:
    """Return what makes the reviews of `library` worse than those of `last`, not only different."""
    known = set(last.review_problems)
    problems = [problem for problem in library.review_problems if problem not in known]
    for file, signed_on in library.signed_on.items():
        if signed_on < last.signed_on.get(file, signed_on):
            problems.append(
                f"{file}:1: is older than the statement it replaces ({last.signed_on[file]}); sign again"
            )
        if signed_on > day and signed_on != last.signed_on.get(file):
            problems.append(f"{file}:1: is dated {signed_on}, after today; check the clock and sign again")
    return tuple(problems)


def _without_withdrawn(last: Library, root: Path) -> Library:
    """Return `last` less the approvals that valid rejections or reviewers.yaml on disk now take back."""
    reviewers, faults = load_reviewers(root)
    if faults or not (root / REVIEWERS).is_file():
        return last
    record = read_record(root, reviewers)
    rejected = {subject.answer for subject in record.rejected(subjects(last))}
    kept = {
        answer: tuple(r for review in reviews if (r := _still(review, reviewers)) is not None)
        for answer, reviews in last.reviews.items()
        if answer not in rejected
    }
    return replace(last, reviews={answer: reviews for answer, reviews in kept.items() if reviews})


def _still(review: Review, reviewers: Reviewers) -> Review | None:
    """Return `review` with the end that its key has now; None where the key is listed no more."""
    reviewer = reviewers.get(review.reviewer)
    for key in reviewer.keys if reviewer and reviewer.credentials else ():
        if parse_public_key(key.key).fingerprint == review.key:
            return replace(review, ends=min(review.ends, key.revoked_on or review.ends))
    return None


def _snapshot(root: Path) -> _Seen:
    """Return what tells whether any file below `root` was touched."""
    found: _Seen = {}
    for path in root.rglob("*"):
        with suppress(FileNotFoundError):
            stat = path.stat()
            found[str(path)] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
    return found
