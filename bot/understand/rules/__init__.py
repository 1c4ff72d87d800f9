"""The word patterns of guardrail rules: read, compiled, matched."""
