import { KeyedMutex } from "@potassium/core-types/provider-kit";
import { PortClaims } from "./ports/port-claims.js";
import type { ProviderSettings } from "./process-provider-options.js";
import { adoptServers } from "./server/adopt-servers.js";
import type { ManagedServer } from "./server/managed-server.js";
import type { ServerEvents } from "./server/server-events.js";
import { ServerStore } from "./server/server-store.js";
import { StateFolder } from "./server/state-folder.js";

/** What a provider has once it has opened its state folder. */
export class OpenProvider {
  readonly servers = new ServerStore();
  /** Lets one call at a time work for each idempotency key. */
  readonly keys = new KeyedMutex();
  readonly settings: ProviderSettings;
  readonly folder: StateFolder;
  readonly ports: PortClaims;
  readonly events: ServerEvents;
  /** Lets one call at a time start or stop each server. */
  readonly #turns = new KeyedMutex();

  /** Opens the state folder, and finds the servers again that are in it. */
  static async open(settings: ProviderSettings, events: ServerEvents): Promise<OpenProvider> {
    const folder = await StateFolder.open(settings.stateFolder);
    try {
      const provider = new OpenProvider(settings, folder, events);
      for (const server of await adoptServers(folder.servers, events)) provider.servers.add(server);
      return provider;
    } catch (error) {
      await folder.close();
      throw error;
    }
  }

  private constructor(settings: ProviderSettings, folder: StateFolder, events: ServerEvents) {
    this.settings = settings;
    this.folder = folder;
    this.events = events;
    this.ports = new PortClaims({
      folder: folder.ports,
      address: settings.hostAddress,
      free: settings.freePorts,
    });
  }

  restart(server: ManagedServer, signal: AbortSignal): Promise<void> {
    return this.#turns.run(
      server.id,
      () => server.starts.run({ signal }, (startSignal) => server.restart(startSignal)),
      { signal },
    );
  }

  async remove(server: ManagedServer): Promise<void> {
    await server.remove("stop");
    this.servers.delete(server);
  }

  /** Removes the servers that end with the provider, and lets go of the others. */
  async close(): Promise<void> {
    const servers = this.servers.all();
    const results = await Promise.allSettled(
      servers.map((server) => (server.isDetached ? server.release() : this.remove(server))),
    );
    await this.folder.close();
    const failed = results.find((result) => result.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  }
}
