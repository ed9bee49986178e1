"""Compare forms of the landing zone: one file for each document, packs in WARC, packs in Parquet.

usage: make bench-landing [DOCUMENTS=20000]

The same documents are written in each form, and into the landing zone as a fetch does, and read again three times: all
of them in order with the caches of the operating system empty (as root) or with their pages dropped (otherwise), all of
them again, and a few by their id. Each body that is read is checked against its hash. The documents have the sizes of
details of written questions.

On object storage a read is a request. `requests` counts them, and `hours` is what they take at 20 ms each with 16 at a
time, for a million documents. This is computed, not measured.
"""

import datetime as dt
import hashlib
import io
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from results import keep
from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

from orderpaper.landing import DocumentRef, Landing

IN_A_PACK = 10_000
BY_ID = 200
WORDS = (
    "the Department has made £12 million available to councils in 2025-26 for the repair of roads and bridges".split()
)
Documents = Iterable[tuple[str, bytes]]


def documents(count: int) -> Iterator[tuple[str, bytes]]:
    """Yield documents of 1 to 4 KB with their ids, the same ones each time."""
    for number in range(count):
        dice = random.Random(number)
        text = " ".join(dice.choices(WORDS, k=dice.randrange(150, 600)))
        body = json.dumps({"value": {"id": number, "uin": str(number), "questionText": text, "answerText": text[:300]}})
        yield hashlib.sha256(body.encode()).hexdigest(), body.encode()


class Files:
    name = "one file a document"

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, document_id: str) -> Path:
        return self.root / document_id[:2] / document_id

    def write(self, docs: Documents) -> None:
        for document_id, body in docs:
            path = self.path(document_id)
            path.parent.mkdir(exist_ok=True)
            temporary = path.with_suffix(".tmp")
            temporary.write_bytes(body)
            temporary.replace(path)

    def read(self, ids: list[str]) -> Iterator[tuple[str, bytes]]:
        for document_id in ids:
            yield document_id, self.path(document_id).read_bytes()

    one = read

    def requests(self, count: int) -> int:
        return count


class Warc:
    name = "WARC, gzip, 10,000 a pack"

    def __init__(self, root: Path) -> None:
        self.root = root
        self.places: dict[str, tuple[int, int]] = {}

    def write(self, docs: Documents) -> None:
        for pack, part in enumerate(packs(docs)):
            with (self.root / f"{pack:05}.warc.gz").open("wb") as file:
                writer = WARCWriter(file, gzip=True)
                for document_id, body in part:
                    self.places[document_id] = pack, file.tell()
                    writer.write_record(
                        writer.create_warc_record(
                            f"urn:sha256:{document_id}", "resource", payload=io.BytesIO(body), length=len(body),
                            warc_content_type="application/json",
                        )
                    )  # fmt: skip

    def read(self, ids: list[str]) -> Iterator[tuple[str, bytes]]:
        for path in sorted(self.root.iterdir()):
            with path.open("rb") as file:
                for record in ArchiveIterator(file):
                    yield record.rec_headers["WARC-Target-URI"][11:], record.content_stream().read()

    def one(self, ids: list[str]) -> Iterator[tuple[str, bytes]]:
        for document_id in ids:
            pack, place = self.places[document_id]
            with (self.root / f"{pack:05}.warc.gz").open("rb") as file:
                file.seek(place)
                yield document_id, next(iter(ArchiveIterator(file))).content_stream().read()

    def requests(self, count: int) -> int:
        return -(-count // IN_A_PACK)


class Packs:
    name = "Parquet, zstd, 10,000 a pack"
    SCHEMA = pa.schema([("document_id", pa.string()), ("body", pa.binary())])

    def __init__(self, root: Path) -> None:
        self.root = root
        self.places: dict[str, tuple[int, int]] = {}

    def write(self, docs: Documents) -> None:
        for pack, part in enumerate(packs(docs)):
            # A document is found by its id, so a pack is in the order of the ids.
            part.sort()
            self.places |= {document_id: (pack, number) for number, (document_id, _) in enumerate(part)}
            pq.write_table(
                pa.table([*zip(*part, strict=True)], schema=self.SCHEMA),
                self.root / f"{pack:05}.parquet",
                compression="zstd", row_group_size=500, use_dictionary=False,
            )  # fmt: skip

    def read(self, ids: list[str]) -> Iterator[tuple[str, bytes]]:
        for path in sorted(self.root.iterdir()):
            for batch in pq.ParquetFile(path).iter_batches(500):
                yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)

    def one(self, ids: list[str]) -> Iterator[tuple[str, bytes]]:
        for document_id in ids:
            pack, number = self.places[document_id]
            file = pq.ParquetFile(self.root / f"{pack:05}.parquet")
            group = file.read_row_group(number // 500, columns=["body"])
            yield document_id, group.column("body")[number % 500].as_py()

    def requests(self, count: int) -> int:
        return -(-count // IN_A_PACK)


class Zone:
    name = "the landing zone, 10,000 a fetch"

    def __init__(self, root: Path) -> None:
        self.zone = Landing(root)

    def write(self, docs: Documents) -> None:
        for part in packs(docs):
            at = dt.datetime(2025, 3, 10, tzinfo=dt.UTC)
            self.zone.seal(
                "bench",
                [
                    DocumentRef(
                        document_id=self.zone.put(body)[0], kind="detail", url=document_id, media_type="", fetched_at=at
                    )
                    for document_id, body in part
                ],
            )

    def read(self, ids: list[str]) -> Iterator[tuple[str, bytes]]:
        for document_id in ids:
            yield document_id, self.zone.read(document_id)

    one = read

    def requests(self, count: int) -> int:
        return -(-count // IN_A_PACK)


def packs(docs: Documents) -> Iterator[list[tuple[str, bytes]]]:
    part: list[tuple[str, bytes]] = []
    for document in docs:
        part.append(document)
        if len(part) == IN_A_PACK:
            yield part
            part = []
    if part:
        yield part


def empty_caches(root: Path) -> None:
    """Make the next read of the files under a folder one from the disk."""
    os.sync()
    caches = Path("/proc/sys/vm/drop_caches")
    if os.access(caches, os.W_OK):
        caches.write_text("3")
        return
    for path in root.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def timed(read: Iterator[tuple[str, bytes]], count: int) -> float:
    started = time.monotonic()
    found = 0
    for document_id, body in read:
        assert hashlib.sha256(body).hexdigest() == document_id
        found += 1
    assert found == count
    return time.monotonic() - started


def main() -> None:
    count = int(os.environ.get("DOCUMENTS") or 20_000)
    ids = [document_id for document_id, _ in documents(count)]
    some = random.Random(1).sample(ids, BY_ID)
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for form in (Files, Warc, Packs, Zone):
            root = Path(folder) / form.__name__
            root.mkdir()
            store = form(root)
            docs = list(documents(count))
            started = time.monotonic()
            store.write(docs)
            written = time.monotonic() - started
            size = sum(path.stat().st_blocks * 512 for path in root.rglob("*"))
            empty_caches(root)
            cold = timed(store.read(ids), count)
            warm = timed(store.read(ids), count)
            empty_caches(root)
            by_id = timed(store.one(some), BY_ID)
            results.append(
                {
                    "form": form.name,
                    "write_per_s": round(count / written),
                    "disk_mb": round(size / 1e6, 1),
                    "cold_per_s": round(count / cold),
                    "warm_per_s": round(count / warm),
                    "by_id_ms": round(by_id / BY_ID * 1e3, 2),
                    "requests_per_million": store.requests(1_000_000),
                    "hours_per_million": round(store.requests(1_000_000) * 0.02 / 16 / 3600, 2),
                }
            )
    body = sum(len(body) for _, body in documents(count))
    keep("landing", results)
    sys.stdout.write(f"{count:,} documents, {body / 1e6:.1f} MB; hashes checked\n")
    for result in results:
        sys.stdout.write(
            "{form:30} write {write_per_s:7,}/s  disk {disk_mb:6} MB  cold {cold_per_s:7,}/s  warm {warm_per_s:7,}/s"
            "  by id {by_id_ms:6} ms  requests {requests_per_million:9,}  {hours_per_million} h\n".format(**result)
        )


if __name__ == "__main__":
    main()
