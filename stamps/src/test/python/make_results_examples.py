#!/usr/bin/env python3
"""Writes stamps/src/test/resources/results: one small table in the variants that astropy and pyarrow write.

Run from the root of the repository, with astropy, h5py and pyarrow installed. expected.csv holds what is in the table.
"""
import csv
import pathlib

import h5py
import numpy as np
import pyarrow
import pyarrow.parquet
from astropy.io import fits
from astropy.table import Table

OUT = pathlib.Path("stamps/src/test/resources/results")
ROWS, SIDE, EXPOSURES = 7, 9, 6
random = np.random.default_rng(5)
coadd = random.normal(size=(ROWS, SIDE, SIDE)).astype("f4")
coadd[3, 2, 4] = np.nan
exposures = random.normal(size=(ROWS, EXPOSURES, SIDE, SIDE)).astype("f4")
valid = random.random((ROWS, EXPOSURES)) > 0.3
valid[:, 0] = True
ids = [f"{i * 7919:032x}" for i in range(ROWS)]
counts = np.arange(ROWS, dtype="u8") + np.uint64(2**63)
names = ["a b", "ü", "", 'with "quotes"', "e,f", "g", "h"]


def lower_median(images):
    return np.sort(images, axis=0)[(len(images) - 1) // 2]



OUT.mkdir(parents=True, exist_ok=True)
table = Table({"uuid": ids, "name": names, "count": counts, "flux": random.normal(size=ROWS), "obs_valid": valid,
               "coadd_mean": coadd, "all_stamps": exposures})
table.write(OUT / "space.ecsv", overwrite=True)
table.write(OUT / "comma.ecsv", delimiter=",", overwrite=True)
for compression in (False, True):
    table.write(OUT / f"compression_{compression}.hdf5", path="__astropy_table__", serialize_meta=True,
                compression=compression, overwrite=True)

table.meta["image_column_shapes"] = {"coadd_mean": [SIDE, SIDE], "all_stamps": [EXPOSURES, SIDE, SIDE]}
flattened = table.copy()
for name in ("coadd_mean", "all_stamps"):
    flattened[name] = table[name].reshape(ROWS, -1)
flattened.write(OUT / "astropy.parquet", overwrite=True)
written = pyarrow.parquet.read_table(OUT / "astropy.parquet")
for name, options in {
    "v2_zstd": dict(data_page_version="2.0", compression="zstd", row_group_size=3, data_page_size=300),
    "gzip": dict(compression="gzip", row_group_size=2),
    "plain": dict(compression="none", use_dictionary=False),
    "split": dict(use_dictionary=False, use_byte_stream_split=["flux", "coadd_mean.list.element"]),
    "brotli": dict(compression="brotli"),
}.items():
    pyarrow.parquet.write_table(written, OUT / f"{name}.parquet", **options)

primary = fits.PrimaryHDU()
primary.header.update({"NUMRES": ROWS, "ISIMG": True, "COLNAME": "coadd_mean"})
images = [fits.CompImageHDU(image, compression_type="RICE_1", quantize_level=-0.01) for image in coadd]
for image, name in zip(images, ids):
    image.header["UUID"] = name
fits.HDUList([primary, *images]).writeto(OUT / "coadd_mean.fits", overwrite=True)

with open(OUT / "expected.csv", "w", newline="") as file:
    rows = csv.writer(file)
    rows.writerow(["uuid", "name", "count", "coadd_sum", "lower_median_sum"])
    for i in range(ROWS):
        rows.writerow([ids[i], names[i], counts[i], f"{np.nansum(coadd[i].astype('f8')):.6f}",
                       f"{lower_median(exposures[i][valid[i]]).astype('f8').sum():.6f}"])

# One column of integers in every format; those of float64 are beyond the range of float32.
integers = random.poisson(0.5, (ROWS, SIDE, SIDE)).astype("i4")
counts = Table({"uuid": ids, "coadd_mean": integers, "coadd_sum": integers * 1e300})
counts.write(OUT / "integers.ecsv", overwrite=True)
counts.write(OUT / "integers.hdf5", path="__astropy_table__", serialize_meta=True, overwrite=True)
counts.meta["image_column_shapes"] = {"coadd_mean": [SIDE, SIDE], "coadd_sum": [SIDE, SIDE]}
for name in ("coadd_mean", "coadd_sum"):
    counts[name] = counts[name].reshape(ROWS, -1)
counts.write(OUT / "integers.parquet", overwrite=True)
np.save(OUT / "integers_coadd_mean.npy", integers)
np.save(OUT / "integers_coadd_sum.npy", integers * 1e300)
fits.HDUList([primary, *(fits.ImageHDU(image) for image in integers)]).writeto(OUT / "integers.fits", overwrite=True)

# Columns of many types, with absent values and empty lists, in row groups of three.
nested = pyarrow.table({
    "uuid": ids,
    "texts": pyarrow.array([["a"], [], None, ["b", None, "c"], ["d"], None, ["e"]], pyarrow.list_(pyarrow.string())),
    "pairs": pyarrow.array([[{"x": 1.5, "y": ["p", "q"]}], None, [], [{"x": None, "y": None}, {"x": 2.0, "y": []}],
                            [], None, [{"x": 3.0, "y": ["r"]}]]),
    "map": pyarrow.array([[("k", 1)], [], None, [("l", None), ("m", 3)], [], [], []],
                         pyarrow.map_(pyarrow.string(), pyarrow.int32())),
    "decimal": pyarrow.array(range(ROWS), pyarrow.decimal128(20, 3)),
    "time": pyarrow.array([0, None, 2, 3, 4, 5, 6], pyarrow.timestamp("ns")),
    "flag": pyarrow.array([True, None, False, True, True, False, None]),
    "bytes": pyarrow.array([b"\0\xff", None, b"", b"1", b"2", b"3", b"4"]),
    "kind": pyarrow.array(["p", "q", "p", None, "q", "p", "p"]).dictionary_encode(),
})
pyarrow.parquet.write_table(nested, OUT / "nested.parquet", row_group_size=3, use_deprecated_int96_timestamps=True)

# An image that is absent, and a table whose metadata is in attributes.
images = [None if row == 3 else image.ravel() for row, image in enumerate(coadd)]
pyarrow.parquet.write_table(pyarrow.table({"uuid": ids, "coadd_mean": pyarrow.array(images, pyarrow.list_(pyarrow.float32()))}),
                            OUT / "absent.parquet")
Table({"uuid": ids}, meta={"night": 1}).write(OUT / "attributes.hdf5", path="__astropy_table__", overwrite=True)
for name, node in {"root": "/", "metadata": "__astropy_table__.__table_column_meta__"}.items():
    path = OUT / f"{name}_attributes.hdf5"
    Table({"uuid": ids}).write(path, path="__astropy_table__", serialize_meta=True, overwrite=True)
    with h5py.File(path, "a") as file:
        file[node].attrs["night"] = 1
