import { fileURLToPath } from "node:url";
import { KeyedMutex } from "@potassium/core-types/provider-kit";
import { ProcessProvider } from "@potassium/process";
import { Registry } from "@potassium/registry";
import { RelayClient } from "@potassium/relay";
import { type Relay, startRelay } from "@potassium/relay/server";
import type { Fleet } from "../orchestrator/fleet.js";

export interface OpenFleet extends AsyncDisposable {
  readonly fleet: Fleet;
  readonly relay: Relay;
  readonly told: readonly string[];
}

/** A fleet of real processes, a real registry and a real relay, without a server yet. All ends with it. */
export async function openFleet(changed: Partial<Fleet> = {}): Promise<OpenFleet> {
  const program = fileURLToPath(new URL("../dist/orchestrator-game-server.js", import.meta.url));
  const provider = new ProcessProvider({
    images: { game: { command: [process.execPath, program] } },
  });
  const registry = new Registry();
  const relay = await startRelay();
  const routes = new RelayClient(relay.url);
  const told: string[] = [];
  const fleet: Fleet = {
    ...{ provider, registry, routes, game: { image: "game" } },
    ...{ wanted: { lobby: 1, game: 0 }, maxGames: 2, turns: new KeyedMutex() },
    tell: (text) => told.push(text),
    ...changed,
  };
  return {
    ...{ fleet, relay, told },
    async [Symbol.asyncDispose]() {
      await routes.close();
      await relay.close();
      await fleet.provider[Symbol.asyncDispose]();
      await registry[Symbol.asyncDispose]();
    },
  };
}

/** What provider, registry and relay say, but for versions and times. */
export async function pictureOf(fleet: Fleet) {
  return { ...(await serversOf(fleet)), routes: await fleet.routes.listRoutes() };
}

/** The same without the relay. */
export async function serversOf({ provider, registry }: Fleet) {
  const records = await registry.list();
  return {
    running: (await provider.list()).map(({ name, status }) => `${name} ${status.state}`).sort(),
    records: records.map(({ id, availability, players, matches }) => ({
      ...{ id, availability, players, matches },
    })),
    leases: (await Promise.all(records.map(({ id }) => registry.listLeases(id)))).flat(),
  };
}
