"""Content taken up while running: whole and verified, or the last good state."""

from __future__ import annotations

import asyncio
import shutil
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.compose import Composer
from bot.content import reload as reload_module
from bot.content.model import Library
from bot.content.reload import Reloaded, Reloader
from bot.errors import ContentError
from bot.reply import Kind
from tests.reviews.conftest import TODAY, Desk, Person


@dataclass
class Running:
    """A bot's content as it runs: a reloader, and what it told."""

    desk: Desk
    told: list[Reloaded] = field(default_factory=list)
    reloader: Reloader[Composer] = field(init=False)

    def __post_init__(self) -> None:
        """Start from what is on disk."""
        desk = self.desk
        self.reloader = Reloader(
            desk.root, desk.library(), self.build, self.told.append, today=lambda: desk.day
        )

    def build(self, library: Library) -> Composer:
        """Build what serves, as the command line does."""
        return Composer(library, "US", today=lambda: self.desk.day)

    def served(self) -> set[str]:
        """Return the answers that the running bot sends now."""
        current = self.reloader.current
        return {a for a in current.library.answers if current.answer(a).kind is Kind.ANSWER}


@pytest.fixture
def running(desk: Desk, alice: Person, bob: Person) -> Running:
    """Start a bot where Test Reviewers A and B are listed and A has approved one answer."""
    desk.list(alice.entry(), bob.entry())
    desk.approve("liver", alice)
    return Running(desk)


def test_new_content_is_swapped_in_whole(running: Running, alice: Person) -> None:
    """A new approval and a new text serve after a reload; what was being built from before is untouched."""
    before = running.reloader.current
    running.desk.approve("dehydration", alice)
    assert running.reloader.reload() == Reloaded(ok=True, changed=True)
    assert running.served() == {"liver", "dehydration"}
    assert before.answer("dehydration").kind is Kind.NO_ANSWER
    assert running.reloader.reload() == Reloaded(ok=True, changed=False)
    assert [t.ok for t in running.told] == [True, True]


def test_an_edit_on_disk_revokes(running: Running) -> None:
    """An edited answer is good content without an approval: it is taken up and no longer served."""
    file = running.desk.root / "en/safety/liver.yaml"
    file.write_bytes(file.read_bytes() + b"#")
    assert running.reloader.reload().ok
    assert running.served() == set()


def test_a_broken_state_keeps_the_last_good_one(running: Running) -> None:
    """A broken file, a statement that does not verify or a failing build leaves everything as it was."""
    root = running.desk.root
    good = running.reloader.current
    statement = root / "reviews/en/liver.test_a.yaml"
    for path, why in ((root / "en/messages.yaml", "messages.yaml"), (statement, "does not count")):
        kept = path.read_bytes()
        path.write_bytes(kept + b": [broken")
        result = running.reloader.reload()
        assert not result.ok
        assert not result.changed
        assert why in result.problems[0]
        assert running.told[-1] == result
        assert running.reloader.current is good
        path.write_bytes(kept)
        assert running.reloader.reload() == Reloaded(ok=True, changed=False)
    assert running.served() == {"liver"}


def test_what_cannot_be_built_is_not_served(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the parts refuse the new content, in words or by an exception, the old parts go on."""
    for error, why in ((ContentError(("bad pattern",)), "bad pattern"), (KeyError("x"), "KeyError")):
        statement = running.desk.root / "reviews/en/liver.test_a.yaml"
        shutil.rmtree(statement.parent, ignore_errors=True)

        def fail(_: Library, error: Exception = error) -> Composer:
            raise error

        monkeypatch.setattr(running.reloader, "_build", fail)
        result = running.reloader.reload()
        assert (result.ok, result.changed) == (False, False)
        assert why in result.problems[0]
        assert running.served() == {"liver"}


def test_rubbish_cannot_delay_bad_news(running: Running, alice: Person, bob: Person) -> None:
    """A refused state still takes back what it validly rejects, and what its keys no longer vouch for."""
    desk = running.desk
    desk.approve("dehydration", alice)
    desk.approve("naloxone", bob, "--checked", "amounts_exemption")
    assert running.reloader.reload().ok
    rubbish = desk.root / "reviews/en/liver.test_c.yaml"
    rubbish.write_text("rubbish")
    desk.run("reject", "liver", "--as", bob.id, "--key", str(bob.key), "--comment", "No")
    result = running.reloader.reload()
    assert (result.ok, result.changed, result.withdrawn) == (False, True, ("liver",))
    assert running.served() == {"dehydration", "naloxone"}
    messages = desk.root / "en/messages.yaml"
    messages.write_text("broken: [")
    desk.list(alice.entry(), bob.entry(revoked_on=TODAY))
    assert running.reloader.reload().withdrawn == ("naloxone",)
    desk.list(bob.entry(revoked_on=TODAY))
    assert running.reloader.reload().withdrawn == ("dehydration",)
    assert running.served() == set()


def test_an_older_statement_is_refused_while_running(running: Running, alice: Person) -> None:
    """A statement dated before the one it replaces is a replay: the state that holds it is refused."""
    desk = running.desk
    folder = desk.root / "reviews/en"
    shutil.copytree(folder, desk.root.parent / "old")
    desk.day += timedelta(days=10)
    desk.approve("liver", alice)
    assert running.reloader.reload().ok
    shutil.rmtree(folder)
    shutil.move(desk.root.parent / "old", folder)
    result = running.reloader.reload()
    assert not result.ok
    assert "older than the statement it replaces (2026-12-02)" in result.problems[0]


def test_a_statement_from_the_future_is_refused_while_running(running: Running, alice: Person) -> None:
    """A statement dated after today would expire the others: the state that holds it is refused."""
    running.desk.day += timedelta(days=400)
    running.desk.approve("dehydration", alice)
    running.desk.day = TODAY
    result = running.reloader.reload()
    assert not result.ok
    assert "after today" in result.problems[0]
    assert running.served() == {"liver"}


def test_a_known_problem_does_not_stop_later_changes(desk: Desk, alice: Person) -> None:
    """A bad statement that was there at the start does not keep good changes from being taken up."""
    desk.approve("liver", alice)
    (desk.root / "reviews/en/liver.test_c.yaml").write_text("rubbish")
    running = Running(desk)
    desk.approve("dehydration", alice)
    assert running.reloader.reload() == Reloaded(ok=True, changed=True)
    assert running.served() == {"liver", "dehydration"}


def test_a_state_still_being_copied_is_not_taken(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """While files change under the reader's hands nothing is swapped; the next quiet moment is taken."""
    snapshots = iter(range(100))
    with monkeypatch.context() as patch:
        patch.setattr(reload_module, "_snapshot", lambda _: {"f": (next(snapshots), 0, 0)})
        result = running.reloader.reload()
    assert not result.ok
    assert "kept changing" in result.problems[0]
    assert running.reloader.reload().ok


def test_expiry_needs_no_reload(running: Running) -> None:
    """A review that runs out stops counting that day though nothing on disk changed."""
    assert running.served() == {"liver"}
    running.desk.day = date(2027, 11, 22)
    assert running.served() == set()
    assert running.told == []


async def _until_told(running: Running, act: Callable[[], None], count: int) -> None:
    """Watch the folder, `act`, and wait until `count` reloads were told."""
    stop, done = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def tell(result: Reloaded) -> None:
        running.told.append(result)
        if len(running.told) >= count:
            loop.call_soon_threadsafe(done.set)

    running.reloader._tell = tell
    loop.add_signal_handler(signal.SIGHUP, running.reloader.request)
    watching = asyncio.create_task(running.reloader.watch(stop, debounce_ms=50, look_ms=100))
    try:
        act()
        await asyncio.wait_for(done.wait(), 20)
    finally:
        loop.remove_signal_handler(signal.SIGHUP)
        stop.set()
        await asyncio.wait_for(watching, 20)


def test_sighup_reloads(running: Running) -> None:
    """SIGHUP has the content read again."""
    asyncio.run(_until_told(running, lambda: signal.raise_signal(signal.SIGHUP), 1))
    assert running.told[0] == Reloaded(ok=True, changed=False)


def test_a_changed_file_is_noticed(running: Running) -> None:
    """A change below the folder is taken up without being asked."""
    file = running.desk.root / "en/safety/liver.yaml"
    asyncio.run(_until_told(running, lambda: _append(file), 1))
    assert running.told[0].ok
    assert running.served() == set()


def _append(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"# changed\n")


def test_a_folder_swapped_by_a_link_is_noticed(running: Running, alice: Person) -> None:
    """A folder that is a link to a release, re-pointed to another, is taken up too."""
    desk = running.desk
    releases = desk.root.parent / "releases"
    releases.mkdir()
    shutil.copytree(desk.root, releases / "two")
    shutil.move(desk.root, releases / "one")
    desk.root.symlink_to(releases / "one")
    started = Running(desk)
    second = Desk(releases / "two", desk.day)
    second.approve("dehydration", alice)

    def swap() -> None:
        desk.root.unlink()
        desk.root.symlink_to(releases / "two")

    asyncio.run(_until_told(started, swap, 1))
    assert started.served() == {"liver", "dehydration"}


def test_a_folder_that_cannot_be_watched_is_reported(running: Running) -> None:
    """Where watching fails, somebody is told what to do instead, and SIGHUP goes on working."""
    shutil.rmtree(running.desk.root)
    asyncio.run(_until_told(running, lambda: signal.raise_signal(signal.SIGHUP), 2))
    assert {t.ok for t in running.told} == {False}
    assert any("cannot be watched" in p for t in running.told for p in t.problems)
    assert running.served() == {"liver"}
