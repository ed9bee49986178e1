"""Parse payloads of the written-statements API into statements."""

from orderpaper.errors import ParseError
from orderpaper.reading.dates import day_of
from orderpaper.reading.markup import html_to_text
from orderpaper.reading.payloads import Item, check_identity, read_json, text_of, value_fields
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Document, Parsed
from orderpaper.records.rows import read_list_or_detail
from orderpaper.records.types import written_statements as records
from orderpaper.sources.written_statements.payload import LEFT_OUT, WrittenStatement

_API = "the written-statements API"
KIND = f"a payload of {_API}"
LOOKED_FOR = "value.dateMade"


def matches(file: SavedFile) -> bool:
    """Return whether a saved file is a list page or a detail of the API."""
    return "dateMade" in value_fields(file.payload)


def parse(document: Document) -> Parsed:
    """Return the statements of a list page, or the one statement of a detail.

    A row of a list that is not understood is refused by itself.

    Raises:
        ParseError: a field is missing or of another type.
    """
    payload = read_json(document.body, _API)
    rows, announced, is_list = read_list_or_detail(
        payload, Item[WrittenStatement], _API, LEFT_OUT, key=lambda statement: statement.id, check=_check
    )
    if document.kind == "detail":
        if announced is not None:
            raise ParseError("a statement was asked for, and the API gave a page of its list")
        check_identity(document.url, rows.values[0].value.id, "statement")
    found = [_record(item.value, ordinal, is_list) for ordinal, item in enumerate(rows.values, start=1)]
    return Parsed(
        document_kind="written_statement_list" if is_list else "written_statement_detail",
        announced_count=announced,
        records=[*found, *rows.drift],
        refusals=rows.refusals,
        pieces=rows.pieces,
    )


def _check(statement: WrittenStatement) -> None:
    """Check that a statement has a heading and words.

    Raises:
        ParseError: it does not.
    """
    if not statement.title.strip() or not html_to_text(statement.text):
        raise ParseError(f"statement {statement.id} has no {'words' if statement.title.strip() else 'title'}")


def _record(statement: WrittenStatement, ordinal: int, is_list: bool) -> records.WrittenStatement:
    """Return the record of a statement."""
    return records.WrittenStatement(
        ordinal=ordinal,
        statement_id=statement.id,
        uin=statement.uin,
        house=statement.house,
        made_on=day_of(statement.date_made),
        member_id=statement.member_id,
        post_text=statement.member_role,
        answering_body_id=statement.answering_body_id,
        answering_body_text=statement.answering_body_name,
        heading=statement.title.strip(),
        text=text_of(statement.text, is_list=is_list),
        html=None if is_list else statement.text,
        is_truncated=is_list and statement.is_cut,
        linked_statement_ids=[linked.linked_statement_id for linked in statement.linked_statements],
        attachment_titles=[attachment.title for attachment in statement.attachments],
        attachment_urls=[attachment.url for attachment in statement.attachments],
    )
