"""Parse payloads of the written-statements API into statements."""

import html

from orderpaper.reading.markup import html_to_text
from orderpaper.reading.payloads import first_value, read_json, read_shape
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Document, Parsed
from orderpaper.records.drift import find_drift
from orderpaper.records.types.written_statements import WrittenStatement
from orderpaper.sources.written_statements import payload as shapes

_API = "the written-statements API"
KIND = f"a payload of {_API}"
LOOKED_FOR = "value.dateMade"


def matches(file: SavedFile) -> bool:
    """Return whether a saved file is a list page or a detail of the API."""
    return "dateMade" in first_value(file.payload)


def parse(document: Document) -> Parsed:
    """Return the statements of a list page, or the one statement of a detail.

    Raises:
        ParseError: a field is missing or of another type.
    """
    payload = read_json(document.body, _API)
    if isinstance(payload, dict) and "results" in payload:
        page = read_shape(payload, shapes.Page, _API)
        kind, announced = "written_statement_list", page.total_results
        statements, raw = [item.value for item in page.results], [row["value"] for row in payload["results"]]
    else:
        kind, announced = "written_statement_detail", None
        statements, raw = [read_shape(payload, shapes.Item, _API).value], [payload["value"]]
    is_list = announced is not None
    records = [_record(statement, ordinal, is_list) for ordinal, statement in enumerate(statements, start=1)]
    return Parsed(
        document_kind=kind,
        announced_count=announced,
        records=[*records, *find_drift(raw, shapes.KNOWN_FIELDS, "value")],
    )


def _record(statement: shapes.WrittenStatement, ordinal: int, is_list: bool) -> WrittenStatement:
    """Return the record of a statement. The text of a list row has no tags left, but its entities are escaped."""
    return WrittenStatement(
        ordinal=ordinal,
        statement_id=statement.id,
        uin=statement.uin,
        house=statement.house,
        made_on=statement.date_made.date(),
        member_id=statement.member_id,
        post_text=statement.member_role,
        answering_body_id=statement.answering_body_id,
        answering_body_text=statement.answering_body_name,
        heading=statement.title.strip(),
        text=html.unescape(statement.text).strip() if is_list else html_to_text(statement.text),
        html=None if is_list else statement.text,
        is_truncated=is_list and statement.is_cut,
        linked_statement_ids=[linked.linked_statement_id for linked in statement.linked_statements],
        attachment_titles=[attachment.title for attachment in statement.attachments],
        attachment_urls=[attachment.url for attachment in statement.attachments],
    )
