"""Files that no longer belong to their silver table, but that gold may still have to read."""

from __future__ import annotations

import re

from layer import Layer
from spark.journal import Journal

_run_in_name = re.compile(r"/run-(\d+)-")


def retired(path: str) -> str:
    """The path to which such a file is moved. It is hidden from readers that list files."""
    return f"silver/_retired/{path.removeprefix('silver/')}"


def no_longer_needed(silver: Layer) -> list[str]:
    """Paths of the retired files whose rows gold has merged into all its days and lifetime figures."""
    folder = f"{silver.lake}/{retired('')}"
    if not silver.hdfs.exists(folder):
        return []
    gold = Journal(silver.hdfs, silver.contract.step("gold", silver.lake))
    newest = gold.newest()
    through = -1 if newest is None else min(gold.read(newest)["through"].values())
    return [
        path[len(silver.lake) + 1 :]
        for path in silver.hdfs.files_below(folder)
        if int(_run_in_name.findall(path)[-1]) <= through
    ]
