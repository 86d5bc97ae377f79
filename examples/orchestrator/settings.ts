import { tmpdir } from "node:os";
import { join } from "node:path";
import { type HostPort, parseHostPort } from "@potassium/core-types";

/** How the orchestrator is set up: by variables of the environment, each of which may be left out. */
export interface Settings {
  /** `ORCHESTRATOR_PROVIDER`: "docker" or "process"; left out, Docker where there is one. */
  readonly provider: "docker" | "process" | undefined;
  /** `ORCHESTRATOR_IMAGE`: an image that has `node`. @default "node:22-alpine" */
  readonly image: string;
  /** `ORCHESTRATOR_NAMESPACE`: whose containers these are. @default "potassium-orchestrator" */
  readonly namespace: string;
  /** `ORCHESTRATOR_STATE`: what is to be known after a restart is kept in it. @default in the system's temporary folder */
  readonly stateFolder: string;
  /** `ORCHESTRATOR_PORT`: the page's, on 127.0.0.1; 0 is a free one. @default 8090 */
  readonly port: number;
  /** `RELAY_URL`: a Peel's API. Left out, an embedded relay is started, which ends with this process. */
  readonly relayUrl: string | undefined;
  /** `RELAY_UDP`: where players send to on that Peel, `host:port`: then one on this machine plays. */
  readonly relayUdp: HostPort | undefined;
}

export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const provider = env["ORCHESTRATOR_PROVIDER"] || undefined;
  if (provider !== undefined && provider !== "docker" && provider !== "process")
    throw new Error(`ORCHESTRATOR_PROVIDER must be "docker" or "process", not "${provider}"`);
  return {
    provider,
    image: env["ORCHESTRATOR_IMAGE"] || "node:22-alpine",
    namespace: env["ORCHESTRATOR_NAMESPACE"] || "potassium-orchestrator",
    stateFolder: env["ORCHESTRATOR_STATE"] || join(tmpdir(), "potassium-orchestrator"),
    port: portOf(env["ORCHESTRATOR_PORT"] || "8090"),
    relayUrl: env["RELAY_URL"] || undefined,
    relayUdp: env["RELAY_UDP"] ? addressOf(env["RELAY_UDP"]) : undefined,
  };
}

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new Error(`ORCHESTRATOR_PORT must be a port, or 0 for a free one, not "${text}"`);
}

function addressOf(text: string): HostPort {
  const address = parseHostPort(text);
  if (address !== undefined) return address;
  throw new Error(`RELAY_UDP must be host:port, not "${text}"`);
}
