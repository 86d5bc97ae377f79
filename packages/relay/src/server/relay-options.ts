import {
  type AbortOptions,
  canonicalHost,
  type HostPort,
  optionNames,
  RelayError,
} from "@potassium/core-types";
import { checkOptions } from "../option/check-options.js";
import { checkedFunction } from "../option/checked-function.js";
import { checkedServiceToken } from "../option/service-token.js";
import { maxTimerMs, wholeNumber } from "../option/whole-number.js";
import { type RateLimit, rateOf } from "./rate-limit.js";
import type { ResolveHost } from "./udp/backend.js";
import { resolveHost } from "./udp/resolve-host.js";
import type { UdpRelayLimits } from "./udp/udp-relay.js";

/** Where to listen. */
export interface ListenOptions {
  /**
   * IP address or host name. `"0.0.0.0"` is every IPv4 address of the machine, `"::"` every IPv6 and
   * IPv4 address. @default "127.0.0.1"
   */
  readonly host?: string | undefined;
  /** 0 is a free port. @default 0 */
  readonly port?: number | undefined;
}

/** How an embedded relay runs. */
export interface RelayOptions extends AbortOptions {
  /** Where players send their packets. */
  readonly udp?: ListenOptions | undefined;
  /** Where the HTTP API listens. Without `serviceToken`, whoever reaches it can change routes. */
  readonly api?: ListenOptions | undefined;
  /** What calls that change something must send as `X-Service-Token`. @default none */
  readonly serviceToken?: string | undefined;
  /** A session without packets for so long is closed, in milliseconds. @default 600_000 */
  readonly idleTimeoutMs?: number | undefined;
  /**
   * Where `maxSessions` are open, a new one closes those without packets for so long, in milliseconds,
   * and is dropped where there are none. @default 30_000
   */
  readonly idleTimeoutWhenFullMs?: number | undefined;
  /** Sessions open at once; each holds a socket. @default 1_000 */
  readonly maxSessions?: number | undefined;
  /** Packets that one session (a player's address and port) may send. @default no limit */
  readonly packetRate?: RateLimit | undefined;
  /** Sessions that all players together may open. @default no limit */
  readonly sessionRate?: RateLimit | undefined;
  /** Sessions that may be opened from one address, behind which may be many players. @default no limit */
  readonly sessionRatePerIp?: RateLimit | undefined;
  /** Packets of one session that may wait to be sent. @default 256 */
  readonly maxQueuedPackets?: number | undefined;
  /** Room asked of the system for packets that came in, for each socket. @default 4_194_304 */
  readonly receiveBufferBytes?: number | undefined;
  /** Finds the IP address of a backend's host name. @default the system's, IPv4 preferred */
  readonly resolveHost?: ((host: string) => Promise<string>) | undefined;
  /** Milliseconds on a clock that only rises. @default performance.now */
  readonly now?: (() => number) | undefined;
}

const names = optionNames<RelayOptions>({
  udp: true,
  api: true,
  serviceToken: true,
  idleTimeoutMs: true,
  idleTimeoutWhenFullMs: true,
  maxSessions: true,
  packetRate: true,
  sessionRate: true,
  sessionRatePerIp: true,
  maxQueuedPackets: true,
  receiveBufferBytes: true,
  resolveHost: true,
  now: true,
  signal: true,
});
const listenNames = optionNames<ListenOptions>({ host: true, port: true });

/** The options with their defaults filled in. */
export interface RelaySettings {
  readonly udp: HostPort;
  readonly api: HostPort;
  readonly serviceToken: string | undefined;
  readonly resolveHost: ResolveHost;
  readonly limits: UdpRelayLimits;
}

/** @throws {RelayError} `INVALID_ARGUMENT` with the option at fault. */
export function relaySettings(options: RelayOptions): RelaySettings {
  checkOptions(options, names);
  const count = (field: keyof RelayOptions & CountName, max: number, fallback: number) =>
    wholeNumber(options[field], { field, min: 1, max, fallback });
  return {
    udp: listenAddress("udp", options.udp),
    api: listenAddress("api", options.api),
    serviceToken: checkedServiceToken(options.serviceToken),
    resolveHost: checkedFunction(options.resolveHost ?? resolveHost, "resolveHost"),
    limits: {
      idleTimeoutMs: count("idleTimeoutMs", maxTimerMs, 600_000),
      idleTimeoutWhenFullMs: count("idleTimeoutWhenFullMs", maxTimerMs, 30_000),
      maxSessions: count("maxSessions", 60_000, 1_000),
      packetRate: rateOf(options.packetRate, "packetRate"),
      sessionRate: rateOf(options.sessionRate, "sessionRate"),
      sessionRatePerIp: rateOf(options.sessionRatePerIp, "sessionRatePerIp"),
      maxQueuedPackets: count("maxQueuedPackets", 65_536, 256),
      receiveBufferBytes: count("receiveBufferBytes", 2 ** 30, 4 * 1_024 * 1_024),
      now: checkedFunction(options.now ?? (() => performance.now()), "now"),
    },
  };
}

type CountName =
  | "idleTimeoutMs"
  | "idleTimeoutWhenFullMs"
  | "maxSessions"
  | "maxQueuedPackets"
  | "receiveBufferBytes";

function listenAddress(name: "udp" | "api", options: ListenOptions = {}): HostPort {
  checkOptions(options, listenNames, name);
  const { host: text = "127.0.0.1", port } = options;
  const host = typeof text === "string" ? canonicalHost(text) : undefined;
  if (host === undefined) {
    throw new RelayError(
      "INVALID_ARGUMENT",
      `invalid option: ${name}.host: must be a host name or IP address, not ${JSON.stringify(text)}`,
      { field: `${name}.host` },
    );
  }
  return {
    host,
    port: wholeNumber(port, { field: `${name}.port`, min: 0, max: 65_535, fallback: 0 }),
  };
}
