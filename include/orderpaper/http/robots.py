"""A parser of robots.txt, as RFC 9309 defines it.

`urllib.robotparser` ignores wildcards, and obeys the first rule that matches instead of the longest.
"""

import re
from dataclasses import dataclass

from requests.utils import requote_uri

from orderpaper.http.answers import Format

ADDRESS = "/robots.txt"
ROBOTS = Format("robots.txt", frozenset({"text/plain"}), b"")
MAX_BYTES = 500 * 1024
"""The part of the file that a crawler must read, according to the RFC."""


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: str
    is_allowed: bool

    def matches(self, address: str) -> bool:
        """Return whether the pattern matches the beginning of the address, or all of it if the pattern ends with `$`.

        A `*` stands for any characters.
        """
        first, *rest = self.pattern.removesuffix("$").split("*")
        if not address.startswith(first):
            return False
        position = len(first)
        last = rest.pop() if rest and self.pattern.endswith("$") else None
        for part in rest:
            found = address.find(part, position)
            if found < 0:
                return False
            position = found + len(part)
        if last is not None:
            return address.endswith(last) and len(address) - len(last) >= position
        return position == len(address) if self.pattern.endswith("$") else True


class Robots:
    """The rules of a robots.txt for one crawler.

    Args:
        body: the file.
        agent: the crawler's name, without its version.
    """

    def __init__(self, body: bytes, agent: str) -> None:
        groups: dict[str, list[_Rule]] = {}
        named: list[str] = []
        is_naming = False
        for line in body[:MAX_BYTES].decode("utf-8", "replace").removeprefix("\ufeff").splitlines():
            field, _, value = (part.strip() for part in line.partition("#")[0].partition(":"))
            field = field.lower()
            if field == "user-agent":
                named = [*named, value.lower()] if is_naming else [value.lower()]
                groups.setdefault(value.lower(), [])
            elif field in ("allow", "disallow") and value:
                for name in named:
                    groups[name].append(_Rule(_normal(value), field == "allow"))
            is_naming = field == "user-agent" or (is_naming and field not in ("allow", "disallow"))
        self._rules = groups.get(agent.lower(), groups.get("*", []))

    def allows(self, address: str) -> bool:
        """Return whether a path with its query may be fetched. The longest match decides, and `allow` wins a tie."""
        found = [(len(rule.pattern), rule.is_allowed) for rule in self._rules if rule.matches(_normal(address))]
        return max(found, default=(0, True))[1]


def _normal(address: str) -> str:
    """Return an address with the same characters percent-encoded as in any other spelling of it."""
    return re.sub("%[0-9a-f]{2}", lambda quoted: quoted.group().upper(), requote_uri(address))
