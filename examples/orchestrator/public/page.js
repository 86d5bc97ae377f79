// Draws what the orchestrator tells by server-sent events, and sends what the buttons ask for.
import { element, keyedList, setText } from "./elements.js";
import { drawPlayer } from "./players.js";
import { drawServer } from "./servers.js";

const at = (id) => document.getElementById(id);
const servers = keyedList(at("servers"), ({ id }) => id, drawServer);
const players = keyedList(at("players"), ({ player }) => player, drawPlayer);
const log = keyedList(
  at("log"),
  ({ id }) => String(id),
  ({ time, text }) => ({
    root: element("li", {}, [
      element("time", { dateTime: time }, [new Date(time).toLocaleTimeString("en-GB")]),
      element("span", {}, [text]),
    ]),
    update() {},
  }),
);

const events = new EventSource("events");
events.addEventListener("message", ({ data }) => {
  const state = JSON.parse(data);
  servers(state.servers);
  players(state.routes);
  log(state.log);
  const kind = state.provider === "docker" ? "containers" : "processes";
  setText(at("summary"), `${state.servers.length} ${kind} · ${state.routes.length} players`);
  live("live", "live");
});
events.addEventListener("problem", ({ data }) => live("problem", JSON.parse(data)));
events.addEventListener("error", () => live("waiting", "the orchestrator is away"));

function live(state, text) {
  at("live").dataset.state = state;
  setText(at("live"), text);
}

at("join").addEventListener("submit", (event) => {
  event.preventDefault();
  const address = new FormData(event.target).get("address").trim();
  act("POST", `players/${encodeURIComponent(address)}/lobby`, event.submitter);
});

document.addEventListener("click", ({ target }) => {
  const { method, path } = target.dataset;
  if (path !== undefined) act(method, path, target);
});

/** A button that works can't be pressed again; what came of it is read out. */
async function act(method, path, button) {
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  const message = at("message");
  try {
    const answer = await fetch(path, { method });
    const told = await answer.json();
    message.dataset.state = answer.ok ? "done" : "failed";
    setText(message, told.message);
  } catch {
    message.dataset.state = "failed";
    setText(message, "the orchestrator does not answer");
  } finally {
    button.ariaBusy = "false";
  }
}
