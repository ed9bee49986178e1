"""Run queries on Spark: `spark_queries.py FOLDER`, in the environment `.spark`.

Each `FOLDER/given/<name>.parquet` is a view. `FOLDER/queries.json` has queries by name; the rows of each are written to
`FOLDER/spark/<name>.parquet`.
"""

import json
import sys
from pathlib import Path

import pyarrow.parquet as pq
from session import open_session

folder = Path(sys.argv[1])
session = open_session(folder / "warehouse")
session.conf.set("spark.sql.ansi.enabled", "false")  # as dbt-spark does
for path in (folder / "given").glob("*.parquet"):
    session.read.parquet(str(path)).createOrReplaceTempView(path.stem)
(folder / "spark").mkdir()
for name, query in json.loads((folder / "queries.json").read_text()).items():
    pq.write_table(session.sql(query).toArrow(), folder / "spark" / f"{name}.parquet")
session.stop()
