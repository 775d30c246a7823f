"""Keeps dbt's parsed project between starts. Parsing it anew takes several seconds of a start."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

# dbt reads its parsed project from this file of its target folder, and writes it there.
_file_name = "partial_parse.msgpack"


class ParsedModels:
    """
    The parsed project of one layer in `folder`. Its name contains a hash of every file of the project, so that
    what was parsed from other files is never used. Without a folder nothing is kept.
    """

    def __init__(self, folder: Path | None, project: Path, layer: str, variables: str) -> None:
        self._kept = folder and folder / f"{layer}-{_fingerprint(project, variables)}.msgpack"

    def put_into(self, target: Path) -> None:
        """Gives dbt what was kept."""
        if self._kept is not None and self._kept.is_file():
            target.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self._kept, target / _file_name)

    def keep_from(self, target: Path) -> None:
        """Keeps what dbt has parsed. Several processes may do so at once."""
        if self._kept is None or self._kept.is_file():
            return
        try:
            self._kept.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._kept.parent, delete=False) as copy:
                copy.write((target / _file_name).read_bytes())
            # Other users may read it: an image's jobs run as one.
            os.chmod(copy.name, 0o644)
            os.replace(copy.name, self._kept)
        except OSError as failed:
            print(f"refine: each start parses the models anew: {failed}", file=sys.stderr, flush=True)


def _fingerprint(project: Path, variables: str) -> str:
    """The parsed project contains absolute paths, so the project's place counts, too."""
    hashed = hashlib.sha256(repr((str(project.resolve()), variables, version("dbt-core"))).encode())
    for file in sorted(path for path in project.rglob("*") if path.is_file()):
        content = file.read_bytes()
        hashed.update(f"{file.relative_to(project)} {len(content)}\n".encode())
        hashed.update(content)
    return hashed.hexdigest()[:16]
