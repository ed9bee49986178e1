"""A saved file, in the forms in which the parsers look at it to recognise it."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from orderpaper.errors import ParseError
from orderpaper.reading.captions import without_captions
from orderpaper.reading.lines import Line
from orderpaper.reading.mail import without_mail
from orderpaper.reading.page import Page, read_page
from orderpaper.reading.page_breaks import running_text
from orderpaper.reading.printed import printed_lines, without_bullets

_LINE_ENDS = dict.fromkeys((0x85, 0x2028, 0x2029), "\n")
"""Other line ends than those of files, as word processors copy them."""


@dataclass(frozen=True)
class SavedFile:
    """A file that a person saved. `text` is its decoded content."""

    text: str

    @property
    def is_json(self) -> bool:
        """Whether the text looks like JSON."""
        return self.text.lstrip().startswith(("{", "["))

    @cached_property
    def payload(self) -> Any:
        """The JSON value; None if the text does not look like JSON.

        Raises:
            ParseError: it looks like JSON but is not.
        """
        if not self.is_json:
            return None
        try:
            return json.loads(self.text)
        except RecursionError as error:
            raise ParseError("the file looks like JSON but nests too deep to be a payload") from error
        except ValueError as error:
            if isinstance(error, json.JSONDecodeError) and error.msg == "Extra data":
                where = f"line {error.lineno}, column {error.colno}"
                raise ParseError(
                    f"the file has more than one JSON value, the second at {where}; save each in a file of its own"
                ) from error
            raise ParseError(f"the file looks like JSON but is not: {error}") from error

    @cached_property
    def page(self) -> Page:
        """The parts of the page, if the file is one.

        Raises:
            ParseError: it is a page that cannot be read whole, or that has no text.
        """
        return read_page(self.text)

    @cached_property
    def prose(self) -> str:
        """The text that a reader sees: of an HTML page the visible text, otherwise the text itself.

        It is without what a mail program adds, bullets before all of its lines, what stands between its pages, the
        captions of pictures, and line ends in sentences.

        Raises:
            ParseError: as for `page`, or a number may be the number of a page or a word.
        """
        text = without_bullets(without_mail(self.page.text.translate(_LINE_ENDS)))
        return without_captions(running_text(text))

    @cached_property
    def lines(self) -> list[Line]:
        """The lines of the prose; none for JSON."""
        return [] if self.is_json else printed_lines(self.prose)
