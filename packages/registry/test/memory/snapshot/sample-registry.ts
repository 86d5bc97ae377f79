import { Registry, type RegistryOptions } from "../../../src/index.js";

/** A registry with something of everything that a snapshot keeps. */
export async function sampleRegistry(options: RegistryOptions = {}): Promise<Registry> {
  const registry = new Registry(options);
  const game = { type: "game", mode: "skywars", host: "10.99.0.10", port: 5520 } as const;
  registry.register({ ...game, id: "z", labels: { region: "eu" }, webhookPort: 8090 });
  registry.register({ ...game, id: "10" }, { ttlMs: 1_000 });
  registry.register({ ...game, id: "a", type: "lobby", maxPlayers: 9 });
  for (const id of ["m", "10", "b"]) registry.updateMatch("z", id, { status: "ready", need: 4 });
  await registry.drain("10", { deadlineMs: 0 });
  return registry;
}
