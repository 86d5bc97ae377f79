import { abortable, formatHostPort, type HostPort } from "@potassium/core-types";
import { ApiServer } from "./api/api-server.js";
import { tokenCheck } from "./api/token-check.js";
import { listenError, unknownHostError } from "./listen-error.js";
import { expositionText } from "./metrics/exposition.js";
import { relayMetrics } from "./metrics/relay-metrics.js";
import type { RelayCounters } from "./relay-counters.js";
import { type RelayOptions, type RelaySettings, relaySettings } from "./relay-options.js";
import { RouteControl } from "./route/route-control.js";
import { listenUdp } from "./udp/listen-udp.js";
import { UdpRelay } from "./udp/udp-relay.js";
import { ipFamily } from "./udp/udp-socket.js";

/** A relay that runs in this process. */
export interface Relay extends AsyncDisposable {
  /** Where players send their packets. */
  readonly udpAddress: HostPort;
  /** Where the HTTP API listens. */
  readonly apiAddress: HostPort;
  /** Base URL of the HTTP API, for a `RelayClient` on this machine. */
  readonly url: string;
  /** What the relay has done so far. It can still be asked after the relay was closed. */
  counters(): RelayCounters;
  /** The same as Prometheus reads it; `GET /metrics` of the API answers with it. */
  metrics(): string;
  /**
   * Finishes the API's requests that have begun, then closes every connection, session and socket.
   * Packets that wait count as dropped. Called again, it waits for the same end.
   */
  close(): Promise<void>;
}

/**
 * Starts a UDP relay with Peel's HTTP API. It has no routes at first, and keeps none when it is closed.
 *
 * @throws {RelayError} `INVALID_ARGUMENT` with the option at fault, `PORT_IN_USE`, or `IO_ERROR`;
 *   nothing is left open then.
 * @example
 * ```ts
 * await using relay = await startRelay({ udp: { port: 5520 }, api: { port: 8080 } });
 * await using client = new RelayClient(relay.url);
 * ```
 */
export async function startRelay(options: RelayOptions = {}): Promise<Relay> {
  const settings = relaySettings(options);
  const { serviceToken, resolveHost, limits } = settings;
  const { signal } = options;
  signal?.throwIfAborted();
  const udp = await listenAddress("udp", settings, signal);
  const api = await listenAddress("api", settings, signal);
  const socket = await listenUdp(udp, limits.receiveBufferBytes).catch((error) => {
    throw listenError("udp", udp, error);
  });
  const { address: host, port } = socket.address();
  const udpRelay = new UdpRelay(socket, limits);
  const apiServer = new ApiServer({
    routes: new RouteControl(udpRelay, resolveHost),
    checkToken: tokenCheck(serviceToken),
    metrics: () => metricsOf(udpRelay),
  });
  const closeAll = async () => {
    await apiServer.close();
    await udpRelay.close();
  };
  try {
    const apiAddress = await apiServer.listen(api).catch((error) => {
      throw listenError("api", api, error);
    });
    signal?.throwIfAborted();
    return relayOf({ udpRelay, udpAddress: Object.freeze({ host, port }), apiAddress, closeAll });
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** The address of the option, its host resolved. */
async function listenAddress(
  name: "udp" | "api",
  settings: RelaySettings,
  signal: AbortSignal | undefined,
): Promise<HostPort> {
  const { host, port } = settings[name];
  if (ipFamily(host) !== undefined) return { host, port };
  const address = await abortable(settings.resolveHost(host), signal).catch((error) => {
    signal?.throwIfAborted();
    throw unknownHostError(name, host, error);
  });
  return { host: address, port };
}

function relayOf(parts: {
  readonly udpRelay: UdpRelay;
  readonly udpAddress: HostPort;
  readonly apiAddress: HostPort;
  readonly closeAll: () => Promise<void>;
}): Relay {
  const { udpRelay, udpAddress, apiAddress, closeAll } = parts;
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= closeAll();
    return closed;
  };
  return Object.freeze({
    udpAddress,
    apiAddress,
    url: `http://${formatHostPort({ ...apiAddress, host: localHost(apiAddress.host) })}`,
    counters: () => udpRelay.counters(),
    metrics: () => metricsOf(udpRelay),
    close,
    [Symbol.asyncDispose]: close,
  });
}

function metricsOf(udpRelay: UdpRelay): string {
  return expositionText(relayMetrics(udpRelay.counters()));
}

/** Where this machine reaches what listens on `host`. */
function localHost(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  return host === "::" ? "::1" : host;
}
