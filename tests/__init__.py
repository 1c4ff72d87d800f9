"""Tests. Each docstring states the behaviour it holds the project to, in one sentence."""
