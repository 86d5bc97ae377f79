import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = await mkdtemp(join(tmpdir(), "potassium-registry-"));
process.chdir(folder);

// #region snapshot
import { hasErrorCode } from "@potassium/core-types";
import { Registry } from "@potassium/registry";

const file = "registry.json";

// At the start: go on where the last process was, or begin anew.
await using registry = await Registry.restore(file).catch((error) => {
  if (hasErrorCode(error, "NOT_FOUND")) return new Registry();
  throw error;
});

// From time to time, and at the end.
await registry.saveSnapshot(file);
// #endregion

registry.register({ id: "skywars-1", type: "game", host: "10.99.0.10", port: 5520 });
await registry.saveSnapshot(file);
await using restored = await Registry.restore(file);
console.log(restored.get("skywars-1"));
await rm(folder, { recursive: true });
