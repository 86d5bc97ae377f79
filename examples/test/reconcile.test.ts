import { fileURLToPath } from "node:url";
import type { Server, ServerStatus } from "@potassium/core-types";
import { type ReconcileOptions, reconcile } from "@potassium/core-types/provider-kit";
import { ProcessProvider } from "@potassium/process";
import { Registry } from "@potassium/registry";
import { RelayClient } from "@potassium/relay";
import { startRelay } from "@potassium/relay/server";
import { expect, test } from "vitest";

const skywars = fileURLToPath(new URL("../taste/skywars.js", import.meta.url));

/** A provider, a registry and a relay that agree on "kept", and disagree on the rest. */
async function disagreement(stack: AsyncDisposable[]) {
  const provider = new ProcessProvider({ images: { skywars: { command: ["node", skywars] } } });
  stack.push(provider);
  const relay = await startRelay({
    udp: { host: "127.0.0.1", port: 0 },
    api: { host: "127.0.0.1", port: 0 },
  });
  stack.push(relay);
  const routes = new RelayClient(relay.url);
  stack.push(routes);
  const registry = new Registry();
  const ports = [{ container: 5520, protocol: "udp" as const }];
  const kept = await provider.allocate({ image: "skywars", name: "kept", ports });
  const forgotten = await provider.allocate({ image: "skywars", name: "forgotten" });
  const port = kept.ports[0]?.host ?? 0;
  registry.register({ id: "kept", type: "game", host: "127.0.0.1", port });
  registry.register({ id: "vanished", type: "game", host: "127.0.0.1", port: 9 });
  await routes.setRoute("192.0.2.1", `127.0.0.1:${port}`);
  await routes.setRoute("192.0.2.2", "127.0.0.1:9");
  return { provider, registry, routes, forgotten };
}

async function withDisagreement(
  body: (parts: Awaited<ReturnType<typeof disagreement>>) => Promise<void>,
) {
  const stack: AsyncDisposable[] = [];
  try {
    await body(await disagreement(stack));
  } finally {
    for (const resource of stack.reverse()) await resource[Symbol.asyncDispose]();
  }
}

test("reconcile() reports servers, records and routes that don't fit, and changes nothing unasked", async () => {
  await withDisagreement(async ({ provider, registry, routes, forgotten }) => {
    const report = await reconcile(provider, { registry, routes });
    expect(report.unregistered.map(({ id }) => id)).toEqual([forgotten.id]);
    expect(report.vanished.map(({ id }) => id)).toEqual(["vanished"]);
    expect(report.strayRoutes).toEqual([{ playerIp: "192.0.2.2", backend: "127.0.0.1:9" }]);
    expect((await provider.list()).length).toBe(2);
    expect(registry.list().length).toBe(2);
    expect(Object.keys(await routes.listRoutes()).length).toBe(2);
  });
});

test("reconcile() mends what it is told to mend, and then finds nothing", async () => {
  await withDisagreement(async ({ provider, registry, routes }) => {
    const mending = { removeUnregistered: true, unregisterVanished: true, deleteStrayRoutes: true };
    await reconcile(provider, { registry, routes, ...mending });
    const after = await reconcile(provider, { registry, routes });
    expect(after).toEqual({ unregistered: [], vanished: [], strayRoutes: [], abandoned: [] });
    expect((await provider.list()).map(({ name }) => name)).toEqual(["kept"]);
    expect(Object.keys(await routes.listRoutes())).toEqual(["192.0.2.1"]);
  });
});

test("reconcile() leaves records alone that are another provider's", async () => {
  await withDisagreement(async ({ provider, registry }) => {
    const owns = ({ id }: { id: string }) => id !== "vanished";
    const report = await reconcile(provider, { registry, owns, unregisterVanished: true });
    expect(report.vanished).toEqual([]);
    expect(registry.get("vanished")).toBeDefined();
  });
});

const now = Date.now();
const tenMinutes = 600_000;

/** As much of a provider as is needed, with servers of this state and age. */
function inMemory(servers: Readonly<Record<string, readonly [ServerStatus["state"], number]>>) {
  const states = new Map(Object.entries(servers));
  const server = (id: string): Server | undefined => {
    const [state, ageMs] = states.get(id) ?? [];
    if (state === undefined || ageMs === undefined) return undefined;
    const status = state === "stopped" ? { state, exitCode: 0 } : { state, message: "" };
    const createdAt = new Date(now - ageMs).toISOString();
    const rest = {
      image: "skywars",
      networks: {},
      ports: [],
      limits: {},
      labels: {},
      warnings: [],
    };
    return { id, name: id, status: status as ServerStatus, createdAt, ...rest };
  };
  return {
    states,
    list: async () => [...states.keys()].flatMap((id) => server(id) ?? []),
    get: async (id: string) => server(id),
    deallocate: async (id: string) => {
      states.delete(id);
    },
  };
}

const abandonedOf = async (
  provider: ReturnType<typeof inMemory>,
  options: Partial<ReconcileOptions> = {},
) =>
  (await reconcile(provider, { registry: new Registry(), ...options })).abandoned.map(
    ({ id }) => id,
  );

test("reconcile() reports servers that were made long ago and never started, and removes them when told", async () => {
  const provider = inMemory({
    left: ["created", tenMinutes + 60_000],
    "being allocated": ["created", 1000],
    "of a clock ahead": ["created", -60_000],
    starting: ["starting", 2 * tenMinutes],
    stopped: ["stopped", 2 * tenMinutes],
  });
  expect(await abandonedOf(provider)).toEqual(["left"]);
  expect(provider.states.size).toBe(5);
  expect(await abandonedOf(provider, { removeAbandoned: true })).toEqual(["left"]);
  expect([...provider.states.keys()]).toEqual([
    ...["being allocated", "of a clock ahead", "starting", "stopped"],
  ]);
  const hasty = { removeAbandoned: true, abandonedAfterMs: 500 };
  expect(await abandonedOf(provider, hasty)).toEqual(["being allocated"]);
  expect(await abandonedOf(provider)).toEqual([]);
});

test("reconcile() removes no abandoned server that somebody has started since it was listed", async () => {
  const provider = inMemory({ left: ["created", tenMinutes + 60_000] });
  const registry = new Registry();
  const options = { registry, removeAbandoned: true };
  const started = {
    ...provider,
    list: async () => {
      const listed = await provider.list();
      provider.states.set("left", ["running", tenMinutes + 60_000]);
      return listed;
    },
  };
  expect((await reconcile(started, options)).abandoned.map(({ id }) => id)).toEqual(["left"]);
  expect(provider.states.has("left")).toBe(true);
});
