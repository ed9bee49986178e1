"""Find the speakers that a press post quotes, in lines that introduce a block and in phrases in quotation marks."""

import re
from dataclasses import dataclass

_SAID = r"(?:said|says|added|adds|commented|continued|explained|wrote|tweeted|warned|announced)"
_BLOCK = re.compile(
    rf"(?P<who>.{{2,160}}?),? (?:also |has |have )?{_SAID}(?: (?:that|today|yesterday|earlier|afterwards))?:"
)
_ROLE = (
    r"(?:(?:Under-)?Secretary|Minister|Chancellor|Mayor|Commissioner|Constable|Director(?:[ -]General)?|Chief Executive"
    r"|Chair(?:man|woman)?|President|Officer|Superintendent|Inspector|Inspectorate|Ambassador|Advis[eo]r|Lead|Head"
    r"|Leader|Attorney General|Solicitor General|[Ss]pokes(?:person|man|woman)|[Ss]ource)"
)
_WORD = r"[A-ZÀ-Ý][\w’'\-]{1,40}"
_PERSON = (
    r"(?:(?:Sir|Dame|Lord|Lady|Baroness|Dr|Professor|Mr|Mrs|Ms|Rt Hon|The Rt Hon) )*"
    rf"{_WORD}(?: (?:[A-ZÀ-Ý][\w’'\-]{{0,40}}\.?|of|de|van|von|al|bin)){{0,3}}(?: (?:MP|QC|KC|CBE|OBE|QPM))*"
)
_POST_THEN_PERSON = re.compile(rf"(?P<post>.*\b{_ROLE}),? (?P<name>{_PERSON})")
_POST_FOR_THEN_PERSON = re.compile(
    rf"(?P<post>.*\b{_ROLE} (?:of|for|at|to) .*?),? "
    rf"(?P<name>(?:(?:Sir|Dame|Lord|Baroness|Dr) )?{_WORD} {_WORD})"
)
_IS_POST = re.compile(rf"\b{_ROLE}\b")
_PERSON_THEN_POST = re.compile(rf"(?P<name>{_PERSON}), (?:the |an? )?(?P<post>.*\b{_ROLE}\b.*)")
_LEAD_IN = re.compile(
    r"^(?:Speaking|Responding|Commenting|Writing|Announcing|Following|During|Visiting|Launching|Welcoming|In|At|On|After"
    r"|Ahead of|Earlier|Yesterday|Today|Meanwhile)\b[^,]*, "
)
_ARTICLE = re.compile(r"^(?:[Tt]he|[Aa]n?|[Oo]ur) ")

_ANOTHER = re.compile(rf"[a-z,] {_WORD} {_WORD}\b")
_REACH = 400
"""Maximum distance in characters of a phrase from the subject of its sentence."""
_PHRASE = re.compile(r"“(?P<words>[^“”]{1,1000})”|(?<![\w])\"(?P<straight>[^\"]{1,1000})\"")
_VERB = "said|says|told|tells|warned|added|called|described|explained|insisted|claimed|tweeted|wrote"
_SPEECH = re.compile(rf"\b(?:{_VERB}|saying|warning|adding)\b")
_SUBJECT = re.compile(
    rf"(?:(?:[Tt]he )?(?P<post>(?:{_WORD} ){{0,6}}{_ROLE}(?: (?:of|for) {_WORD}[^,.:“”]{{0,60}}?)?)"
    rf"(?:,? (?P<holder>{_WORD} {_WORD}))?|(?P<name>{_WORD} {_WORD}))"
    rf"(?P<rest>,| (?:is|was|has|had|will|also|{_VERB})\b)"
)
_POST_AND_NAME = re.compile(rf"\b(?P<post>(?:{_WORD} ){{0,4}}{_ROLE}),? (?P<name>{_WORD} {_WORD})")
_SENTENCE_END = re.compile(r"[.!?][”\"’')]* +(?=[A-Z“‘\"])")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker as printed: a name, a post, or both. A spokesperson has what is printed as the post."""

    name: str | None
    post: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words between quotation marks in a paragraph: `paragraph[start:end]`, without the marks."""

    speaker: Speaker
    start: int
    end: int


def block_speaker(line: str) -> Speaker | None:
    """Return the speaker whom a line such as "Home Secretary Sajid Javid said:" introduces, or None for other lines."""
    match = _BLOCK.fullmatch(line)
    return _speaker(match["who"]) if match else None


def find_phrases(paragraph: str) -> list[Phrase]:
    """Return the phrases between quotation marks whose speaker is plain from their own sentence.

    The speaker is plain if the sentence begins with a person or an office and has a verb of saying and no other
    person between that subject and the phrase. All other quotation marks (titles, terms, irony) are ignored.
    """
    flat = paragraph.replace("\u00a0", " ")
    phrases = []
    for sentence_start, sentence_end in _sentences(flat):
        subject = _SUBJECT.match(flat, sentence_start)
        if not subject or subject.end() > sentence_end:
            continue
        speaker = Speaker(subject["name"] or subject["holder"], subject["post"])
        for match in _PHRASE.finditer(flat, subject.start("rest"), min(sentence_end, subject.end() + _REACH)):
            between = flat[subject.start("rest") : match.start()]
            if _SPEECH.search(between) and not _ANOTHER.search(between):
                group = "words" if match["words"] else "straight"
                phrases.append(Phrase(speaker, match.start(group), match.end(group)))
    return phrases


def posts_printed(text: str) -> dict[str, str]:
    """Return name → office for each "Crime Minister NAME" in the text, with the first office printed with the name."""
    posts: dict[str, str] = {}
    for match in _POST_AND_NAME.finditer(" ".join(text.split())):
        posts.setdefault(match["name"], match["post"])
    return posts


def _speaker(who: str) -> Speaker:
    """Return the speaker in "Policing Minister NAME", "NAME, Policing Minister" or "A Home Office spokesperson"."""
    who = _ARTICLE.sub("", _LEAD_IN.sub("", who))
    for pattern in (_PERSON_THEN_POST, _POST_THEN_PERSON, _POST_FOR_THEN_PERSON):
        if match := pattern.fullmatch(who):
            return Speaker(match["name"], match["post"])
    return Speaker(None, who) if _IS_POST.search(who) else Speaker(who)


def _sentences(text: str) -> list[tuple[int, int]]:
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))
