import type { Hardening } from "./container/hardening.js";
import type { EndpointOptions } from "./endpoint/find-endpoint.js";
import type { PullPolicy, PullProgress, RegistryAuth } from "./image/ensure-image.js";

/** Which engine, and how servers are made there. */
export interface DockerProviderOptions extends EndpointOptions {
  /** Whose servers these are: others in the same engine are neither seen nor touched. @default "default" */
  readonly namespace?: string | undefined;
  /** The address of the host on which published ports listen. @default "0.0.0.0" */
  readonly hostAddress?: string | undefined;
  /** Where a host port is chosen for a binding without a wish: `"20000-29999"`, which is the default. */
  readonly portRange?: string | undefined;
  /**
   * Where addresses come from for servers that ask for a network and none of its addresses: IPv4 ranges by the
   * network's name, `{ banananet: "10.99.0.10-10.99.0.250" }`. @default the engine chooses
   */
  readonly addressPools?: Readonly<Record<string, string>> | undefined;
  /**
   * Whether the kernel is made to forget where packets to a UDP port went before, when a server gets the port or
   * gives it back: by the program `conntrack`, as root, with an engine on this machine. @default "auto"
   */
  readonly conntrack?: "auto" | "off" | undefined;
  /** When images are fetched. @default "missing" */
  readonly pull?: PullPolicy | undefined;
  /** Credentials for a registry of images, by its host. Asked before each fetch. */
  readonly auth?: ((registry: string) => RegistryAuth | undefined) | undefined;
  readonly onPullProgress?: ((progress: PullProgress) => void) | undefined;
  /** Safeguards that every container gets, and how to loosen them. */
  readonly hardening?: Hardening | undefined;
  /** Longest wait for the beginning of the engine's answer, in milliseconds. @default 60_000 */
  readonly timeoutMs?: number | undefined;
  /** Requests under way at once. @default 64 */
  readonly connections?: number | undefined;
}
