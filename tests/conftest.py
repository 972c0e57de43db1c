"""Shared by all tests."""

from pathlib import Path

from hypothesis import settings

# Timings belong to the benchmark; on a loaded machine a deadline only makes noise.
settings.register_profile("medaid", deadline=None)
settings.load_profile("medaid")

ROOT = Path(__file__).resolve().parent.parent
