"""Faults in the transport of an answer, on demand. Each fault spoils a good answer in its own way."""

import datetime as dt
import functools
import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email.utils import format_datetime
from typing import Literal

from orderpaper.errors import ConfigError
from orderpaper.simulate.payloads import problem

JSON_TYPE = "application/json; charset=utf-8"

_HTML = b"<!DOCTYPE html><html><head><title>Maintenance</title></head><body><p>Back soon.</p></body></html>"
_BOMB_BYTES = 80 << 20
"""Size after unpacking. Packed, it is a thousandth of that."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that the server sends."""

    status: int
    body: bytes = b""
    media_type: str = JSON_TYPE
    headers: dict[str, str] = field(default_factory=dict)
    sent: Literal["whole", "late", "half", "dripping", "reset"] = "whole"
    """How it is sent: whole and at once, after some seconds, only half, a byte at a time, or not at all."""

    @classmethod
    def json(cls, status: int, value: object) -> "Answer":
        """Return an answer in JSON."""
        return cls(status, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _problem(status: int, title: str, *, sent_as: int | None = None) -> Answer:
    return Answer.json(sent_as or status, problem(status, title))


def _throttled(retry_after: str) -> Answer:
    return replace(_problem(429, "Too Many Requests"), headers={"Retry-After": retry_after})


def _in_a_second() -> str:
    return format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1), usegmt=True)


def _redirect(target: str) -> Answer:
    return Answer(302, headers={"Location": target})


@functools.cache
def _bomb() -> Answer:
    return Answer(200, gzip.compress(bytes(_BOMB_BYTES)), headers={"Content-Encoding": "gzip"})


FAULTS: dict[str, Callable[[Answer, str], Answer]] = {
    "http_500": lambda _, __: _problem(500, "An error occurred while processing your request."),
    "http_429": lambda _, __: _throttled("1"),
    "http_429_date": lambda _, __: _throttled(_in_a_second()),
    "in_band_500": lambda _, __: _problem(500, "An error occurred while processing your request.", sent_as=200),
    "html_for_json": lambda _, __: Answer(200, _HTML, "text/html; charset=utf-8"),
    "empty_body": lambda answer, _: Answer(200, b"", answer.media_type),
    "truncated_body": lambda answer, _: replace(answer, sent="half"),
    "short_length": lambda answer, _: replace(answer, headers={"Content-Length": str(len(answer.body) // 2)}),
    "slow": lambda answer, _: replace(answer, sent="late"),
    "slow_drip": lambda answer, _: replace(answer, sent="dripping"),
    "reset": lambda answer, _: replace(answer, sent="reset"),
    "gzip_bomb": lambda _, __: _bomb(),
    "redirect": lambda _, path: _redirect(path),
    "redirect_elsewhere": lambda _, path: _redirect(f"https://elsewhere.example{path}"),
    "redirect_to_private": lambda _, __: _redirect("http://169.254.169.254/latest/meta-data/"),
}
"""Name → function from an answer and its path to the spoilt answer."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of the n-th answer of the server, counted from 1, or of every answer.

    Raises:
        ConfigError: there is no such fault.
    """

    name: str
    nth: int | None = None

    def __post_init__(self) -> None:
        if self.name not in FAULTS:
            raise ConfigError(f"There is no fault {self.name!r}; there are {', '.join(FAULTS)}.")

    @classmethod
    def parse(cls, text: str) -> "Fault":
        """Return the fault that a command line names: "http_500" for every request, "http_500:3" for the third.

        Raises:
            ConfigError: there is no such fault, or no number after the colon.
        """
        name, _, nth = text.partition(":")
        if nth and not nth.isdecimal():
            raise ConfigError(f"In the fault {text!r} there must be a number after the colon.")
        return cls(name, int(nth) if nth else None)

    def spoil(self, answer: Answer, path: str) -> Answer:
        """Return the spoilt form of an answer to `path`."""
        return FAULTS[self.name](answer, path)
