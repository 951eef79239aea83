"""Writes small .npy files of every kind that the reader must read or refuse.

Run from the repository root: python3 stamps/src/test/python/make_npy_examples.py
Every readable file is named TYPE-ORDER-vVERSION.npy and holds shape (2, 3, 4), where the element with the C-order
index i is 7 i + 1 for unsigned types, and 7 i - 60 for signed ones.
"""

import pathlib

import numpy as np

OUT = pathlib.Path(__file__).parent.parent / "resources" / "npy"
TYPES = ["<f2", "<f4", ">f4", "<f8", ">f8", "<i2", ">i2", "<i4", ">i4", "<i8", ">i8", "|i1", "|u1", "<u2", ">u4", "<u8"]
BYTE_ORDERS = {"<": "little", ">": "big", "|": "bytes"}


def values(kind):
    index = np.arange(24).reshape(2, 3, 4)
    return 7 * index + 1 if kind == "u" else 7 * index - 60


def write(path, array, version):
    with open(path, "wb") as file:
        np.lib.format.write_array(file, array, version=version)


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    for code in TYPES:
        name = f"{code[1:]}-{BYTE_ORDERS[code[0]]}"
        array = values(code[1]).astype(code)
        write(OUT / f"{name}-c-v1.npy", array, (1, 0))
        write(OUT / f"{name}-fortran-v1.npy", np.asfortranarray(array), (1, 0))
    for major in (2, 3):
        write(OUT / f"f4-little-c-v{major}.npy", values("f").astype("<f4"), (major, 0))
    np.save(OUT / "empty.npy", np.zeros((0, 21, 21), np.float32))
    np.save(OUT / "number.npy", np.float32(2.5))
    np.save(OUT / "truths.npy", np.array([True, False, True]))
    np.save(OUT / "refused-objects.npy", np.array([{"a": 1}, None], dtype=object), allow_pickle=True)
    np.save(OUT / "refused-fields.npy", np.zeros(3, dtype=[("flux", "<f4"), ("row", "<i2")]))
    np.save(OUT / "refused-complex.npy", np.zeros((2, 21, 21), np.complex64))
    np.save(OUT / "refused-text.npy", np.array(["a", "bc"]))
    np.savez(OUT / "archive.npz", stamps=np.zeros((2, 21, 21), np.float32))
