"""The sentence encoder: its files, its vectors, its cache."""
