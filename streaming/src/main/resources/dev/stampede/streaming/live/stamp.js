// Pixels from the server: base64 of little-endian float32, row by row, NaN where masked.

// A checkerboard marks masked pixels.
const MASKED = [[0x39, 0x41, 0x52], [0x46, 0x50, 0x64]];
const FOR = [0xb2, 0x18, 0x2b];
const AGAINST = [0x21, 0x66, 0xac];

export function floats(base64) {
  const text = atob(base64);
  const view = new DataView(new ArrayBuffer(text.length));
  for (let i = 0; i < text.length; i++) view.setUint8(i, text.charCodeAt(i));
  return Float32Array.from({ length: text.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

/** Brightness from 0 to 1 between two quantiles of the stamp; NaN if masked, as is an exact zero. */
function brightness(pixels) {
  const isMasked = value => Number.isNaN(value) || value === 0;
  const good = pixels.filter(value => !isMasked(value)).sort();
  const at = quantile => good[Math.round(quantile * (good.length - 1))];
  const low = at(0.02), high = at(0.995);
  return pixels.map(value => isMasked(value) ? NaN : high > low ? Math.min(Math.max((value - low) / (high - low), 0), 1) : 0.5);
}

/** Draws a stamp, optionally with an overlaid map, scaled by the map's maximum. */
export function draw(canvas, stamp, map) {
  canvas.width = stamp.width;
  canvas.height = stamp.height;
  const light = brightness(floats(stamp.pixels));
  const values = map ? floats(map.values) : null;
  const largest = values ? values.reduce((max, value) => Math.max(max, Math.abs(value)), 1e-6) : 1;
  const context = canvas.getContext("2d");
  const image = context.createImageData(stamp.width, stamp.height);
  light.forEach((level, i) => {
    const grey = Number.isNaN(level) ? MASKED[(i % stamp.width + Math.floor(i / stamp.width)) % 2] : [255 * level, 255 * level, 255 * level];
    const value = values ? values[i] / largest : 0;
    const film = value < 0 ? AGAINST : FOR;
    const share = 0.8 * Math.abs(value);
    grey.forEach((from, channel) => { image.data[4 * i + channel] = from + share * (film[channel] - from); });
    image.data[4 * i + 3] = 255;
  });
  context.putImageData(image, 0, 0);
}
