import { randomInt } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  formatPortRange,
  type PortBinding,
  type PortRange,
  type Protocol,
  ProviderError,
} from "@potassium/core-types";
import { releaseClaim, takeClaim } from "../claim/claim-file.js";
import { type BindOutcome, probePort } from "./bind-probe.js";
import { groupPorts, type PortGroup } from "./port-group.js";

export interface PortClaimsOptions {
  /** The folder that all providers of this user share. */
  readonly folder: string;
  /** Where servers listen. */
  readonly address: string;
  /** What servers get that wish for nothing. */
  readonly free: PortRange;
}

/** Ports that a server has: the host's number for each of the request's, and the files that claim them. */
export interface ClaimedPorts {
  readonly numbers: readonly number[];
  readonly paths: readonly string[];
}

type Outcome = BindOutcome | "claimed";

/** Gives ports to servers so that no two have the same: of this provider, or of any of this user. */
export class PortClaims {
  readonly #options: PortClaimsOptions;

  constructor(options: PortClaimsOptions) {
    this.#options = options;
  }

  /**
   * Claims all ports of a request for the server, or none.
   *
   * @throws {ProviderError} `PORT_IN_USE`, `PORTS_EXHAUSTED`, `UNAUTHORIZED` (a port that only an
   *   administrator may listen on), `INVALID_ARGUMENT` (the host address is not this machine's)
   */
  async claim(
    ports: readonly PortBinding[],
    serverId: string,
    signal: AbortSignal,
  ): Promise<ClaimedPorts> {
    const numbers = ports.map(() => 0);
    const paths: string[] = [];
    try {
      await mkdir(this.#options.folder, { recursive: true, mode: 0o700 });
      for (const group of groupPorts(ports, this.#options.free)) {
        const number = await this.#claimGroup(group, serverId, paths, signal);
        for (const index of group.indexes) numbers[index] = number;
      }
      return { numbers, paths };
    } catch (error) {
      await releaseClaims(paths, serverId);
      throw error;
    }
  }

  /** One number for the group. Its claims are added to `paths`. */
  async #claimGroup(
    group: PortGroup,
    serverId: string,
    paths: string[],
    signal: AbortSignal,
  ): Promise<number> {
    const { first, last } = group.range;
    const count = last - first + 1;
    // Two who look for any port begin in different places, so that they seldom meet.
    const offset = group.wish === undefined ? randomInt(count) : 0;
    let outcome: Outcome = "in-use";
    for (let step = 0; step < count; step += 1) {
      signal.throwIfAborted();
      const number = first + ((offset + step) % count);
      const claimed: string[] = [];
      outcome = await this.#claimNumber(number, group.protocols, serverId, claimed, paths);
      if (outcome === "free") {
        paths.push(...claimed);
        return number;
      }
      await releaseClaims(claimed, serverId);
      if (outcome === "no-such-address") break;
    }
    throw this.#refusal(group, outcome);
  }

  async #claimNumber(
    number: number,
    protocols: readonly Protocol[],
    serverId: string,
    claimed: string[],
    earlier: readonly string[],
  ): Promise<Outcome> {
    for (const protocol of protocols) {
      const path = join(this.#options.folder, `${protocol}-${number}`);
      // A server's claim can be taken again by the same server, but not for two of its ports.
      if (earlier.includes(path)) return "claimed";
      if (!(await takeClaim(path, serverId))) return "claimed";
      claimed.push(path);
      const outcome = await probePort(protocol, this.#options.address, number);
      if (outcome !== "free") return outcome;
    }
    return "free";
  }

  #refusal({ wish, range, indexes, protocols }: PortGroup, outcome: Outcome): ProviderError {
    const { address } = this.#options;
    const binding = `ports[${indexes[0]}]`;
    if (outcome === "no-such-address") {
      return new ProviderError(
        "INVALID_ARGUMENT",
        `hostAddress: ${address} is not an address of this machine`,
        {
          field: "hostAddress",
        },
      );
    }
    if (wish !== undefined && "host" in wish) {
      const port = `${protocols.join(" and ")} port ${wish.host}`;
      const field = `${binding}.host`;
      return outcome === "denied"
        ? new ProviderError(
            "UNAUTHORIZED",
            `${port} may be listened on by an administrator only: ask for one above 1023`,
            { field },
          )
        : new ProviderError(
            "PORT_IN_USE",
            `${port} is in use ${outcome === "claimed" ? "by another server" : "by another program"}`,
            { field },
          );
    }
    return new ProviderError(
      "PORTS_EXHAUSTED",
      range.first === range.last
        ? `${protocols.join(" and ")} port ${range.first}, the whole range, is not free`
        : `no ${protocols.join(" and ")} port in ${formatPortRange(range)} is free`,
      { field: wish === undefined ? binding : `${binding}.range` },
    );
  }
}

/** Gives up all claims of a server. */
export async function releaseClaims(paths: readonly string[], serverId: string): Promise<void> {
  for (const path of paths) await releaseClaim(path, serverId);
}
