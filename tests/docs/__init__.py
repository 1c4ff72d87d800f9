"""The README and the docs prove themselves: what they tell people to type is typed here."""
