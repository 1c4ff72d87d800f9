"""Guardrails, matching, and how a message is read."""
