/** Saves a registry that changes, over and over, until it is killed: `tsx save-forever.ts PATH`. */
import { sampleRegistry } from "./sample-registry.js";

const [path = ""] = process.argv.slice(2);
const registry = await sampleRegistry();
for (let index = 0; index < 2_000; index += 1) {
  registry.register({ id: `s-${index}`, type: "game", host: "10.0.0.1", port: 1, players: 0 });
}
for (let round = 0; ; round += 1) {
  registry.update(`s-${round % 2_000}`, ({ players }) => ({ players: players + 1 }));
  await registry.saveSnapshot(path);
  process.stdout.write("saved\n");
}
