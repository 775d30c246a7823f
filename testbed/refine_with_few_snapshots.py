"""Runs refine so that it retires snapshots after each run, and keeps only two that nobody reads."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

refine = Path(__file__).resolve().parents[1] / "jobs" / "refine"
sys.path[:0] = [str(refine), str(refine.parent)]

import retire_snapshots

retire_snapshots._kept = 2
retire_snapshots._every_runs = 1
sys.argv[0] = str(refine / "main.py")
runpy.run_path(sys.argv[0], run_name="__main__")
