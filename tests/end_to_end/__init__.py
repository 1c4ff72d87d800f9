"""The bot as a process of its own, with a Bot API on loopback."""
