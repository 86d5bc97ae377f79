import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { type AllocateRequest, ProviderError, type Server } from "@potassium/core-types";
import { requestHash } from "@potassium/core-types/provider-kit";
import { findImage } from "./images/image-entry.js";
import type { OpenProvider } from "./open-provider.js";
import { ManagedServer } from "./server/managed-server.js";
import { newRecord } from "./server/new-record.js";
import { writeServerRecord } from "./server/server-record.js";

/** Starts a server that was asked for, or finds the one that the same request has started before. */
export async function allocateServer(
  provider: OpenProvider,
  request: AllocateRequest,
  signal: AbortSignal,
): Promise<Server> {
  const { idempotencyKey: key } = request;
  if (key === undefined) return startServer(provider, request, signal);
  return provider.keys.run(
    key,
    async () => {
      const earlier = provider.servers.findByKey(key);
      if (earlier === undefined) return startServer(provider, request, signal);
      if (earlier.record.requestHash === requestHash(request)) return earlier.snapshot();
      const message = `idempotencyKey: ${JSON.stringify(key)} belongs to another request, that of server ${JSON.stringify(earlier.record.name)}`;
      throw new ProviderError("CONFLICT", message, { field: "idempotencyKey" });
    },
    { signal },
  );
}

async function startServer(
  provider: OpenProvider,
  request: AllocateRequest,
  signal: AbortSignal,
): Promise<Server> {
  const id = randomBytes(8).toString("hex");
  const image = findImage(provider.settings.images, request.image);
  const name = request.name ?? `server-${id}`;
  if (!provider.servers.reserveName(name, id)) {
    throw new ProviderError(
      "ALREADY_EXISTS",
      `there is already a server named ${JSON.stringify(name)}`,
      { field: "name" },
    );
  }
  let server: ManagedServer | undefined;
  try {
    const claimed = await provider.ports.claim(request.ports ?? [], id, signal);
    const folder = provider.folder.server(id);
    const { settings } = provider;
    const record = newRecord({
      id,
      name,
      request,
      image,
      claimed,
      folder,
      settings,
      socketFolder: provider.folder.sockets,
    });
    server = new ManagedServer({
      record,
      folder,
      events: provider.events,
      detached: settings.detached,
      temporaryFolder: provider.folder.temporaryPath,
    });
    return await bringUp(provider, server, signal);
  } catch (error) {
    if (server === undefined) provider.servers.freeName(name, id);
    else await discard(provider, server);
    throw error;
  }
}

async function bringUp(
  provider: OpenProvider,
  server: ManagedServer,
  signal: AbortSignal,
): Promise<Server> {
  const { folder, record } = server;
  await mkdir(folder.path, { mode: 0o700 });
  writeServerRecord(folder.record, record);
  signal.throwIfAborted();
  provider.servers.add(server);
  server.announce();
  return server.starts.run({ signal }, async (startSignal) => {
    // Not detached before it is ready: if this process dies now, the supervisor leaves nothing behind.
    await server.launch(false);
    await server.start(startSignal);
    if (provider.settings.detached) await server.detach();
    startSignal.throwIfAborted();
    return server.snapshot();
  });
}

/** Leaves nothing behind. What can't be removed stays in the list, so that it can be tried again. */
async function discard(provider: OpenProvider, server: ManagedServer): Promise<void> {
  try {
    await server.remove("kill");
    provider.servers.delete(server);
  } catch {
    provider.servers.add(server);
    // The caller is told why the server could not be had; that comes first.
  }
}
