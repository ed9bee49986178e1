"""How property tests run: without a clock, for a busy machine is no failure; in CI with the same examples always."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "orderpaper", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ
)
settings.load_profile("orderpaper")
