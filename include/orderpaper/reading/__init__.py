"""Read documents: encodings, markup, lines, dates and payloads. Several parsers share this code."""
