"""Draws stamps with their verdicts: of a table that classify annotated, or of an array and the CSV that classify printed.

    ./stampede classify results.ecsv --out classified.ecsv
    python3 plot_verdicts.py classified.ecsv verdicts.png
    ./stampede classify stamps.npy --csv > verdicts.csv
    python3 plot_verdicts.py stamps.npy verdicts.png --verdicts verdicts.csv
"""

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path

import matplotlib
import numpy as np

matplotlib.use("agg")  # needs no screen
import matplotlib.pyplot as plt

COLOURS = {"REAL": "tab:green", "BOGUS": "tab:red", "ABSTAIN": "tab:grey"}


def of_table(file: Path) -> Iterator[tuple[np.ndarray, str, str]]:
    from astropy.table import Table  # needed for tables only

    table = Table.read(file)
    image = next(name for name in ("coadd_median", "coadd_mean", "coadd_sum", "stamp") if name in table.colnames)
    for row in table:
        verdict = row["stampede_verdict"]
        yield row[image], verdict, row["stampede_reason"] if verdict == "ABSTAIN" else f"{row['stampede_probability']:.3f}"


def of_array(file: Path, verdicts: Path) -> Iterator[tuple[np.ndarray, str, str]]:
    for stamp, row in zip(np.load(file), csv.DictReader(verdicts.read_text().splitlines())):
        yield stamp, row["verdict"], row["abstentionReason"] or f"{float(row['probability']):.3f}"


def draw(classified: list[tuple[np.ndarray, str, str]], picture: Path, columns: int = 6) -> None:
    rows = -(-len(classified) // columns)
    figure, panels = plt.subplots(rows, columns, figsize=(1.6 * columns, 1.9 * rows), squeeze=False)
    for panel in panels.flat:
        panel.axis("off")
    for panel, (stamp, verdict, detail) in zip(panels.flat, classified):
        low, high = np.nanpercentile(stamp, (1, 99.5))
        panel.imshow(stamp, cmap="gray", vmin=low, vmax=high, origin="upper")
        panel.set_title(f"{verdict}\n{detail}", fontsize=8, color=COLOURS[verdict])
    figure.tight_layout()
    figure.savefig(picture, dpi=120)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("stamps", type=Path)
    options.add_argument("picture", type=Path)
    options.add_argument("--verdicts", type=Path, help="what classify --csv printed for the array")
    given = options.parse_args()
    candidates = list(of_array(given.stamps, given.verdicts) if given.verdicts else of_table(given.stamps))
    draw(candidates[:24], given.picture)
    print(*(verdict for _, verdict, _ in candidates[:24]))
