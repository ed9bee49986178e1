"""Who is quoted in a press post: a name, an office, or both."""

import pytest

from orderpaper.sources.press_blog.quotes import Speaker, block_speaker, find_phrases


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("Harbour Minister Ada Quill said:", Speaker("Ada Quill", "Harbour Minister")),
        ("Ada Quill, Harbour Minister, said:", Speaker("Ada Quill", "Harbour Minister")),
        ("The Home Secretary said:", Speaker(None, "Home Secretary")),
        ("A Home Office spokesperson said:", Speaker(None, "Home Office spokesperson")),
        ("Ada Quill said:", Speaker("Ada Quill")),
    ],
)
def test_an_office_without_a_name_is_a_post(line: str, speaker: Speaker) -> None:
    assert block_speaker(line) == speaker


def test_an_office_that_is_quoted_in_a_sentence_is_a_post() -> None:
    (phrase,) = find_phrases("The Home Secretary said that it “is his mission”.")
    assert phrase.speaker == Speaker(None, "Home Secretary")
