// #region parse
import {
  parseInput,
  RegistryError,
  type ServerChange,
  ServerInfo,
  type ServerInput,
} from "@potassium/core-types";

/** What comes in, checked, with defaults, frozen: for `register`. */
export function parseServer(value: ServerInput): ServerInfo {
  return parseInput(ServerInfo, value, "server", invalid);
}

/** The record after a change: for `update`, that must refuse async functions. */
export function changed(
  server: ServerInfo,
  change: ServerChange | ((server: ServerInfo) => ServerChange),
): ServerInfo {
  const given = typeof change === "function" ? change(server) : change;
  if (given instanceof Promise) throw invalid("the function must not be async", "");
  parseInput(ServerInfo.unwrap().partial(), given, "change", invalid);
  const present = Object.entries(given).filter(([, value]) => value !== undefined);
  const record = parseServer({ ...server, ...Object.fromEntries(present) });
  if (record.id !== server.id) throw invalid("a server keeps its id", "id");
  return record;
}

function invalid(message: string, field: string): RegistryError {
  return new RegistryError("INVALID_ARGUMENT", message, { field });
}
// #endregion
