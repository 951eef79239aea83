"""Prints the alert id, the verdict, and the probability or the reason of an abstention, in any output.format.

    python3 read_classifications.py --bootstrap-servers 127.0.0.1:9092 --count 10
"""

import argparse
import math
from collections.abc import Iterator
from typing import Any

from confluent_kafka import Consumer, KafkaException

from wire_format import Decoder


def read(settings: dict[str, str], topic: str, decoder: Decoder, count: float = math.inf) -> Iterator[dict[str, Any]]:
    """The next records of a topic, from the position of the group; waits for more at the end of the topic."""
    consumer = Consumer({
        "group.id": "my-reader",
        "isolation.level": "read_committed",  # without it outcomes of aborted transactions appear
        "auto.offset.reset": "earliest",
        **settings,
    })
    consumer.subscribe([topic])
    try:
        while count > 0:
            record = consumer.poll(1)
            if record is None:
                continue
            if record.error():
                raise KafkaException(record.error())
            yield decoder.decode(record.value())
            count -= 1
    finally:
        consumer.close()  # commits the position


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--bootstrap-servers", default="127.0.0.1:9092")
    options.add_argument("--topic", default="classifications")
    options.add_argument("--group", default="my-reader")
    options.add_argument("--count", type=int, default=10)
    options.add_argument("--registry", default="http://127.0.0.1:8081", help="schema registry, for output.format=confluent")
    given = options.parse_args()
    settings = {"bootstrap.servers": given.bootstrap_servers, "group.id": given.group}
    for classification in read(settings, given.topic, Decoder(registry=given.registry), given.count):
        probability = classification["probability"]
        detail = classification["abstentionReason"] if probability is None else f"{probability:.6f}"
        print(classification["alertId"], classification["verdict"], detail)
