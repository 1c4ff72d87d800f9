"""What a chat was offered is remembered until the next reply, for the newest chats, in memory only."""

from bot.channels.telegram.offered import Offered
from bot.reply import Reply
from bot.respond import Ask, Open, Responder


def replies(responder: Responder) -> tuple[Reply, Reply]:
    """Return a reply that offers titles, and one that does not."""
    asked = responder.respond(Ask("kratom symptoms stop"))
    return asked, responder.respond(Open(asked.answers[0]))


def test_the_newest_reply_counts(responder: Responder) -> None:
    """Titles stay open until another reply comes that offers none."""
    asking, answering = replies(responder)
    offered = Offered()
    offered.remember("somebody", asking)
    assert offered.to("somebody") == asking.answers
    assert offered.to("somebody else") == ()
    offered.remember("somebody", answering)
    assert offered.to("somebody") == ()


def test_only_so_many_chats_are_kept(responder: Responder) -> None:
    """The chat that was silent longest is forgotten first, and memory stays bounded."""
    asking, _ = replies(responder)
    offered = Offered(most=2)
    for person in ("first", "second", "first", "third"):
        offered.remember(person, asking)
    assert [bool(offered.to(person)) for person in ("first", "second", "third")] == [True, False, True]
