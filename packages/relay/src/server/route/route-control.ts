import { canonicalIp } from "@potassium/core-types";
import { type ResolveHost, resolveBackend } from "../udp/backend.js";
import type { UdpRelay } from "../udp/udp-relay.js";
import { SerialByKey } from "./serial-by-key.js";

/** What became of a wish to set a route. */
export type SetRouteResult = "set" | "invalid-player-ip" | "invalid-backend";

/**
 * Changes the routes of a relay from their text forms. A backend's host name is resolved here, once,
 * and the old route serves until it is known. Changes for one player take effect in the order they
 * came, however long a name takes to resolve.
 */
export class RouteControl {
  readonly #relay: UdpRelay;
  readonly #resolveHost: ResolveHost;
  readonly #changes = new SerialByKey();

  constructor(relay: UdpRelay, resolveHost: ResolveHost) {
    this.#relay = relay;
    this.#resolveHost = resolveHost;
  }

  async setRoute(playerIp: string, backend: string): Promise<SetRouteResult> {
    const ip = canonicalIp(playerIp);
    if (ip === undefined) return "invalid-player-ip";
    return this.#changes.run(ip, async () => {
      const target = await resolveBackend(backend, this.#resolveHost);
      if (target === undefined) return "invalid-backend";
      this.#relay.setRoute(ip, target);
      return "set";
    });
  }

  /** Removes the route, if there is one, and closes the player's sessions. */
  async deleteRoute(playerIp: string): Promise<void> {
    await this.#change(playerIp, (ip) => this.#relay.deleteRoute(ip));
  }

  /** Closes the player's sessions, if there are any. */
  async closeSessions(playerIp: string): Promise<void> {
    await this.#change(playerIp, (ip) => this.#relay.closeSessions(ip));
  }

  listRoutes(): Record<string, string> {
    return this.#relay.listRoutes();
  }

  async #change(playerIp: string, change: (ip: string) => void): Promise<void> {
    const ip = canonicalIp(playerIp);
    // What is no address has neither route nor session.
    if (ip !== undefined) await this.#changes.run(ip, async () => change(ip));
  }
}
