"""What is remembered between messages: little, by keyed hash, and never a text.

`State` is what a channel needs; sqlite.py, redis.py and memory.py keep it; guarded.py goes on in
memory when a store fails.
"""

from bot.state.protocol import Claim, State, StateError

__all__ = ["Claim", "State", "StateError"]
