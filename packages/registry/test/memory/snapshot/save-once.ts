/** Saves a registry of some size and writes what came of it: `tsx save-once.ts PATH`. */
import { hasErrorCode } from "@potassium/core-types";
import { Registry } from "../../../src/index.js";

const [path = ""] = process.argv.slice(2);
const registry = new Registry();
for (let index = 0; index < 5_000; index += 1) {
  registry.register({ id: `s-${index}`, type: "game", host: "10.0.0.1", port: 1 });
}
try {
  await registry.saveSnapshot(path);
  process.stdout.write("saved\n");
} catch (error) {
  process.stdout.write(`${hasErrorCode(error, "IO_ERROR") ? error.code : String(error)}\n`);
}
