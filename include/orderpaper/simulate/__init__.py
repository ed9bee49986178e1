"""A Parliament that can be asked without asking Parliament: simulated from a seed, or replayed from a capture.

Both are served over loopback HTTP in the upstreams' own shapes and quirks, so that the real client is what is run
and tested. Invented: the people, their seats, every sentence. Real: departments, parties, formats.
"""

import datetime as dt

DEFAULT_FROM = dt.date(2025, 3, 10)
"""Monday of the sitting week that a run loads unless told otherwise."""

DEFAULT_TO = dt.date(2025, 3, 14)
"""Its Friday, on which the Commons sat too."""

DEFAULT_AS_OF = dt.date(2025, 3, 28)
"""The day on which the simulated upstreams are asked: nothing dated later is visible."""

DEFAULT_SEED = 1
DEFAULT_MEMBERS = 100
DEFAULT_QUESTIONS_PER_DAY = 108
"""With three windows (tabled, answered, corrected) a week then yields some 1,000 distinct questions."""
