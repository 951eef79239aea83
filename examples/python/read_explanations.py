"""Draws occlusion maps over their stamps, one PNG for each explanation. Red pixels support the verdict, blue ones oppose it.

    python3 read_explanations.py --bootstrap-servers 127.0.0.1:9092 --count 3 --out maps
"""

import argparse
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import matplotlib
import numpy as np
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, TopicPartition

matplotlib.use("agg")  # needs no screen
import matplotlib.pyplot as plt

from read_classifications import read
from wire_format import Decoder, pixels


def read_to_end(settings: dict[str, str], topic: str, decoder: Decoder) -> Iterator[dict[str, Any]]:
    """The records of a topic, from its beginning to its present end."""
    consumer = Consumer({"isolation.level": "read_committed", "enable.partition.eof": True, **settings})
    try:
        unread = set(consumer.list_topics(topic, timeout=30).topics[topic].partitions)
        consumer.assign([TopicPartition(topic, partition, OFFSET_BEGINNING) for partition in unread])
        while unread:
            record = consumer.poll(1)
            if record is None:
                continue
            if record.error() is None:
                yield decoder.decode(record.value())
            elif record.error().code() == KafkaError._PARTITION_EOF:
                unread.discard(record.partition())
            else:
                raise KafkaException(record.error())
    finally:
        consumer.close()


def draw(explanation: dict[str, Any], alert: dict[str, Any], picture: Path) -> None:
    occlusion = pixels(explanation["occlusionMap"], "values")
    stamp = pixels(alert["coadds"][0], "pixels")
    top, left = ((large - small) // 2 for large, small in zip(stamp.shape, occlusion.shape))
    stamp = stamp[top : top + occlusion.shape[0], left : left + occlusion.shape[1]]  # what the model saw
    limit = max(0.05, float(np.abs(occlusion).max()))
    figure, (left_panel, right_panel) = plt.subplots(1, 2, figsize=(7, 3.2))
    for panel in (left_panel, right_panel):
        panel.imshow(stamp, cmap="gray", origin="upper")
    image = right_panel.imshow(occlusion, cmap="RdBu_r", vmin=-limit, vmax=limit, alpha=np.abs(occlusion) / limit)
    figure.colorbar(image, ax=right_panel, label="drop of the probability")
    left_panel.set_title(f"{explanation['verdict']}, P(real) = {explanation['probability']:.3f}")
    right_panel.set_title("occlusion map")
    figure.tight_layout()
    figure.savefig(picture, dpi=120)
    plt.close(figure)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--bootstrap-servers", default="127.0.0.1:9092")
    options.add_argument("--topic", default="explanations")
    options.add_argument("--alerts", default="alerts", help="the topic with the stamps")
    options.add_argument("--count", type=int, default=3)
    options.add_argument("--out", type=Path, default=Path("maps"))
    options.add_argument("--registry", default="http://127.0.0.1:8081", help="schema registry, for output.format=confluent")
    given = options.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    settings = {"bootstrap.servers": given.bootstrap_servers, "group.id": f"maps-{uuid.uuid4()}"}  # from the beginning
    decoder = Decoder(registry=given.registry)
    explanations = read(settings, given.topic, decoder, given.count)
    wanted = {explanation["alertId"]: explanation for explanation in explanations}
    for alert in read_to_end(settings, given.alerts, decoder):  # the stamps are there
        explanation = wanted.pop(alert["alertId"], None)
        if explanation is not None:
            draw(explanation, alert, picture := given.out / f"{quote(alert['alertId'], safe='')}.png")
            print(picture, explanation["verdict"], f"{explanation['occlusionMap']['apertureShare']:.3f}")
        if not wanted:
            break
    if wanted:
        sys.exit(f"Not in the topic {given.alerts}, for example deleted by its retention: {', '.join(wanted)}")
