"""Telegram: updates in, replies out. Nothing outside this package imports `telegram`."""
