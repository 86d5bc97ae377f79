import { type RegistryChange, ServerInfoJson, type ServerRecord } from "@potassium/core-types";

/** A record in the Go library's JSON, with what the registry adds to it. */
export function recordJson(record: ServerRecord): Readonly<Record<string, unknown>> {
  const { version, registeredAtMs, availability } = record;
  return { ...ServerInfoJson.encode(record), version, registeredAtMs, availability };
}

/** A change, with its records in that JSON. */
export function changeJson(change: RegistryChange): Readonly<Record<string, unknown>> {
  switch (change.kind) {
    case "removed":
      return change;
    case "resync":
      return { ...change, servers: change.servers.map(recordJson) };
    default:
      return { ...change, server: recordJson(change.server) };
  }
}
