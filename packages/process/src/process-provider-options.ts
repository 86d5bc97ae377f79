import { isAbsolute } from "node:path";
import {
  IpAddress,
  type PortRange,
  ProviderError,
  parseInput,
  parsePortRange,
} from "@potassium/core-types";
import { type ImageEntry, parseImages } from "./images/image-entry.js";
import { defaultInheritedVariables } from "./images/inherited-variables.js";
import type { RestartBackOff } from "./protocol/supervisor-task.js";

export interface ProcessProviderOptions {
  /** The programs that can be run, by the names that requests call them. */
  readonly images: Readonly<Record<string, ImageEntry>>;
  /**
   * `owner`: servers end with the provider, and when this process is killed, too. `detached`: they go
   * on, and the next provider with the same `stateFolder` finds them again. @default "owner"
   */
  readonly lifetime?: "owner" | "detached" | undefined;
  /**
   * An absolute path, for one provider at a time; made if it is missing. Needed by `detached`.
   * @default a temporary folder
   */
  readonly stateFolder?: string | undefined;
  /** The IP address at which servers listen (`SERVER_HOST`). @default "127.0.0.1" */
  readonly hostAddress?: string | undefined;
  /**
   * Ports for requests that wish for none. The default lies outside of what systems give to outgoing
   * connections. @default "20000-29999"
   */
  readonly portRange?: string | undefined;
  /** How much of a server's output is kept, in bytes: 65,536 at least. @default 10 MiB */
  readonly logLimitBytes?: number | undefined;
  /** Names of variables of this process that servers get too. @default those that programs need to run */
  readonly inheritEnvironment?: readonly string[] | undefined;
  /** How long the restart policy waits between starts. @default 100 ms, doubled each time up to 30 s */
  readonly restartBackOff?: Partial<RestartBackOff> | undefined;
}

/** The options, checked and complete. */
export interface ProviderSettings {
  readonly images: ReadonlyMap<string, ImageEntry>;
  readonly detached: boolean;
  readonly stateFolder: string | undefined;
  readonly hostAddress: string;
  readonly freePorts: PortRange;
  readonly logLimitBytes: number;
  readonly inheritEnvironment: readonly string[];
  readonly restartBackOff: RestartBackOff;
}

const minLogLimitBytes = 65_536;

/** @throws {ProviderError} `INVALID_ARGUMENT` with the `field` at fault. */
export function parseProviderOptions(options: ProcessProviderOptions): ProviderSettings {
  if (typeof options !== "object" || options === null) {
    throw new ProviderError(
      "INVALID_ARGUMENT",
      "invalid provider options: must be an object with images",
      { field: "options" },
    );
  }
  const { lifetime = "owner", stateFolder, portRange = "20000-29999" } = options;
  const { logLimitBytes = 10 * 1024 * 1024, inheritEnvironment = defaultInheritedVariables } =
    options;
  const { minMs = 100, maxMs = 30_000 } = options.restartBackOff ?? {};
  const freePorts = parsePortRange(portRange);
  if (lifetime !== "owner" && lifetime !== "detached")
    throw invalid("lifetime", 'must be "owner" or "detached"');
  if (stateFolder !== undefined && !isAbsolute(stateFolder))
    throw invalid("stateFolder", "must be an absolute path");
  if (lifetime === "detached" && stateFolder === undefined) {
    throw invalid("stateFolder", "is needed where servers are detached, to find them again");
  }
  if (freePorts === undefined)
    throw invalid("portRange", 'must be a range of ports, such as "20000-29999"');
  if (!Number.isSafeInteger(logLimitBytes) || logLimitBytes < minLogLimitBytes) {
    throw invalid("logLimitBytes", `must be a whole number from ${minLogLimitBytes}`);
  }
  if (!isDuration(minMs) || !isDuration(maxMs) || maxMs < minMs) {
    throw invalid("restartBackOff", "must have minMs from 1, and maxMs from minMs to 2147483647");
  }
  return {
    images: parseImages(options.images),
    detached: lifetime === "detached",
    stateFolder,
    hostAddress: parseInput(
      IpAddress,
      options.hostAddress ?? "127.0.0.1",
      "hostAddress",
      (message) => invalid("hostAddress", message),
    ),
    freePorts,
    logLimitBytes,
    inheritEnvironment: [...inheritEnvironment],
    restartBackOff: { minMs, maxMs },
  };
}

function isDuration(ms: number): boolean {
  return Number.isSafeInteger(ms) && ms >= 1 && ms <= 2_147_483_647;
}

function invalid(field: string, problem: string): ProviderError {
  return new ProviderError("INVALID_ARGUMENT", `invalid provider options: ${field}: ${problem}`, {
    field,
  });
}
