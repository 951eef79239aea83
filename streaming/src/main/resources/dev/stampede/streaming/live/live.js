import { chart } from "/chart.js";
import { draw, floats } from "/stamp.js";

const SHOWN = 60;
const find = id => document.getElementById(id);
const form = find("filter"), list = find("candidates"), dialog = find("record"), pause = find("pause");

let source;
let waiting = [];

// ---- The filter lives in the URL, so that a refresh or a shared link keeps it.

const VERDICTS = ["REAL", "BOGUS", "ABSTAIN"];

/** What a URL may hold is ignored if it is no filter. */
function filterOf(parameters) {
  const filter = new URLSearchParams();
  const verdicts = VERDICTS.filter(verdict => (parameters.get("verdict") ?? "").toUpperCase().split(",").includes(verdict));
  if (verdicts.length) filter.set("verdict", verdicts.join(","));
  const [low, high] = ["low", "high"].map(name => Number.parseFloat(parameters.get(name)));
  const isShare = value => value >= 0 && value <= 1;
  if (isShare(low) && !(high < low)) filter.set("low", low);
  if (isShare(high) && !(high < low)) filter.set("high", high);
  if (parameters.get("survey")) filter.set("survey", parameters.get("survey"));
  return filter;
}

function readForm() {
  const filter = new URLSearchParams();
  const verdicts = [...form.elements.verdict].filter(box => box.checked).map(box => box.value);
  if (verdicts.length < 3) filter.set("verdict", verdicts.join(","));
  if (Number(form.elements.low.value) > 0) filter.set("low", form.elements.low.value);
  if (form.elements.high.value !== "" && Number(form.elements.high.value) < 1) filter.set("high", form.elements.high.value);
  if (form.elements.survey.value) filter.set("survey", form.elements.survey.value);
  return filter;
}

function writeForm(filter) {
  const verdicts = filter.get("verdict")?.split(",") ?? VERDICTS;
  for (const box of form.elements.verdict) box.checked = verdicts.includes(box.value);
  form.elements.low.value = filter.get("low") ?? "0";
  form.elements.high.value = filter.get("high") ?? "1";
  offer(filter.get("survey") ? [filter.get("survey")] : []);
  form.elements.survey.value = filter.get("survey") ?? "";
}

function offer(surveys) {
  const known = new Set([...form.elements.survey.options].map(option => option.value));
  for (const survey of surveys) {
    if (!known.has(survey)) form.elements.survey.add(new Option(survey, survey));
  }
}

function remember(filter, alertId) {
  const url = new URLSearchParams(filter);
  if (alertId) url.set("alert", alertId);
  history.replaceState(null, "", url.size ? `?${url}` : location.pathname);
}

function refilter() {
  const filter = readForm();
  const fault = ![...form.elements.verdict].some(box => box.checked)
    ? "Choose at least one verdict."
    : Number(form.elements.low.value) > Number(form.elements.high.value) || !form.checkValidity()
      ? "Probabilities must be from 0 to 1, the minimum first."
      : "";
  find("problem").textContent = fault;
  find("problem").hidden = !fault;
  if (fault) return;
  remember(filter);
  listen(filter);
}

form.addEventListener("change", refilter);
form.addEventListener("submit", event => event.preventDefault());
form.addEventListener("reset", () => setTimeout(refilter));

// ---- Server-sent events; the browser reconnects automatically.

function listen(filter) {
  source?.close();
  waiting = [];
  list.replaceChildren();
  find("empty").hidden = false;
  find("empty").textContent = filter.size ? "No candidate matches the filter yet. New ones appear automatically." : "Waiting for the first alert";
  const query = new URLSearchParams(filter);
  query.set("limit", SHOWN);
  source = new EventSource(`/api/events?${query}`);
  source.addEventListener("error", () => connection("Disconnected; reconnecting", "off"));
  source.addEventListener("stats", event => showStats(JSON.parse(event.data)));
  source.addEventListener("classifications", event => {
    const { classifications, surveys } = JSON.parse(event.data);
    offer(surveys);
    waiting = [...classifications, ...waiting].slice(0, SHOWN);
    if (!isHeld()) showWaiting();
  });
}

function connection(text, state) {
  const element = find("connection");
  if (element.textContent !== text) element.textContent = text;
  element.className = `state ${state}`;
}

// ---- Rates and latency.

const number = value => value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(2).replace(/\.0+$/, "");
const perSecond = value => value == null ? "–" : value === 0 ? "0" : number(value);

function duration(seconds) {
  if (seconds == null) return "–";
  return seconds < 1 ? `${number(seconds * 1000)} ms` : `${number(seconds)} s`;
}

function age(seconds) {
  if (seconds < 120) return `${Math.floor(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

function showStats(stats) {
  const rates = stats.perSecond;
  const all = rates.real == null ? null : rates.real + rates.bogus + rates.abstain + rates.dead_letter;
  find("model").textContent = `${stats.model} on ${stats.provider}`;
  find("rate").textContent = perSecond(all);
  find("rate-real").textContent = perSecond(rates.real);
  find("share-abstain").textContent = all ? `${(100 * rates.abstain / all).toFixed(1)} %` : "–";
  find("known-objects").textContent = stats.knownObjectRecall == null ? "–" : `${(100 * stats.knownObjectRecall).toFixed(1)} % of ${stats.knownObjects}`;
  find("rate-dead").textContent = perSecond(rates.dead_letter);
  find("latency-median").textContent = duration(stats.latencySecondsP50);
  find("latency-high").textContent = duration(stats.latencySecondsP99);
  find("lag").textContent = stats.lagAlerts == null ? "unknown" : Math.round(stats.lagAlerts).toLocaleString("en");
  find("last-outcome").textContent = stats.lastOutcomeSeconds == null ? "none yet" : `${age(stats.lastOutcomeSeconds)} ago`;
  find("uptime").textContent = `running for ${age(stats.uptimeSeconds)}`;
  const wrong = Object.entries(stats.conditions).filter(([, condition]) => !condition.holds);
  if (wrong.length) connection(`Not ready: ${wrong.map(([name]) => name).join(", ")}`, "off");
  else connection("Live", "on");
  const messages = wrong.map(([name, condition]) => `${name}: ${condition.description}`);
  const shown = find("conditions");
  if (shown.dataset.messages !== messages.join()) {
    shown.dataset.messages = messages.join();
    shown.replaceChildren(...messages.map(text => element("li", "", text)));
  }
}

// ---- The last hour.

const percent = share => share == null ? "–" : `${(100 * share).toFixed(1)} %`;

async function showHour() {
  let points = 0;
  try {
    const hour = await (await fetch("/api/history")).json();
    const draws = [
      ["chart-rate", ["alertsPerSecond"], perSecond],
      ["chart-real", ["realPerSecond"], perSecond],
      ["chart-latency", ["latencySecondsP50", "latencySecondsP99"], duration],
      ["chart-abstained", ["abstainedShare"], percent],
    ];
    points = hour.timesMillis.length;
    for (const [id, names, format] of draws) chart(find(id), hour.timesMillis, names.map(name => hour[name]), format);
  } catch {
    // The badge shows that the stream does not respond; the next attempt follows.
  }
  setTimeout(showHour, points ? 10_000 : 2_000);
}

// ---- Stamps. Updates pause while one is hovered or focused, or Pause is pressed.

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text != null) made.textContent = text;
  return made;
}

const isPaused = () => pause.getAttribute("aria-pressed") === "true";
const isHeld = () => isPaused() || dialog.open || list.matches(":hover") || list.querySelector(":focus-visible") !== null;

function chance(record) {
  return record.probability == null ? "" : record.probability.toFixed(3);
}

function reason(record) {
  return (record.abstentionReason ?? "").toLowerCase().replaceAll("_", " ");
}

function tile(record) {
  const item = element("li");
  const button = element("button", "stamp");
  button.type = "button";
  button.dataset.id = record.alertId;
  if (record.stamp) {
    const canvas = element("canvas");
    canvas.setAttribute("aria-hidden", "true");
    draw(canvas, record.stamp);
    button.append(canvas);
  } else {
    button.append(element("span", "blank"));
  }
  const caption = element("span", "caption");
  caption.append(element("span", `verdict ${record.verdict}`, record.verdict), element("span", "chance", chance(record)));
  caption.append(meter(record));
  caption.append(element("span", "where", reason(record) || [record.survey, record.band].filter(Boolean).join(" · ")));
  button.append(caption);
  const result = record.probability == null ? reason(record) : `probability ${chance(record)}`;
  button.setAttribute("aria-label", `${record.verdict}, ${result}, ${record.survey}, alert ${record.alertId}`);
  button.addEventListener("click", () => open(record.alertId));
  item.append(button);
  return item;
}

function meter(record) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("class", `meter ${record.verdict}`);
  svg.setAttribute("viewBox", "0 0 100 3");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  const bar = document.createElementNS(namespace, "rect");
  bar.setAttribute("width", 100 * (record.probability ?? 0));
  bar.setAttribute("height", 3);
  svg.append(bar);
  return svg;
}

function showWaiting() {
  if (!waiting.length) return;
  list.prepend(...waiting.map(tile));
  waiting = [];
  while (list.children.length > SHOWN) list.lastElementChild.remove();
  find("empty").hidden = true;
}

pause.addEventListener("click", () => {
  pause.setAttribute("aria-pressed", String(!isPaused()));
  pause.textContent = isPaused() ? "Resume" : "Pause";
  if (!isPaused()) showWaiting();
});
list.addEventListener("pointerleave", () => { if (!isHeld()) showWaiting(); });

// ---- One record with its map.

async function ask(path) {
  const answer = await fetch(path);
  const body = await answer.json();
  return { status: answer.status, body };
}

async function open(alertId) {
  const path = `/api/classifications/${encodeURIComponent(alertId)}`;
  const { status, body: record } = await ask(path);
  find("record-title").textContent = status === 200 ? `${record.verdict} ${chance(record)} — ${alertId}` : alertId;
  find("record-title").className = record.verdict ?? "";
  for (const id of ["record-stamp", "record-map"]) blank(find(id));
  find("record-fields").replaceChildren();
  offerLabels(record.takesLabels ? alertId : null);
  find("record-text").textContent = status === 200 ? "" : record.problem;
  if (!dialog.open) dialog.showModal();
  remember(readForm(), alertId);
  if (status !== 200) return;
  if (record.stamp) draw(find("record-stamp"), record.stamp);
  showFields(record);
  if (record.verdict === "ABSTAIN") {
    find("record-text").textContent = `Abstained: ${reason(record)}. There is no map.`;
  } else {
    await showMap(path, record);
  }
}

function blank(canvas) {
  canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height);
  delete canvas.dataset.drawn;
}

async function showMap(path, record, tries = 5) {
  find("record-text").textContent = "Computing the occlusion map…";
  const { status, body: map } = await ask(`${path}/map`);
  if (status === 429 && tries > 0) {
    await new Promise(resolve => setTimeout(resolve, 400));
    return showMap(path, record, tries - 1);
  }
  if (status !== 200) {
    find("record-text").textContent = `No map: ${map.problem}.`;
    return;
  }
  draw(find("record-map"), record.stamp, map);
  find("record-map").dataset.drawn = "true";
  const values = floats(map.values);
  const peak = values.indexOf(values.reduce((high, value) => Math.max(high, value)));
  const share = map.apertureShare == null ? "" : ` ${Math.round(100 * map.apertureShare)} % of what supports ${map.verdict} is inside the aperture.`;
  find("record-text").textContent = `Hiding the pixels around row ${Math.floor(peak / map.width)}, column ${peak % map.width} lowers the probability of ${map.verdict} the most, by ${values[peak].toFixed(3)}.${share}`;
}

function knownObject(record) {
  const names = [record.knownObjectName, record.ssObjectId].filter(Boolean).join(", ");
  if (!names) return null;
  const distance = record.knownObjectDistanceArcsec == null ? "" : `, at ${record.knownObjectDistanceArcsec.toFixed(2)} arcsec`;
  return `${names}${distance}${record.matchesKnownObject ? "" : " (near, not a match)"}`;
}

const FIELDS = [
  ["Survey", record => [record.survey, record.band].filter(Boolean).join(", ")],
  ["Object", record => record.objectId],
  ["Known object", record => knownObject(record)],
  ["Probability, threshold", record => record.probability == null ? null : `${record.probability.toFixed(6)}, ${record.threshold.toFixed(6)}`],
  ["Survey score", record => record.surveyScore],
  ["Observed", record => record.mjd == null ? null : `MJD ${record.mjd} ${record.timeScale}`],
  ["Position", record => record.rightAscensionDegrees == null ? null : `${record.rightAscensionDegrees.toFixed(5)}°, ${record.declinationDegrees.toFixed(5)}°`],
  ["Scored", record => record.scoredTime.replace(/\.\d+/, "")],
  ["Received stamp", record => `${record.crop.width} × ${record.crop.height} pixels`],
  ["Peak S/N", record => record.quality.peakSignalToNoise?.toFixed(2)],
  ["Median, sigmaG", record => record.quality.median == null ? null : `${record.quality.median.toPrecision(4)}, ${record.quality.sigmaG.toPrecision(4)}`],
  ["Masked pixels", record => record.quality.maskedFraction == null ? null : `${(100 * record.quality.maskedFraction).toFixed(1)} %`],
  ["Centroid offset", record => record.quality.centroidOffsetPixels == null ? null : `${record.quality.centroidOffsetPixels.toFixed(2)} pixels`],
  ["Model", record => `${record.modelName} ${record.modelVersion}, ${record.recipe}, ${record.executionProvider}`],
  ["SHA-256 of the model", record => record.modelSha256],
];

function showFields(record) {
  for (const [name, of] of FIELDS) {
    const value = of(record);
    if (value == null || value === "") continue;
    const pair = element("div");
    pair.append(element("dt", "", name), element("dd", "", value));
    find("record-fields").append(pair);
  }
}

// ---- Labels, if enabled.

function offerLabels(alertId) {
  find("label").hidden = !alertId;
  find("label").dataset.id = alertId ?? "";
  find("label-text").textContent = "";
}

find("labeller").value = localStorage.getItem("labeller") ?? "";
for (const button of find("label").querySelectorAll("button")) {
  button.addEventListener("click", () => give(find("label").dataset.id, button.value));
}

async function give(alertId, verdict) {
  const labeller = find("labeller").value;
  localStorage.setItem("labeller", labeller);
  find("label-text").textContent = "Sending…";
  const message = await send({ alertId, verdict, labeller });
  if (find("label").dataset.id === alertId) find("label-text").textContent = message;
}

async function send(label) {
  try {
    const answer = await fetch("/api/labels", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Stampede-Label": "1" },
      body: JSON.stringify(label),
    });
    return answer.ok ? `Labelled ${label.verdict}.` : `Not labelled: ${(await answer.json()).problem}.`;
  } catch {
    return "Not labelled: the stream does not respond.";
  }
}

find("close").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
dialog.addEventListener("close", () => {
  remember(readForm());
  if (!isHeld()) showWaiting();
});

// ---- Start.

const begin = new URLSearchParams(location.search);
writeForm(filterOf(begin));
listen(readForm());
showHour();
if (begin.get("alert")) open(begin.get("alert"));
