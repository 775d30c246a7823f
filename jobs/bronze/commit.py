"""
Puts one batch in place: intent, files, record, in that order, each by a rename out of the claim's staging folder.
docs/decisions/bronze-commit-protocol.md says why it holds after a kill at any moment.
"""

from __future__ import annotations

import json

from claim import Claim
from contract import Contract, Paths
from hdfs import Hdfs
from journal import Journal


def intent_path(paths: Paths, contract: Contract, batch_id: int) -> str:
    return f"{paths.intents}/{contract.batch_name(batch_id)}.json"


def recover(hdfs: Hdfs, paths: Paths, journal: Journal) -> list[int]:
    """Removes the files of batches that have no record; only after a claim. Returns the batches it undid."""
    undone = []
    for name in hdfs.names(paths.intents):
        batch_id, path = int(name.removesuffix(".json")), f"{paths.intents}/{name}"
        if not journal.has(batch_id):
            for file in json.loads(hdfs.read(path))["files"]:
                hdfs.remove(f"{paths.lake}/{file}")
            undone.append(batch_id)
        hdfs.remove(path)
    return undone


class BatchCommit:
    """One batch's way into the lake. The methods are called once each, in the order in which they stand here."""

    def __init__(
        self, hdfs: Hdfs, paths: Paths, contract: Contract, journal: Journal, claim: Claim, batch_id: int
    ) -> None:
        self._hdfs, self._paths, self._contract = hdfs, paths, contract
        self._journal, self._batch_id = journal, batch_id
        self.staging = f"{claim.staging}/{contract.batch_name(batch_id)}"
        self._rows = f"{self.staging}/rows"

    @property
    def rows_folder(self) -> str:
        """Where the batch's rows are to be written, as `<layer>/<topic>/date=/hour=/*.parquet`."""
        return self._rows

    def plan(self) -> dict[str, str]:
        """Target of each staged file, both as paths under the lake's root and the staging folder."""
        name = self._contract.batch_name(self._batch_id)
        marker = f"{self._rows[self._rows.index('://') + 3 :].split('/', 1)[1]}/"
        in_folder: dict[str, int] = {}
        moves = {}
        for path in self._hdfs.files_below(self._rows):
            relative = path[path.index(marker) + len(marker) :]
            # Spark names quarantine's topic folders `topic=…`; in the lake both layers have plain ones.
            folder = relative.rsplit("/", 1)[0].replace("/topic=", "/")
            number = in_folder[folder] = in_folder.get(folder, -1) + 1
            moves[path] = f"{folder}/batch-{name}-{number}.parquet"
        return moves

    def write_intent(self, moves: dict[str, str]) -> None:
        staged = f"{self.staging}/intent.json"
        self._hdfs.create(staged, json.dumps({"batchId": self._batch_id, "files": list(moves.values())}))
        self._hdfs.make_folder(self._paths.intents)
        self._hdfs.rename(staged, intent_path(self._paths, self._contract, self._batch_id))

    def move_files(self, moves: dict[str, str]) -> None:
        for folder in sorted({target.rsplit("/", 1)[0] for target in moves.values()}):
            self._hdfs.make_folder(f"{self._paths.lake}/{folder}")
        for source, target in moves.items():
            self.move_file(source, f"{self._paths.lake}/{target}")

    def move_file(self, source: str, target: str) -> None:
        self._hdfs.rename(source, target)

    def write_record(self, record: dict) -> None:
        """From here on the batch is committed."""
        self._journal.append(self._batch_id, record, self.staging)

    def clean(self) -> None:
        self._hdfs.remove(intent_path(self._paths, self._contract, self._batch_id))
        self._hdfs.remove(self.staging)
