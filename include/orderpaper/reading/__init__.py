"""Reading documents: bytes, markup, lines, dates and payloads, as several sources need it."""
