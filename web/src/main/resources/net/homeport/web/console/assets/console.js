// Keeps the page of hosts true without loading it again: the server sends the table whenever it
// changed (server-sent events), and the ages are counted on here.

const SILENCE_MAX = 40_000; // two heartbeats of the server missed: the line is dead
const RETRY = 5_000;
const live = document.getElementById("live");
const news = document.getElementById("news");
let clockSkew = 0; // the server's clock minus this one, in milliseconds
let events = null;
let watchdog = 0;
let retry = 0;

function age(time) {
  const seconds = Math.floor((Date.now() + clockSkew - Date.parse(time.dateTime)) / 1000);
  const ago = (number, unit) => `${number} ${unit}${number === 1 ? "" : "s"} ago`;
  if (seconds < 5) return "just now";
  if (seconds < 60) return ago(seconds, "second");
  if (seconds < 3600) return ago(Math.floor(seconds / 60), "minute");
  return seconds < 48 * 3600
    ? ago(Math.floor(seconds / 3600), "hour")
    : ago(Math.floor(seconds / 86400), "day");
}

function countAges(root) {
  for (const time of root.querySelectorAll("time")) {
    const text = age(time);
    if (time.textContent !== text) time.textContent = text;
  }
}

// Rows that are the same stay untouched, so that a selection in them survives.
function showRows(body, fresh) {
  const present = new Map([...body.rows].map((row) => [row.dataset.name, row]));
  const changed = [];
  let next = body.firstElementChild;
  for (const row of [...fresh.rows]) {
    const old = present.get(row.dataset.name);
    const same = old !== undefined && old.innerHTML === row.innerHTML;
    if (!same) changed.push(row);
    if (!same && old !== undefined) {
      if (old === next) next = row;
      old.replaceWith(row);
    }
    const shown = same ? old : row;
    if (shown === next) next = next.nextElementSibling;
    else body.insertBefore(shown, next);
  }
  while (next !== null) {
    const gone = next;
    next = next.nextElementSibling;
    gone.remove();
  }
  return changed;
}

function highlight(rows) {
  for (const row of rows) {
    row.classList.add("changed");
    setTimeout(() => row.classList.remove("changed"), 4_000);
  }
  if (rows.length === 1) news.textContent = `${rows[0].dataset.name} changed`;
  if (rows.length > 1) news.textContent = `${rows.length} hosts changed`;
}

function show(html) {
  const sent = new DOMParser().parseFromString(html, "text/html");
  const fresh = sent.getElementById("hosts");
  const shown = document.getElementById("hosts");
  clockSkew = Number(fresh.dataset.now) - Date.now();
  countAges(document);
  countAges(fresh);
  const body = shown.querySelector("tbody");
  const freshBody = fresh.querySelector("tbody");
  if (body !== null && freshBody !== null) {
    highlight(showRows(body, freshBody));
  } else if (shown.innerHTML !== fresh.innerHTML) {
    shown.replaceWith(fresh);
    if (freshBody !== null) highlight([...freshBody.rows]);
  }
  for (const id of ["counts", "range", "pages"]) {
    const before = document.getElementById(id);
    const after = sent.getElementById(id);
    if (before !== null && after !== null && before.innerHTML !== after.innerHTML) {
      before.innerHTML = after.innerHTML;
    }
  }
}

function tell(state) {
  live.hidden = false;
  live.className = state;
  if (live.textContent !== state) live.textContent = state;
}

function disconnect() {
  clearTimeout(watchdog);
  clearTimeout(retry);
  if (events !== null) events.close();
  events = null;
}

function connect() {
  disconnect();
  const stream = new EventSource(`/events${location.search}`);
  const heard = () => {
    tell("live");
    clearTimeout(watchdog);
    watchdog = setTimeout(lost, SILENCE_MAX);
  };
  stream.addEventListener("open", heard);
  stream.addEventListener("beat", heard);
  stream.addEventListener("hosts", (event) => {
    heard();
    show(event.data);
  });
  stream.addEventListener("error", () => {
    tell("reconnecting");
    // The browser tries again by itself, unless the server refused.
    if (stream.readyState === EventSource.CLOSED) lost();
  });
  events = stream;
}

function lost() {
  disconnect();
  tell("reconnecting");
  retry = setTimeout(askAndConnect, RETRY);
}

// A page that now leads elsewhere needs a new sign-in; all else is worth another try.
async function askAndConnect() {
  try {
    const answer = await fetch(location.href, { method: "HEAD", redirect: "manual" });
    if (answer.type === "opaqueredirect") {
      location.reload();
      return;
    }
  } catch {
    lost();
    return;
  }
  if (!document.hidden) connect();
}

// A page nobody sees takes no stream; seen again, it is told at once what is true now.
document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
setInterval(() => countAges(document), 1_000);
if (!document.hidden) connect();
