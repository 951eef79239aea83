"""Reference values of the recipes of published networks, in double precision with numpy.

Writes planes.npy (stamps, planes, rows, columns) and expected_RECIPE.npy to src/test/resources/recipes; run it in the folder
of the module stamps. A NaN is a masked pixel: it takes part in no statistic, and becomes 0.
"""
import pathlib

import numpy as np

FOLDER = pathlib.Path("src/test/resources/recipes")


def stamps():
    random = np.random.default_rng(20231012)
    level = random.uniform(-50, 2000, (10, 3, 1, 1))
    scale = random.uniform(0.1, 300, (10, 3, 1, 1))
    pixels = level + scale * random.standard_normal((10, 3, 9, 7))
    pixels[1:6][random.random((5, 3, 9, 7)) < 0.2] = np.nan
    pixels[2, 1, 4] = 0  # a row of norm 0
    pixels[3, 2, 5] = np.nan
    pixels[7] *= 1e-12
    pixels[8] *= 1e12
    return pixels.astype(np.float32)


def l2_image(image):
    norm = np.sqrt(np.nansum(image**2))
    return image / norm if norm > 0 else image


def l2_row(image):
    return np.stack([l2_image(row) for row in image])


def z_score(image):
    return (image - np.nanmean(image)) / np.nanstd(image)


def min_max(image):
    return (image - np.nanmin(image)) / (np.nanmax(image) - np.nanmin(image))


def median_mad(image):
    deviation = image - np.nanmedian(image)
    return deviation / (1.482602218505602 * np.nanmedian(np.abs(deviation)))


OF_PLANES = {
    "l2-image": l2_image,
    "l2-row": l2_row,
    "z-score-image": z_score,
    "min-max": min_max,
    "median-mad": median_mad,
    "none": lambda image: image,
}


def write(name, pixels):
    np.save(FOLDER / name, np.nan_to_num(pixels, nan=0.0, posinf=None, neginf=None).astype(np.float32))


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    raw = stamps()
    np.save(FOLDER / "planes.npy", raw)
    double = raw.astype(np.float64)
    for name, recipe in OF_PLANES.items():
        write(f"expected_{name}.npy", np.stack([[recipe(plane) for plane in stamp] for stamp in double]))
    write("expected_z-score-all.npy", np.stack([z_score(stamp) for stamp in double]))


if __name__ == "__main__":
    main()
