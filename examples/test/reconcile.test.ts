import { fileURLToPath } from "node:url";
import { reconcile } from "@potassium/core-types/provider-kit";
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
    expect(after).toEqual({ unregistered: [], vanished: [], strayRoutes: [] });
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
