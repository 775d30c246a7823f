"""Opens the models of both layers with a folder of parsed ones. Prints how many of its files dbt has parsed."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

_root = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(_root / "jobs" / "refine"), str(_root / "jobs")]

from dbt_build import DbtFolders, DbtProject
from options import layers

project, parsed = map(Path, sys.argv[1:])
for layer in layers:
    with tempfile.TemporaryDirectory() as target:
        DbtProject(DbtFolders(project, Path(target), parsed), layer, f"{layer}_scratch_0")
        took = json.loads((Path(target) / layer / "perf_info.json").read_text())
    print(json.dumps(took["parsed_path_count"]))
