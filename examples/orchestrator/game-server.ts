// A game server that knows nothing of registries: it answers its players, and its console can make it crash. It imports
// nothing but Node, so that a container needs no more than this folder.
import { createInterface } from "node:readline";
import { answerPlayers } from "../quickstart/answer-players.js";

const socket = await answerPlayers();
console.log("ready");

const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => {
  if (line === "crash") process.kill(process.pid, "SIGKILL");
});
process.once("SIGTERM", () => {
  socket.close();
  lines.close();
});
