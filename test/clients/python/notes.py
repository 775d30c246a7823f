"""
Works with the table clients.notes as programs in Python do. Says on standard output what it got, a line of JSON a step.

    notes.py HTTP-PORT NATIVE-PORT WAY
"""

import json
import sys
from collections.abc import Callable
from datetime import datetime, timezone
from decimal import Decimal

COLUMNS = ["id", "text", "at", "amount", "tags", "kind"]
AT = datetime(2020, 1, 2, 3, 4, 5, 6, tzinfo=timezone.utc)
ROWS = [
    [1, "it's é\n", AT, Decimal("1.25"), ["a", "b"], "x"],
    [2, "", None, Decimal("-0.50"), [], "y"],
]
SELECT = "SELECT id, text, at, amount, tags, kind FROM notes ORDER BY id"
COLUMN_QUERY = (
    "SELECT name || ' ' || type FROM system.columns "
    "WHERE database = currentDatabase() AND table = 'notes' ORDER BY position"
)


def say(step: str, got: object) -> None:
    print(json.dumps({"step": step, "got": got}, ensure_ascii=False))


def plain(rows) -> list:
    def when(at) -> str | None:
        if str(at) in ("None", "NaT"):
            return None
        at = at.replace(tzinfo=timezone.utc) if at.tzinfo is None else at
        return at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    return [
        [int(id_), text, when(at), f"{amount:.2f}", list(tags), kind]
        for id_, text, at, amount, tags, kind in rows
    ]


def connect_client(compress: bool | str, http: int, _native: int) -> None:
    """clickhouse-connect, as pandas' users and Superset have it."""
    import clickhouse_connect
    from clickhouse_connect.driver.exceptions import DatabaseError

    client = clickhouse_connect.get_client(host="127.0.0.1", port=http, database="clients", compress=compress)
    say("version", client.server_version)
    say("tables", client.query("SHOW TABLES").result_columns[0])
    say("columns", client.query(COLUMN_QUERY).result_columns[0])
    client.insert("notes", ROWS, column_names=COLUMNS)
    say("rows", plain(client.query(SELECT).result_rows))
    found = client.query("SELECT text FROM notes WHERE id = {id:UInt32}", parameters={"id": 1})
    say("parameter", found.result_rows[0][0])
    with client.query_row_block_stream("SELECT number FROM numbers(200000)") as blocks:
        numbers = [number for block in blocks for (number,) in block]
    say("many", [len(numbers), sum(numbers)])
    try:
        client.command("SELECT * FROM nosuch")
    except DatabaseError as error:
        say("error", int(str(error).split("Code: ")[1].split(".")[0]))
    client.close()


def pandas_client(http: int, _native: int) -> None:
    """Frames in and out, and Arrow."""
    import clickhouse_connect
    import pandas

    client = clickhouse_connect.get_client(host="127.0.0.1", port=http, database="clients")
    say("version", client.server_version)
    frame = pandas.DataFrame(dict(zip(COLUMNS, zip(*ROWS, strict=True), strict=True)))
    client.insert_df("notes", frame)
    say("rows", plain(client.query_df(SELECT).itertuples(index=False)))
    client.command("TRUNCATE TABLE notes")
    client.insert_arrow("notes", client.query_arrow("SELECT toUInt32(number) AS id FROM numbers(1000)"))
    say("arrow", client.query_arrow("SELECT id FROM notes").num_rows)
    client.close()


def sqlalchemy_engine(http: int, _native: int) -> None:
    """SQLAlchemy's dialect of clickhouse-connect, as Superset opens it."""
    from sqlalchemy import create_engine, inspect, text
    from sqlalchemy.exc import DatabaseError

    engine = create_engine(f"clickhousedb://default@127.0.0.1:{http}/clients")
    inspector = inspect(engine)
    say("tables", inspector.get_table_names(schema="clients"))
    say("columns", [column["name"] for column in inspector.get_columns("notes", schema="clients")])
    with engine.connect() as connection:
        say("version", connection.execute(text("SELECT version()")).scalar())
        numbers = [row[0] for row in connection.execute(text("SELECT number FROM numbers(200000)"))]
        say("many", [len(numbers), sum(numbers)])
        try:
            connection.execute(text("SELECT * FROM nosuch"))
        except DatabaseError as error:
            say("error", int(str(error).split("Code: ")[1].split(".")[0]))


def native_driver(compression: bool | str, _http: int, native: int) -> None:
    """clickhouse-driver, over the native protocol."""
    from clickhouse_driver import Client, errors

    client = Client("127.0.0.1", port=native, database="clients", compression=compression)
    say("version", client.execute("SELECT version()")[0][0])
    say("tables", [name for (name,) in client.execute("SHOW TABLES")])
    say("columns", [column for (column,) in client.execute(COLUMN_QUERY)])
    client.execute("INSERT INTO notes (id, text, at, amount, tags, kind) VALUES", ROWS)
    say("rows", plain(client.execute(SELECT)))
    say("parameter", client.execute("SELECT text FROM notes WHERE id = %(id)s", {"id": 1})[0][0])
    numbers = [number for (number,) in client.execute_iter("SELECT number FROM numbers(200000)")]
    say("many", [len(numbers), sum(numbers)])
    try:
        client.execute("SELECT * FROM nosuch")
    except errors.ServerException as error:
        say("error", error.code)
    client.disconnect()


WAYS: dict[str, Callable[[int, int], None]] = {
    "connect": lambda http, native: connect_client(True, http, native),
    "connect-plain": lambda http, native: connect_client(False, http, native),
    "connect-gzip": lambda http, native: connect_client("gzip", http, native),
    "connect-zstd": lambda http, native: connect_client("zstd", http, native),
    "pandas": pandas_client,
    "sqlalchemy": sqlalchemy_engine,
    "driver": lambda http, native: native_driver(False, http, native),
    "driver-lz4": lambda http, native: native_driver("lz4", http, native),
}

if __name__ == "__main__":
    WAYS[sys.argv[3]](int(sys.argv[1]), int(sys.argv[2]))
