import { type PortBinding, type PortRange, parsePortRange } from "@potassium/core-types";
import { DockerError } from "../docker-error.js";

/** A binding with the host's port chosen, as far as it has one. */
export type ChosenBinding = PortBinding;

const key = (host: number, protocol: string) => `${host}/${protocol}`;

/**
 * Chooses host ports. What other containers asked for is taken, also while they are stopped; so is what
 * another call of this process is about to use. A stranger's port is only found out by the engine, which
 * is then told by `refuse`.
 */
export class HostPorts {
  readonly #reserved = new Set<string>();
  readonly #freeRange: PortRange;

  /** @param freeRange where a port is chosen for a binding that has no wish. */
  constructor(freeRange: PortRange) {
    this.#freeRange = freeRange;
  }

  /**
   * Reserves a host port for each binding that is published, until `release`.
   *
   * @param taken bindings of the containers that there are.
   * @param refused ports that the engine could not give.
   * @param publishAll whether a binding without a wish gets a port too.
   * @throws {DockerError} `PORT_IN_USE`, `PORTS_EXHAUSTED`
   */
  reserve(
    wishes: readonly PortBinding[],
    taken: readonly PortBinding[],
    refused: ReadonlySet<string>,
    publishAll: boolean,
  ): ReservedPorts {
    const occupied = new Set([
      ...this.#reserved,
      ...refused,
      ...taken.flatMap(({ host, protocol }) => (host === undefined ? [] : [key(host, protocol)])),
    ]);
    const mine: string[] = [];
    const take = (host: number, protocol: string) => {
      occupied.add(key(host, protocol));
      mine.push(key(host, protocol));
      return host;
    };
    // Fixed ports first, so that no range takes what another binding needs.
    for (const [index, { host, protocol }] of wishes.entries()) {
      if (host === undefined) continue;
      if (occupied.has(key(host, protocol))) throw portInUse(host, protocol, index);
      take(host, protocol);
    }
    const bindings = wishes.map((wish, index) => {
      const { host, range, ...rest } = wish;
      if (host !== undefined) return wish;
      if (range === undefined && !publishAll) return rest;
      const free = this.#firstFree(range, wish.protocol, occupied);
      if (free === undefined)
        throw exhausted(range ?? rangeText(this.#freeRange), wish.protocol, index);
      return { ...rest, host: take(free, wish.protocol) };
    });
    for (const port of mine) this.#reserved.add(port);
    return {
      bindings,
      release: () => {
        for (const port of mine) this.#reserved.delete(port);
      },
    };
  }

  #firstFree(
    range: string | undefined,
    protocol: string,
    occupied: ReadonlySet<string>,
  ): number | undefined {
    const { first, last } =
      (range === undefined ? undefined : parsePortRange(range)) ?? this.#freeRange;
    for (let port = first; port <= last; port += 1) {
      if (!occupied.has(key(port, protocol))) return port;
    }
    return undefined;
  }
}

export interface ReservedPorts {
  readonly bindings: readonly ChosenBinding[];
  readonly release: () => void;
}

/** Which of the chosen ports the engine could not give: the one it names, or all that were chosen here. */
export function refusedPorts(
  wishes: readonly PortBinding[],
  chosen: readonly ChosenBinding[],
  named: number | undefined,
): readonly string[] {
  // A number that is none of these tells nothing.
  const known = chosen.some(({ host }) => host === named) ? named : undefined;
  const candidates = chosen.filter(
    ({ host }) => host !== undefined && (known === undefined || host === known),
  );
  for (const { host, protocol } of candidates) {
    const index = wishes.findIndex((wish) => wish.host === host && wish.protocol === protocol);
    // Where only one protocol of a number is fixed, the other may be the one at fault.
    if (index !== -1 && candidates.length === 1) throw portInUse(host ?? 0, protocol, index);
  }
  const free = candidates.filter(
    ({ host, protocol }) =>
      !wishes.some((wish) => wish.host === host && wish.protocol === protocol),
  );
  const [first] = candidates;
  if (free.length === 0 && first !== undefined) {
    throw portInUse(first.host ?? 0, first.protocol, chosen.indexOf(first));
  }
  return free.map(({ host, protocol }) => key(host ?? 0, protocol));
}

function portInUse(host: number, protocol: string, index: number): DockerError {
  return new DockerError("PORT_IN_USE", `the host's port ${host}/${protocol} is in use`, {
    field: `ports[${index}].host`,
  });
}

function exhausted(range: string, protocol: string, index: number): DockerError {
  return new DockerError("PORTS_EXHAUSTED", `no ${protocol} port of the range ${range} is free`, {
    field: `ports[${index}].range`,
  });
}

const rangeText = ({ first, last }: PortRange) => `${first}-${last}`;
