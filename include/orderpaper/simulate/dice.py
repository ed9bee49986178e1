"""Chance that is the same every time: the one place where random numbers come from."""

import random


def dice(*key: object) -> random.Random:
    """A generator that follows from its key alone, in any process and on any machine."""
    return random.Random("/".join(str(part) for part in key))  # noqa: S311 - chance here must be foreseeable
