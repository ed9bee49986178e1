"""The API's own shape of a written statement: which fields must be present, and their types."""

import datetime as dt

import msgspec

from orderpaper.reading.payloads import Attachment, House, Id

TEXT_LIMIT = 255
"""The list cuts `text` at this many characters and adds "..."."""


class Row(msgspec.Struct, rename="camel"):
    """The fields of `value` that show whether a list is complete and which details to fetch."""

    id: Id
    date_made: dt.datetime
    text: str

    @property
    def is_cut(self) -> bool:
        """Whether the list has cut the text of this row."""
        return len(self.text) == TEXT_LIMIT + 3 and self.text.endswith("...")


class LinkedStatement(msgspec.Struct, rename="camel"):
    """Another statement that this one is linked to, such as the same statement in the other House."""

    linked_statement_id: Id


class WrittenStatement(Row, rename="camel"):
    """`value` of a list row or a detail. A field without a default must be present."""

    member_id: Id
    member_role: str | None
    uin: str
    answering_body_id: Id
    answering_body_name: str
    title: str
    house: House
    attachments: list[Attachment]
    linked_statements: list[LinkedStatement]


LEFT_OUT = {
    "member": "the register of members has the person",
    "noticeNumber": "it numbers the notices of a day and is empty for most statements",
    "linkedStatements.linkedStatementType": "the linked statement itself has its House",
    "linkedStatements.linkType": "a link is kept whatever its kind",
    "linkedStatements.linkDate": "it is the day of the linked statement",
    "attachments.fileType": "the address of the file says it",
    "attachments.fileSizeBytes": "it is a fact about the file, not about the statement",
    "hasAttachments": "the attachments show it",
    "hasLinkedStatements": "the linked statements show it",
}
"""The fields that are not kept, and why. Any other field that is not read is drift."""
