"""Loader, models and markup."""
