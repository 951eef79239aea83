#!/usr/bin/env python3
"""Compares pairs of ECSV tables, an original and its annotated copy, as astropy reads them: compare_annotated.py A A2 B B2."""
import sys

from astropy.table import Table

ADDED = {"stampede_verdict": "U", "stampede_probability": "f", "stampede_reason": "U", "stampede_model": "U"}

for original, copy in zip(sys.argv[1::2], sys.argv[2::2]):
    before, after = (Table.read(name, format="ascii.ecsv") for name in (original, copy))
    assert str(after.meta) == str(before.meta), f"metadata {after.meta} instead of {before.meta}"
    assert after.colnames == before.colnames + list(ADDED), after.colnames
    assert len(after) == len(before)
    for name in before.colnames:
        assert after[name].dtype == before[name].dtype and after[name].unit == before[name].unit, name
        assert before[name].tolist() == after[name].tolist(), name
    for name, kind in ADDED.items():
        assert after[name].dtype.kind == kind, (name, after[name].dtype)
    assert after["stampede_probability"].dtype.itemsize == 4
    judged = after["stampede_verdict"] != "ABSTAIN"
    assert ((after["stampede_probability"][judged] >= 0) & (after["stampede_probability"][judged] <= 1)).all()
    print(len(after), len(before.meta), sorted(set(after["stampede_verdict"])))
