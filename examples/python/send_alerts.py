"""Sends the stamps of an array (N, rows, columns), or of a results table of KBMOD, as alerts to a topic.

    python3 send_alerts.py stamps.npy --survey DEEP --bootstrap-servers 127.0.0.1:9092
    python3 send_alerts.py results.ecsv --survey DEEP
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import avro.schema
import numpy as np
from confluent_kafka import Producer

from wire_format import SCHEMAS, encode


def coadd(kind: str, pixels: np.ndarray) -> dict[str, Any]:
    """One plane: float32, little-endian, row by row; NaN or exactly 0 is a masked pixel."""
    rows, columns = pixels.shape
    return {"kind": kind, "width": columns, "height": rows, "pixels": pixels.astype("<f4").tobytes()}


def alert(alert_id: str, survey: str, coadds: list[dict[str, Any]], **fields: Any) -> dict[str, Any]:
    required = {"instrument": "", "band": "", "timeScale": "UTC", "exposureCount": 0, "explain": False}
    return {**required, "alertId": alert_id, "survey": survey, "coadds": coadds, **fields}


def of_array(file: Path, survey: str) -> Iterator[dict[str, Any]]:
    for index, stamp in enumerate(np.load(file, mmap_mode="r")):
        yield alert(f"{file.stem}-{index}", survey, [coadd("MEDIAN", stamp)])


def of_table(file: Path, survey: str) -> Iterator[dict[str, Any]]:
    from astropy.table import Table  # needed for tables only

    for row in Table.read(file):
        kinds = [kind for kind in ("median", "mean", "sum", "weighted") if f"coadd_{kind}" in row.colnames]
        yield alert(str(row["uuid"]), survey, [coadd(kind.upper(), row[f"coadd_{kind}"]) for kind in kinds],
                    likelihood=float(row["likelihood"]), flux=float(row["flux"]), exposureCount=int(row["obs_count"]))


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", type=Path)
    options.add_argument("--survey", required=True)
    options.add_argument("--bootstrap-servers", default="127.0.0.1:9092")
    options.add_argument("--topic", default="alerts")
    given = options.parse_args()
    schema = avro.schema.from_path(SCHEMAS / "StampAlert.avsc")
    producer = Producer({"bootstrap.servers": given.bootstrap_servers, "enable.idempotence": True})
    count = 0
    for count, record in enumerate((of_array if given.file.suffix == ".npy" else of_table)(given.file, given.survey), 1):
        producer.produce(given.topic, key=record["alertId"], value=encode(record, schema))
        producer.poll(0)
    print(f"Sent {count} alerts; not delivered: {producer.flush(30)}.")
