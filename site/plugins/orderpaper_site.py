"""Our part of the site: pages of a question, a member and a programme, search, charts, and what a browser may load.

Datasette loads this file. It is not part of the library, because it runs in the environment of Datasette.
"""

import base64
import hashlib
import re
import statistics
from pathlib import Path

import datasette as datasette_package
from datasette import hookimpl
from datasette.utils.asgi import Response
from markupsafe import Markup, escape

DATABASE = "orderpaper"
ROWS_SHOWN = 20
_HOSTS = re.compile(rb"(127\.0\.0\.1|localhost|\[::1\])(:\d+)?")
_START, _END = "\x02", "\x03"
"""The marks that SQLite puts around words that it found; no text that a parser lets through has these characters."""


class Median:
    """The aggregate function `median`, which the cookbook uses and SQLite lacks."""

    def __init__(self):
        self._values = []

    def step(self, value):
        """Take the value of a row."""
        if value is not None:
            self._values.append(value)

    def finalize(self):
        """Return the median of the values, or None."""
        return statistics.median(self._values) if self._values else None


@hookimpl
def prepare_connection(conn):
    """Add what the queries of the cookbook need."""
    conn.create_aggregate("median", 1, Median)


@hookimpl
def menu_links(datasette):
    """Put search into the menu of every page."""
    return [{"href": datasette.urls.path("/search"), "label": "Search everything"}]


@hookimpl
def register_routes():
    """Add the page of search."""
    return [(r"^/search$", search)]


async def search(datasette, request):
    """Show the statements and members that have all the words asked for, the best first."""
    words = (request.args.get("q") or "").strip()
    found = await _find(datasette, words) if words else {}
    page = await datasette.render_template("search.html", {"words": words, **found}, request=request)
    return Response.html(page)


async def _find(datasette, words):
    # Each word in quotation marks is a word to SQLite, whatever it contains.
    phrase = " ".join('"' + word.replace('"', '""') + '"' for word in words.split())
    statements = await _rows(
        datasette,
        """
        select statements.*, snippet(statements_fts, 1, char(2), char(3), '…', 40) as snippet
        from statements_fts inner join statements on statements_fts.rowid = statements.rowid
        where statements_fts match :phrase order by bm25(statements_fts, 3, 1, 2, 1), statements.statement_key limit 30
        """,
        phrase=phrase,
    )
    members = await _rows(
        datasette,
        "select members.* from members_fts inner join members on members_fts.rowid = members.rowid"
        " where members_fts match :phrase order by name limit 10",
        phrase=phrase,
    )
    for statement in statements:
        parts = re.split(f"[{_START}{_END}]", statement["snippet"] or "")
        statement["snippet"] = Markup("").join(
            Markup("<mark>{}</mark>").format(part) if number % 2 else escape(part) for number, part in enumerate(parts)
        )
    return {"statements": statements, "members": members}


@hookimpl
def extra_template_vars(template, table, view_name, request, datasette):
    """Give our templates what they show beside the row itself."""
    pages = {"questions": question, "members": member, "dim_member": member, "rpt_funding_by_programme": programme}

    async def inner():
        if view_name == "row" and table in pages:
            return await pages[table](datasette, request.url_vars["pks"])
        if template == "query.html":
            return {"chart": chart}
        return {"front": front, "datasette": datasette} if template == "index.html" else {}

    return inner


async def question(datasette, key):
    """Return a question with its answers and their versions, where it is found, and similar questions."""
    answers = await _rows(
        datasette,
        "select answers.* from answers inner join bridge_question_answer using (answer_key)"
        " where question_key = :key order by answered_on, answer_key",
        key=key,
    )
    for answer in answers:
        answer["versions"] = await _rows(
            datasette,
            "select * from fct_answer_version where answer_key = :key order by version_number",
            key=answer["answer_key"],
        )
        answer["marked"] = await _marked(datasette, answer["answer_key"], answer["answer_text"])
    asked = await _rows(datasette, "select * from questions where question_key = :key", key=key)
    return {
        "question": asked[0] if asked else None,
        "question_marked": await _marked(datasette, key, asked[0]["question_text"]) if asked else "",
        "answers": answers,
        "documents": await _rows(
            datasette,
            "select dim_document.document_id, source, title, url, published_on, is_text_chosen"
            " from bridge_question_document inner join dim_document using (document_id)"
            " where question_key = :key order by is_text_chosen desc, document_id",
            key=key,
        ),
        "similar": await _rows(
            datasette,
            """
            select questions.question_key, cite_as, heading, question_text, round(100 * similarity_share) as percent
            from (
                select similar_question_key as other, similarity_share from bridge_similar_question
                where question_key = :key
                union
                select question_key, similarity_share from bridge_similar_question where similar_question_key = :key
            ) inner join questions on other = questions.question_key
            order by similarity_share desc, questions.question_key limit 10
            """,
            key=key,
        ),
    }


async def member(datasette, key):
    """Return a member with parties, seats and posts over time, and the newest of what they asked and said."""
    spoken = "statement_kind not in ('question', 'answer') and member_key"
    periods = await _rows(
        datasette,
        """
        select * from dim_member
        where member_key = :key
            or member_id = (select member_id from dim_member where member_key = :key)
        order by valid_from desc
        """,
        key=key,
    )
    newest = "select * from {} where {} in (select value from json_each(:keys)) order by {} desc limit :rows"
    keys = "[" + ",".join(f'"{period["member_key"]}"' for period in periods) + "]"
    given = {"keys": keys, "rows": ROWS_SHOWN}
    return {
        "periods": periods,
        "posts": await _rows(
            datasette,
            "select * from dim_government_post where member_id = :id order by start_on desc",
            id=periods[0]["member_id"] if periods else None,
        ),
        "asked": await _rows(datasette, newest.format("questions", "asking_member_key", "asked_on"), **given),
        "answered": await _rows(datasette, newest.format("answers", "answering_member_key", "answered_on"), **given),
        "money": await _rows(datasette, newest.format("funding", "said_by_member_key", "stated_on"), **given),
        "said": await _rows(datasette, newest.format("statements", spoken, "stated_on"), **given),
    }


async def programme(datasette, key):
    """Return a programme with every sum that names it, and where the sums contradict each other."""
    rows = await _rows(datasette, "select * from rpt_funding_by_programme where programme_period_key = :key", key=key)
    name = rows[0]["programme_text"] if rows else None
    return {
        "programme": rows[0] if rows else None,
        "periods": await _rows(
            datasette,
            "select * from rpt_funding_by_programme where programme_text = :name collate nocase order by period",
            name=name,
        ),
        "figures": await _rows(
            datasette,
            "select * from funding where programme = :name collate nocase order by stated_on, figure_key limit 200",
            name=name,
        ),
        "disagreements": await _rows(
            datasette,
            "select * from rpt_funding_disagreement where programme_text = :name collate nocase"
            " order by disagreement_key, amount_high_gbp",
            name=name,
        ),
    }


async def front(datasette):
    """Return what the front page lists: the row of `about`, and the views with what a row is."""
    return {
        "about": (await _rows(datasette, "select * from about"))[0],
        "views": await _rows(
            datasette, "select * from about_tables where schema_name = 'main' and is_view order by table_name"
        ),
    }


def chart(columns, rows):
    """Return label, number and share of the largest for each row of a query, or nothing if it has no number to draw."""
    rows = [dict(zip(columns, row, strict=True)) for row in rows]
    if not 2 <= len(rows) <= 40:
        return None
    numbers = [name for name in columns if all(isinstance(row[name], int | float) for row in rows)]
    labels = [name for name in columns if isinstance(rows[0][name], str) and not name.endswith(("_key", "_url", "_on"))]
    if not numbers or not labels or max(row[numbers[0]] for row in rows) <= 0:
        return None
    sorted_by = [name for name in numbers if _is_descending([row[name] for row in rows])]
    number = (sorted_by or numbers)[0]
    largest = max(row[number] for row in rows)
    return {
        "number": number,
        "largest": largest,
        "bars": [
            {"label": ", ".join(str(row[name]) for name in labels[:2] if row[name]), "value": row[number]}
            for row in rows
        ],
    }


def _is_descending(values):
    return values == sorted(values, reverse=True)


async def _marked(datasette, statement_key, text):
    """Return a text as markup, with its sums of money marked and linked. The text itself is escaped."""
    figures = await _rows(
        datasette,
        "select figure_key, text_char_start, text_char_end from fct_funding_figure"
        " where statement_key = :key and text_char_start is not null order by text_char_start",
        key=statement_key,
    )
    text, at, parts = text or "", 0, []
    for figure in figures:
        start, end = figure["text_char_start"], figure["text_char_end"]
        if start < at or end > len(text):
            continue  # it is within the one before, or belongs to another version of the text
        link = datasette.urls.row(DATABASE, "funding", figure["figure_key"])
        parts += [escape(text[at:start]), Markup('<mark><a href="{}">{}</a></mark>').format(link, text[start:end])]
        at = end
    return Markup("").join([*parts, escape(text[at:])])


async def _rows(datasette, sql, **parameters):
    result = await datasette.get_database(DATABASE).execute(sql, parameters)
    return [dict(row) for row in result.rows]


def _scripts():
    """Return the hashes of the scripts that stand in Datasette's own templates; no other script in a page runs."""
    folder = Path(datasette_package.__file__).parent / "templates"
    texts = [
        script
        for path in sorted(folder.glob("*.html"))
        for script in re.findall(r"<script>(.*?)</script>", path.read_text(encoding="utf-8"), re.DOTALL)
        if "{{" not in script
    ]
    texts += [f"DATASETTE_ALLOW_FACET = {value};" for value in ("true", "false")]
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


@hookimpl
def asgi_wrapper():
    """Answer only requests to this machine by its own name, and let a page load nothing from elsewhere."""
    policy = (
        f"default-src 'none'; script-src 'self' {_scripts()}; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
        " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    headers = [
        (b"content-security-policy", policy.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
    ]

    def wrap(app):
        async def guarded(scope, receive, send):
            async def send_with_headers(event):
                if event["type"] == "http.response.start":
                    event["headers"] = [*event.get("headers", []), *headers]
                await send(event)

            if scope["type"] == "http":
                host = dict(scope["headers"]).get(b"host", b"")
                if not _HOSTS.fullmatch(host):
                    # Another name for this machine may be that of a page which wants to read what is here.
                    await Response.text("This site answers at 127.0.0.1 only.", status=421).asgi_send(send)
                    return
            await app(scope, receive, send_with_headers)

        return guarded

    return wrap
