"""Vetted FAQ Bot: sends only what clinicians wrote, and sees a person in danger first."""

import os

# numpy's BLAS reads this once, when numpy is first imported; nothing of this package runs before this
# line. Its matrices are small: more threads would take memory and the other core, and give no speed.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
