"""Writes stamps and what both normalisations make of them, computed in float64 with numpy.

Run from the repository root: python3 stamps/src/test/python/make_normalisation_oracle.py
It writes, under stamps/src/test/resources/normalise: stamps.npy [N, 441] float32, and for each recipe
expected_RECIPE.npy [N, 441] float32 and formed_RECIPE.npy [N] uint8, which is 0 where the recipe cannot be formed. The
clipping was found equal to astropy 8.0.1's sigma_clipped_stats on these stamps.
"""

import pathlib

import numpy as np

OUT = pathlib.Path(__file__).parent.parent / "resources" / "normalise"
SIDE = 21
PIXELS = SIDE * SIDE


def sigmag_unit_sum(stamp):
    values = stamp.astype(np.float64)
    kept = np.isfinite(values)
    out = np.zeros(PIXELS)
    if not kept.any():
        return out, False
    p25, p50, p75 = np.percentile(values[kept], [25, 50, 75])
    raised = np.maximum(values[kept], p50 - 2 * 0.7413 * (p75 - p25))
    raised -= raised.min()
    if raised.sum() == 0:
        return out, False
    out[kept] = raised / raised.sum()
    return out, True


def asinh_snr(stamp):
    values = stamp.astype(np.float64)
    kept = np.isfinite(values) & (values != 0)
    out = np.zeros(PIXELS)
    if not kept.any():
        return out, False
    survivors = values[kept]
    for _ in range(5):
        median, sigma = np.median(survivors), np.std(survivors)
        inside = (survivors >= median - 3 * sigma) & (survivors <= median + 3 * sigma)
        if survivors.min() == survivors.max() or inside.all():
            break
        survivors = survivors[inside]
    if survivors.min() == survivors.max():
        return out, False
    out[kept] = np.arcsinh((values[kept] - np.median(survivors)) / np.std(survivors) / 5)
    return out, True


def stamps(random):
    rows, columns = np.mgrid[:SIDE, :SIDE] - SIDE // 2

    def noise():
        return random.normal(size=PIXELS)

    def source(peak, sigma=1.9):
        return (peak * np.exp(-(rows**2 + columns**2) / (2 * sigma**2))).ravel()

    def masked(stamp, share, value):
        return np.where(random.random(PIXELS) < share, value, stamp)

    makers = [
        lambda: noise(),
        lambda: noise() + source(random.uniform(2, 10)),
        lambda: 5 * noise() + source(10 ** random.uniform(1, 6)),
        lambda: 16000 + 0.5 * noise(),
        lambda: 16000 + 0.5 * noise() + source(20),
        lambda: -3400 + 470 * noise(),
        lambda: 1e-30 * (noise() + source(9)),
        lambda: 1e-42 * (noise() + source(9)),
        lambda: 1e35 * (noise() + source(9)),
        lambda: random.choice([-3e38, 3e38, 1.0, 2.0], size=PIXELS, p=[0.01, 0.01, 0.49, 0.49]),
        lambda: np.round(2 * noise() + source(30)),
        lambda: np.round(noise()) + 7,
        lambda: np.clip(np.round(128 + 20 * noise()), 0, 255),
        lambda: np.where(random.random(PIXELS) < 0.6, 5.0, 5 + noise()),
        lambda: np.full(PIXELS, random.normal()),
        lambda: np.where(np.arange(PIXELS) == random.integers(PIXELS), 9.0, 3.0),
        lambda: np.where(np.arange(PIXELS) == random.integers(PIXELS), -9.0, 3.0),
        lambda: np.zeros(PIXELS),
        lambda: np.full(PIXELS, np.nan),
        lambda: masked(noise() + source(8), 0.1, 0.0),
        lambda: masked(noise() + source(8), 0.9, 0.0),
        lambda: masked(noise() + source(8), 0.1, np.nan),
        lambda: masked(noise() + source(8), 0.9, np.nan),
        lambda: masked(masked(16000 + noise(), 0.4, np.nan), 0.4, 0.0),
        lambda: masked(noise(), 0.995, np.nan),
        lambda: np.where(np.arange(PIXELS) == random.integers(PIXELS), 4.0, np.nan),
        lambda: noise() + np.roll(source(40).reshape(SIDE, SIDE), 3, 0).ravel() - source(40),
        lambda: random.standard_cauchy(PIXELS),
        lambda: noise() + np.where(random.random(PIXELS) < 0.05, 1e8, 0),
        lambda: np.exp(3 * noise()),
    ]
    made = [maker() for _ in range(7) for maker in makers]
    return np.array(made).astype(np.float32)


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    raw = stamps(np.random.default_rng(20_260_101))
    np.save(OUT / "stamps.npy", raw)
    for name, recipe in (("sigmag-unit-sum", sigmag_unit_sum), ("asinh-snr", asinh_snr)):
        results = [recipe(stamp) for stamp in raw]
        np.save(OUT / f"expected_{name}.npy", np.array([out for out, _ in results]).astype(np.float32))
        formed = np.array([ok for _, ok in results]).astype(np.uint8)
        np.save(OUT / f"formed_{name}.npy", formed)
        print(f"{name}: {formed.sum()} of {len(raw)} stamps formed")
