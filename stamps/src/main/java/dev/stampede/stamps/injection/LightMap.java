package dev.stampede.stamps.injection;

import java.util.Arrays;

/** Light without noise in the pixels of a square stamp, in any unit of flux. Positions are offsets from the central pixel. */
final class LightMap {
    private final int size;
    private final float[] values;

    /** @param size rows and columns */
    LightMap(int size) {
        this.size = size;
        values = new float[size * size];
    }

    int size() {
        return size;
    }

    /** The light of the pixels, row by row; not a copy. */
    float[] values() {
        return values;
    }

    void clear() {
        Arrays.fill(values, 0);
    }

    /** Adds a star of that flux, up to a factor that depends on the profile only. */
    void add(PointSpread psf, double row, double column, double flux) {
        double peak = flux / (psf.fwhmPixels() * psf.fwhmPixels());
        double sin = StrictMath.sin(psf.angle()) / psf.fwhmPixels();
        double cos = StrictMath.cos(psf.angle()) / psf.fwhmPixels();
        double major = Math.sqrt(psf.axisRatio());
        double reach = psf.reachPixels();
        int centre = size / 2;
        int top = Math.max(0, (int) Math.ceil(centre + row - reach));
        int bottom = Math.min(size - 1, (int) Math.floor(centre + row + reach));
        int left = Math.max(0, (int) Math.ceil(centre + column - reach));
        int right = Math.min(size - 1, (int) Math.floor(centre + column + reach));
        for (int r = top; r <= bottom; r++) {
            double down = r - centre - row;
            for (int c = left; c <= right; c++) {
                double across = c - centre - column;
                double along = (down * cos + across * sin) * major;
                double perpendicular = (across * cos - down * sin) / major;
                values[r * size + c] +=
                        (float) (peak * psf.profile().at(Math.sqrt(along * along + perpendicular * perpendicular)));
            }
        }
    }

    /** Adds light to one pixel, if it is within the stamp. */
    void addPixel(int row, int column, double light) {
        int r = size / 2 + row;
        int c = size / 2 + column;
        if (r >= 0 && r < size && c >= 0 && c < size) {
            values[r * size + c] += (float) light;
        }
    }

    void scale(double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) factor;
        }
    }

    void add(LightMap other, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) factor * other.values[i];
        }
    }
}
