// Small charts of the last hour as SVG, without a library.

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 240, HEIGHT = 56, HOUR = 3600e3;

/** The path of values at times; null values leave gaps. */
function path(times, values, now, top) {
  let line = "", open = false;
  values.forEach((value, i) => {
    if (value == null) {
      open = false;
      return;
    }
    const x = WIDTH * (1 - (now - times[i]) / HOUR), y = HEIGHT - (HEIGHT - 2) * value / top - 1;
    // A single point becomes a short line, so that it can be seen.
    line += open ? `L${x.toFixed(1)} ${y.toFixed(1)}` : `M${(x - 1).toFixed(1)} ${y.toFixed(1)}L${x.toFixed(1)} ${y.toFixed(1)}`;
    open = true;
  });
  return line;
}

function node(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

const clock = millis => new Date(millis).toISOString().slice(11, 19);

/**
 * Draws the series of a figure, the last one strongest, over the hour before the newest point. The figure shows the value
 * under the pointer, otherwise the newest one.
 */
export function chart(figure, times, series, format) {
  const svg = figure.querySelector("svg"), shown = figure.querySelector("output"), scale = figure.querySelector(".scale");
  const now = times.at(-1) ?? Date.now();
  const top = Math.max(1e-9, ...series.flat().filter(value => value != null));
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.replaceChildren(...series.map((values, i) =>
    node("path", { d: path(times, values, now, top), class: i === series.length - 1 ? "line" : "line faint" })));
  const main = series.at(-1);
  const known = main.filter(value => value != null);
  scale.textContent = known.length ? `maximum ${format(Math.max(...known))}` : times.length ? "no alerts" : "from ten seconds after the start";
  const show = (i, time) => { shown.textContent = i < 0 ? "–" : time ? `${format(main[i])} at ${clock(times[i])}` : format(main[i]); };
  show(times.length - 1, false);
  svg.setAttribute("aria-label", `${figure.querySelector(".name").textContent}, last hour: now ${shown.textContent}, ${scale.textContent}`);
  svg.onpointermove = event => {
    const box = svg.getBoundingClientRect();
    const at = now - HOUR * (1 - (event.clientX - box.left) / box.width);
    let nearest = -1;
    times.forEach((time, i) => { if (nearest < 0 || Math.abs(time - at) < Math.abs(times[nearest] - at)) nearest = i; });
    show(nearest, true);
  };
  svg.onpointerleave = () => show(times.length - 1, false);
}
