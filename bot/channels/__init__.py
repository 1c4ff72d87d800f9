"""Where people talk to the bot. Each channel renders a Reply in its own way."""
