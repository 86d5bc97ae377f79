import type { ServerInfo, ServerRecord } from "@potassium/core-types";

/** What the registry adds to what a server says of itself. */
export type RecordFields = Omit<ServerRecord, keyof ServerInfo>;

/** The record of a server. Frozen, as its parts are. */
export function registeredServer(info: ServerInfo, fields: RecordFields): ServerRecord {
  const { version, registeredAtMs, availability } = fields;
  return Object.freeze({ ...info, version, registeredAtMs, availability });
}

/** What the server said of itself. */
export function infoOfRecord(server: ServerRecord): ServerInfo {
  const { version: _, registeredAtMs: _at, availability: _is, ...info } = server;
  return info;
}

/** The record with the matches of the one before it that it doesn't name itself, which come first. */
export function withKeptMatches(info: ServerInfo, before: ServerRecord): ServerInfo {
  return Object.freeze({ ...info, matches: Object.freeze({ ...before.matches, ...info.matches }) });
}

/** What callers give back may be a record: what the registry added to it is theirs to ignore. */
export function withoutRecordFields(given: object): object {
  if (!("version" in given || "registeredAtMs" in given || "availability" in given)) return given;
  const { version: _, registeredAtMs: _at, availability: _is, ...rest } = given as ServerRecord;
  return rest;
}
