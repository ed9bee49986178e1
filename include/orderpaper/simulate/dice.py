"""The only place from which random numbers come. They are the same in every run."""

import random


def dice(*key: object) -> random.Random:
    """Return a generator that follows from its key alone, in any process and on any machine."""
    return random.Random("/".join(str(part) for part in key))  # noqa: S311 - chance must be repeatable here
