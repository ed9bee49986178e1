"""The fund, grant or programme that a sum belongs to, and who receives it, both as printed."""

import re

_HEAD = (
    "Fund|Funds|Grant|Grants|Programme|Programmes|Program|Scheme|Initiative|Settlement|Plan|Partnership|Facility|Deal|Project|Package|Allowance|Award|Awards"
    "|Accelerator|Mission|Network|Pilot|Guarantee|Bank|Scholarship|Strategy|Challenge|Competition|Relief|Levy|Formula|Credit|Bursary|Payment|Payments|Premium|Hub|Hubs|Centre|Institute|Taskforce|Trial|Budget|Response"
)
_NAME = rf"(?:[A-Z][\w’'&/-]*,?\s(?:(?:of|and|for|the|in|to|on|with|&)\s){{0,2}}){{1,9}}?(?:\([A-Z][\w-]*\)\s)?(?:{_HEAD})\b(?:\s\([A-Z]\w+\))?"
_AFTER = re.compile(
    rf"\s(?:(?!and\b|of which)[a-z-]+\s){{0,6}}?(?P<name>{_NAME})|[^.;£]{{0,80}}?\b(?:through|under|via|from|for|to|in|into|of|by|as part of)\s(?:the\s|its\s|our\s)?(?:[\w-]+\s){{0,3}}?(?P<later>{_NAME})"
)
_BEFORE = re.compile(rf"(?P<name>{_NAME})(?![^£]*£)")
_GROUPS = (
    r"(?:\w[\w’'-]*\s){0,4}?(?:police(?: forces?)?|forces|councils?|authorit(?:y|ies)|trusts?|schools|colleges|universit(?:y|ies)|boards?|charit(?:y|ies)|hospices|hospitals|farmers|businesses|governments?|"
    r"organisations|providers|households|families|companies|employers|teachers|claimants|victims|countries|communities|partners|pharmacies|practices|clubs|museums|networks|forces|researchers|fishers|farms|services|Wales|Scotland|Northern Ireland|England|Ukraine|Sudan|Gaza)\b"
)
_PROPER = r"(?:the\s)?(?:[A-Z][\w’'&-]*(?:\s(?:of|and|for|the|&|upon|de|in)(?=\s[A-Z]))?\s?){1,8}(?:\([A-Z]\w+\))?"
_TO = re.compile(
    rf"[^.;,£]{{0,60}}?\b(?:to|among|between|across)\s(?:all\s|the\s|eligible\s|local\s)*(?P<who>{_GROUPS}|{_PROPER})"
)
_GIVEN = re.compile(
    rf"\b(?:awarded|allocated|gave|given|granted|provided|paid|providing|provides|provide|giving|gives|give|paying|award|offered|sent)\s(?P<who>(?:all\s|the\s)*(?:{_GROUPS}|{_PROPER}))(?:\s(?:with|a|an|up|over|around)\b|\s*$)"
)
_RECEIVES = re.compile(
    rf"(?P<who>{_GROUPS}|{_PROPER})\s(?:(?:will|has|have|is|are|was|were|also|had|already|been)\s){{0,4}}?(?:receiv\w+|awarded|allocated|get|be given|secured|benefit\w* from)\b(?![^£]*£)"
)


def programme(before: str, after: str) -> str | None:
    """The name of the programme in the sentence of a sum that stands nearest to it."""
    if match := _AFTER.match(after[:200]):
        return (match["name"] or match["later"]).strip()
    found = None
    for match in _BEFORE.finditer(before[-200:]):
        found = match["name"].strip()
    return found


def recipient(before: str, after: str) -> str | None:
    """Who receives the sum, where the sentence says so."""
    for pattern, part in ((_GIVEN, before[-200:]), (_TO, after[:150]), (_RECEIVES, before[-200:])):
        match = pattern.match(part) if pattern is _TO else pattern.search(part)
        if match:
            return match["who"].strip()
    return None
