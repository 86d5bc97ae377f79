import type { Protocol } from "../../net/port.js";

/** One of a server's ports, as a request's readiness names it. */
export interface PortReference {
  readonly protocol: Protocol;
  /** Its number inside the container, or its name; left out for the only one of its protocol. */
  readonly port?: number | string | undefined;
}

/** The port that the reference names, or `undefined` where the server has none such. */
export function findPort<
  P extends {
    readonly container: number;
    readonly protocol: Protocol;
    readonly name?: string | undefined;
  },
>(ports: readonly P[], reference: PortReference): P | undefined {
  const { protocol, port } = reference;
  return ports.find(
    (candidate) =>
      candidate.protocol === protocol &&
      (port === undefined || candidate.container === port || candidate.name === port),
  );
}
