"""Sends the stamps of an array (N, rows, columns), or of a results table of KBMOD, as alerts to a topic.

    python3 send_alerts.py stamps.npy --survey DEEP --bootstrap-servers 127.0.0.1:9092
    python3 send_alerts.py results.ecsv --survey DEEP
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Optional

import avro.schema
import numpy as np
from confluent_kafka import KafkaError, KafkaException, Message, Producer

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


def send(alerts: Iterator[dict[str, Any]], topic: str, producer: Producer) -> tuple[int, int]:
    """Sends alerts, and returns how many there were and how many of them were not delivered."""
    schema = avro.schema.from_path(SCHEMAS / "StampAlert.avsc")
    failures: list[str] = []

    def failed(alert_id: str, error: KafkaError) -> None:
        failures.append(alert_id)
        print(f"{alert_id} was not delivered: {error.str()}", file=sys.stderr)

    def on_delivery(error: Optional[KafkaError], record: Message) -> None:
        if error is not None:
            failed(record.key().decode(), error)

    count = 0
    for count, record in enumerate(alerts, 1):
        value = encode(record, schema)
        while True:
            try:
                producer.produce(topic, key=record["alertId"], value=value, on_delivery=on_delivery)
            except BufferError:  # 100,000 alerts wait for their delivery
                producer.poll(1)
                continue
            except KafkaException as refused:  # before it was sent, such as one that is too large
                failed(record["alertId"], refused.args[0])
            break
        producer.poll(0)
    waiting = producer.flush(30)
    return count, len(failures) + waiting


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", type=Path)
    options.add_argument("--survey", required=True)
    options.add_argument("--bootstrap-servers", default="127.0.0.1:9092")
    options.add_argument("--topic", default="alerts")
    given = options.parse_args()
    alerts = (of_array if given.file.suffix == ".npy" else of_table)(given.file, given.survey)
    producer = Producer({"bootstrap.servers": given.bootstrap_servers, "enable.idempotence": True})
    count, undelivered = send(alerts, given.topic, producer)
    print(f"Sent {count} alerts; not delivered: {undelivered}.")
    sys.exit(1 if undelivered else 0)
