"""New source: say here in one sentence what the site publishes."""
