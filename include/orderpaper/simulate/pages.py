"""Web pages of third parties."""

import html

from orderpaper.simulate.part import Page

HTML = "text/html; charset=UTF-8"


def prose(title: str, text: str) -> Page:
    """Return a page with a text in it, each line a paragraph."""
    return page(title, "".join(f"<p>{html.escape(line, quote=False)}</p>\n" for line in text.split("\n")))


def page(title: str, content: str) -> Page:
    """Return a page with this content between its navigation and its footer."""
    text = (
        f'<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{title}</title></head>\n<body>\n'
        '<nav><a href="/search">Search</a></nav>\n'
        f"<main>\n{content}</main>\n<footer><p>Made by volunteers.</p></footer>\n</body>\n</html>\n"
    )
    return Page(text.encode(), HTML)
