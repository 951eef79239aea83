"""Writes the candidates of a simulated search as a results table with the columns of KBMOD.

    ./stampede simulate --search --count 1000 --planes median,mean --out search
    python3 results_table.py search results.ecsv

Needs numpy only: ECSV is text, with a header in YAML and images in JSON.
"""

import argparse
import csv
import json
from pathlib import Path

import numpy as np

ARRAYS = ("stamps_sources", "stamps_partial", "stamps_noise")
FIELDS = {"x": "int64", "y": "int64", "vx": "float64", "vy": "float64", "likelihood": "float64", "flux": "float64"}


def candidates(folder: Path) -> list[tuple[dict[str, str], np.ndarray]]:
    """The rows of the tables with their stamps (planes, rows, columns), by falling likelihood."""
    found = []
    for name in ARRAYS:
        stamps = np.load(folder / f"{name}.npy")
        rows = list(csv.DictReader((folder / f"{name}.csv").read_text().splitlines()))
        found += zip(rows, stamps.reshape(len(stamps), -1, *stamps.shape[-2:]))
    return sorted(found, key=lambda candidate: -float(candidate[0]["likelihood"]))


def write(folder: Path, planes: list[str], table: Path) -> int:
    found = candidates(folder)
    size = found[0][1].shape[-1]
    columns = {"uuid": "string", **FIELDS, "obs_count": "int64"}
    header = [f"- {{name: {name}, datatype: {kind}}}" for name, kind in columns.items()]
    header += [f"- {{name: coadd_{plane}, datatype: string, subtype: 'float32[{size},{size}]'}}" for plane in planes]
    with table.open("w", newline="") as out:
        out.write("# %ECSV 1.0\n# ---\n# datatype:\n")
        out.writelines(f"# {line}\n" for line in header)
        out.write("# schema: astropy-2.0\n")
        writer = csv.writer(out, delimiter=" ", lineterminator="\n")
        writer.writerow([*columns, *(f"coadd_{plane}" for plane in planes)])
        for row, stamp in found:
            images = [json.dumps(stamp[i].astype(float).round(4).tolist(), separators=(",", ":")) for i in range(len(planes))]
            writer.writerow([row["id"], *(row[name] for name in FIELDS), row["exposureCount"], *images])
    return len(found)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, help="what simulate --search wrote")
    options.add_argument("table", type=Path, help="the results table, .ecsv")
    options.add_argument("--planes", default="median,mean", help="the planes of the stamps, in order (default: median,mean)")
    given = options.parse_args()
    print(f"Wrote {write(given.folder, given.planes.split(','), given.table)} candidates to {given.table}.")
