"""Parses the models of both layers into a folder for refine's `--parsed-models`. An image is built with it."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from catalog import scratch_name
from dbt_build import DbtFolders, DbtProject
from options import dbt_project, layers

parser = argparse.ArgumentParser(prog="parse-models", description=__doc__)
parser.add_argument("folder", type=Path)
parsed = parser.parse_args().folder
for layer in layers:
    with tempfile.TemporaryDirectory() as target:
        DbtProject(DbtFolders(dbt_project, Path(target), parsed), layer, scratch_name(layer, 0))
kept = list(parsed.glob("*.msgpack"))
if len(kept) != len(layers):
    sys.exit(
        f"parse-models: {parsed} holds {len(kept)} parsed projects, there must be {len(layers)}: use an empty folder"
    )
