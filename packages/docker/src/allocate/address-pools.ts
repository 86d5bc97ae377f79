import { isIPv4 } from "node:net";
import { DockerError } from "../docker-error.js";

interface Range {
  readonly first: number;
  readonly last: number;
}

/**
 * Gives servers that ask for a network and no address one out of the network's pool. Addresses that stopped
 * servers asked for are taken as well: engines forget them, and the server wants its own again.
 */
export class AddressPools {
  readonly #pools: ReadonlyMap<string, Range>;
  readonly #reserved = new Set<string>();

  /**
   * @param pools IPv4 ranges by the network's name: `{ banananet: "10.99.0.10-10.99.0.250" }`.
   * @throws {DockerError} `INVALID_ARGUMENT`
   */
  constructor(pools: Readonly<Record<string, string>> = {}) {
    this.#pools = new Map(
      Object.entries(pools).map(([network, text]) => [network, parseRange(network, text)]),
    );
  }

  has(network: string | undefined): network is string {
    return network !== undefined && this.#pools.has(network);
  }

  /**
   * Reserves a free address until `release`.
   *
   * @param taken addresses that servers asked for.
   * @param refused addresses that the engine could not give.
   * @throws {DockerError} `ADDRESSES_EXHAUSTED`
   */
  reserve(network: string, taken: Iterable<string>, refused: ReadonlySet<string>): ReservedAddress {
    const range = this.#pools.get(network);
    const occupied = new Set(taken);
    for (let number = range?.first ?? 1; number <= (range?.last ?? 0); number += 1) {
      const ip = toText(number);
      const key = `${network} ${ip}`;
      if (occupied.has(ip) || refused.has(ip) || this.#reserved.has(key)) continue;
      this.#reserved.add(key);
      return { ip, release: () => this.#reserved.delete(key) };
    }
    throw new DockerError(
      "ADDRESSES_EXHAUSTED",
      `no address of the pool of network ${network} is free`,
      {
        field: "network",
      },
    );
  }
}

export interface ReservedAddress {
  readonly ip: string;
  readonly release: () => void;
}

function parseRange(network: string, text: string): Range {
  const [first = "", last = "", ...more] = text.split("-").map((part) => part.trim());
  const range = { first: toNumber(first), last: toNumber(last) };
  if (more.length > 0 || !isIPv4(first) || !isIPv4(last) || range.first > range.last) {
    throw new DockerError(
      "INVALID_ARGUMENT",
      `addressPools.${network}: must be a range such as "10.99.0.10-10.99.0.250", not ${JSON.stringify(text)}`,
      { field: `addressPools.${network}` },
    );
  }
  return range;
}

const toNumber = (ip: string) =>
  ip.split(".").reduce((number, part) => number * 256 + Number(part), 0);

const toText = (number: number) =>
  [2 ** 24, 2 ** 16, 2 ** 8, 1].map((unit) => Math.floor(number / unit) % 256).join(".");
