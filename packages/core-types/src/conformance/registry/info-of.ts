import type { ServerInfo } from "../../registry/server-info.js";
import type { ServerRecord } from "../../registry/server-record.js";

/** What a server said of itself, without what the registry adds. */
export function infoOf(record: ServerRecord): ServerInfo;
export function infoOf(record: ServerRecord | undefined): ServerInfo | undefined;
export function infoOf(record: ServerRecord | undefined): ServerInfo | undefined {
  if (record === undefined) return undefined;
  const { version, registeredAtMs, availability, ...info } = record;
  return info;
}
