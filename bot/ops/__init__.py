"""For whoever runs the bot: logs without persons in them, metrics, health."""
