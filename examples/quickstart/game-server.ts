// A tiny game server: says who it is to the registry, then answers each packet of a player.
import { ServerInfo, ServerInfoJson } from "@potassium/core-types";
import { answerPlayers } from "./answer-players.js";

const { SERVER_ID = "", SERVER_HOST = "", SERVER_PORT, SERVER_TYPE, REGISTRY_URL } = process.env;

const socket = await answerPlayers();
const record = ServerInfo.parse({
  id: SERVER_ID,
  type: SERVER_TYPE,
  mode: SERVER_TYPE === "game" ? "skywars" : "",
  host: SERVER_HOST,
  port: Number(SERVER_PORT),
  maxPlayers: 8,
  matches: SERVER_TYPE === "game" ? { "match-1": { status: "ready", need: 2 } } : {},
  metadata: { pid: String(process.pid) },
});
const answer = await fetch(`${REGISTRY_URL}/servers`, {
  method: "POST",
  body: JSON.stringify(ServerInfoJson.encode(record)),
});
if (!answer.ok) throw new Error(`the registry answered ${answer.status}: ${await answer.text()}`);
console.log("ready");

process.once("SIGTERM", async () => {
  await fetch(`${REGISTRY_URL}/servers/${SERVER_ID}`, { method: "DELETE" });
  socket.close();
  console.log("bye");
});
