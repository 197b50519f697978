"""The bench of firmness compares like with like, and goes on without the libraries that only it knows."""

from __future__ import annotations

import sys

import numpy as np

from scoring.firmness.acceptability import acceptability
from tools import bench_firmness

MARKS = np.random.default_rng(1).uniform(60, 100, (30, 5))


def test_a_library_that_is_not_installed_is_named_and_left_out(monkeypatch, capsys):
    for name in ("pymcdm.methods", "pymcdm.helpers", "pysensmcda.smaa", "pysensmcda.criteria"):
        monkeypatch.setitem(sys.modules, name, None)
    assert bench_firmness._libraries(MARKS) == []
    assert bench_firmness._pymcdm_scores(MARKS, np.ones(5)) == {}
    assert bench_firmness._pysensmcda_sweep(MARKS, np.ones(5)) is None
    assert "pysensmcda.smaa is not installed, so it is left out" in capsys.readouterr().out


def test_plain_numpy_does_the_same_as_ours():
    """10,000 weightings each, of other seeds: shares within six standard errors of their difference."""
    plain, ours = bench_firmness._plain(MARKS), acceptability(MARKS, seed=2)
    assert np.allclose(plain.sum(axis=1), 1)
    assert (abs(plain - ours.shares) <= 6 * 2**0.5 * ours.errors + 2e-3).all()


def test_the_monte_carlo_beside_the_closed_form_gives_parts_of_one(monkeypatch):
    monkeypatch.setattr(bench_firmness, "SAMPLES", 4_000)
    found = bench_firmness._monte_carlo(np.array([[95.0, 95.0], [60.0, 60.0], [100.0, 80.0]]))
    assert found[:2].tolist() == [[1, 0, 0, 0], [0, 0, 0, 1]]
    assert abs(found[2, 0] - 0.5) < 0.05
