"""Values of Stampede's topics as dictionaries, in each output.format; the other examples import this file."""

import base64
import io
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import avro.schema
import numpy as np
from avro.datafile import DataFileReader
from avro.io import BinaryDecoder, BinaryEncoder, DatumReader, DatumWriter

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas" / "topics"


def header(schema: avro.schema.Schema) -> bytes:
    """The first ten bytes of a single-object value: C3 01 and the fingerprint (CRC-64-AVRO) of the writer schema."""
    empty = fingerprint = 0xC15D213AA4D7A795
    for byte in re.sub(r'{"type":("\w+")}', r"\1", schema.canonical_form).encode():  # avro leaves {"type":"string"}
        fingerprint ^= byte
        for _ in range(8):
            fingerprint = (fingerprint >> 1) ^ (empty if fingerprint & 1 else 0)
    return b"\xc3\x01" + fingerprint.to_bytes(8, "little")


def encode(record: dict[str, Any], schema: avro.schema.Schema) -> bytes:
    """A single-object value."""
    DatumWriter(schema).write(record, BinaryEncoder(content := io.BytesIO()))
    return header(schema) + content.getvalue()


def pixels(image: dict[str, Any], field: str) -> np.ndarray:
    """Rows and columns of a map, coadd or cutout; in JSON base64 or lists."""
    values = base64.b64decode(image[field]) if isinstance(image[field], str) else image[field]
    values = np.array(values, float) if isinstance(values, list) else np.frombuffer(values, "<f4")
    return values.reshape(image["height"], image["width"])


class Decoder:
    """Tells the format by the first bytes; single-object needs a folder of schemas, confluent a registry."""

    def __init__(self, folder: Path = SCHEMAS, registry: str = "http://127.0.0.1:8081") -> None:
        self.schemas = {header(schema): schema for schema in map(avro.schema.from_path, folder.glob("*.avsc"))}
        self.by_id = lru_cache(lambda id_: avro.schema.parse(json.load(urlopen(f"{registry}/schemas/ids/{id_}"))["schema"]))

    def decode(self, value: bytes) -> dict[str, Any]:
        if value.startswith(b"Obj\x01"):
            return next(DataFileReader(io.BytesIO(value), DatumReader()))
        if value.startswith(b"{"):
            return json.loads(value)
        size = 5 if value[0] == 0 else 10
        schema = self.by_id(int.from_bytes(value[1:size], "big")) if size == 5 else self.schemas.get(value[:size])
        if schema is None:
            raise ValueError(f"there is no schema for a value that starts with {value[:size].hex(' ')}")
        return DatumReader(schema).read(BinaryDecoder(io.BytesIO(value[size:])))
