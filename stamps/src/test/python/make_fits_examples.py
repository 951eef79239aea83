"""Writes tile-compressed FITS files and their pixels, as astropy 8.0.1 reads them: NAME.fits and NAME.npy (float32).

Run in stamps: python src/test/python/make_fits_examples.py src/test/resources/fits
"""

import io
import pathlib
import sys

import numpy as np
from astropy.io import fits

FOLDER = pathlib.Path(sys.argv[1])
ROWS, COLUMNS = 12, 10
INTEGER_NULL = -2147483647


def write(name, hdu, expected=None):
    buffer = io.BytesIO()
    fits.HDUList([fits.PrimaryHDU(), hdu]).writeto(buffer)
    content = buffer.getvalue()
    if expected is None:
        with fits.open(io.BytesIO(content)) as file:
            expected = file[1].data
            blank = file[1].header.get("BLANK")
            if blank is not None and not np.issubdtype(expected.dtype, np.floating):
                expected = np.where(expected == blank, np.nan, expected.astype(float))
    FOLDER.joinpath(name + ".fits").write_bytes(content)
    np.save(FOLDER / (name + ".npy"), np.asarray(expected, dtype="<f4").reshape(1, ROWS, COLUMNS))


def compressed(pixels, algorithm, **options):
    return fits.CompImageHDU(pixels, compression_type=algorithm, **options)


def tampered(hdu, **cards):
    """A compressed integer image, declared to hold floats as an older writer left them: without ZBLANK."""
    table = fits.open(io.BytesIO(_bytes(hdu)), disable_image_compression=True)[1]
    for keyword, value in cards.items():
        table.header[keyword] = value
    return table


def _bytes(hdu):
    buffer = io.BytesIO()
    fits.HDUList([fits.PrimaryHDU(), hdu]).writeto(buffer)
    return buffer.getvalue()


random = np.random.default_rng(1)
floats = random.normal(100, 20, (ROWS, COLUMNS)).astype(np.float32)
holes = floats.copy()
holes[3, 4] = holes[11, 9] = np.nan
integers = random.integers(0, 1000, (ROWS, COLUMNS))

for algorithm in ["RICE_1", "GZIP_1", "GZIP_2"]:
    write(f"{algorithm.lower()}_quantized_nan", compressed(holes, algorithm, quantize_level=-0.01))
    write(f"{algorithm.lower()}_unsigned", compressed(integers.astype(np.uint16) + 40000, algorithm))
write("hcompress_1_quantized", compressed(floats, "HCOMPRESS_1", quantize_level=-0.01, tile_shape=(ROWS, COLUMNS)))
write("hcompress_1_integers", compressed(integers.astype(np.int16), "HCOMPRESS_1", tile_shape=(ROWS, COLUMNS)))
write("plio_1_integers", compressed(integers.astype(np.int16), "PLIO_1"))
for algorithm in ["GZIP_1", "GZIP_2"]:
    write(f"{algorithm.lower()}_lossless_nan", compressed(holes, algorithm, quantize_level=0))
write("rice_1_dither_1", compressed(holes, "RICE_1", quantize_level=4, quantize_method=1, dither_seed=7))
zeros = holes.copy()
zeros[0, :3] = 0
write("rice_1_dither_2", compressed(zeros, "RICE_1", quantize_level=4, quantize_method=2, dither_seed=7))
write("rice_1_tiles_4x5", compressed(holes, "RICE_1", quantize_level=-0.01, tile_shape=(4, 5)))
write("rice_1_one_plane", compressed(holes[None], "RICE_1", quantize_level=-0.01, tile_shape=(1, 1, COLUMNS)))

blank = compressed(integers.astype(np.int32), "RICE_1")
write(
    "rice_1_blank",
    tampered(blank, ZBLANK=int(integers[2, 2])),
    np.where(integers == integers[2, 2], np.nan, integers.astype(float)),
)
quantized = np.round(floats * 100).astype(np.int32)
quantized[5, 5] = INTEGER_NULL
left = (quantized * 0.01 + 3).astype(np.float32)
left[5, 5] = np.nan
write("rice_1_integer_null", tampered(compressed(quantized, "RICE_1"), ZBITPIX=-32, ZSCALE=0.01, ZZERO=3.0), left)
