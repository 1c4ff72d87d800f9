"""Vetted FAQ Bot: sends only what clinicians wrote, and sees a person in danger first."""

__version__ = "0.1.0"
