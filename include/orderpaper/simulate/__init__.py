"""A Parliament to fetch from on one's own machine: simulated from a seed, or replayed from captured files.

Both are served over loopback HTTP in the shapes and with the quirks of the real sites, so that the real HTTP client is
what runs and what is tested. The people, their seats and every sentence are invented; the departments, the parties and
the formats are real.

This package holds what no single source owns: the server, the faults, the people, the calendar and the wording. How a
source's site looks stands in the source's own folder, in `simulated` and `replayed`; see `orderpaper.simulate.part`.
"""

import datetime as dt

DEFAULT_FROM = dt.date(2025, 3, 10)
"""Monday of the sitting week that a run loads unless told otherwise."""

DEFAULT_TO = dt.date(2025, 3, 14)
"""Friday of that week, on which the Commons sat too."""

DEFAULT_AS_OF = dt.date(2025, 3, 28)
"""The day on which the simulated sites are asked. Nothing that is dated later is visible."""

DEFAULT_SEED = 1
DEFAULT_MEMBERS = 100
DEFAULT_QUESTIONS_PER_DAY = 108
"""So many give some 1,000 different questions in a week's three windows (tabled, answered, corrected)."""
