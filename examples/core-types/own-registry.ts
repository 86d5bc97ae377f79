// #region parse
import {
  parseInput,
  RegistryError,
  ServerChange,
  ServerInfo,
  type ServerInput,
  type ServerRecord,
} from "@potassium/core-types";

/** What comes in, checked, with defaults, frozen: for `register`. What a registry adds to records is left out. */
export function parseServer(value: ServerInput): ServerInfo {
  return parseInput(ServerInfo, withoutAdded(value), "server", invalid);
}

/** What `update` makes of a record: for a function too, which must not be async. */
export function changed(
  server: ServerRecord,
  change: ServerChange | ((server: ServerRecord) => ServerChange),
): ServerInfo {
  const given = typeof change === "function" ? change(server) : change;
  if (given instanceof Promise) throw invalid("the function must not be async", "change");
  parseInput(ServerChange, withoutAdded(given), "change", invalid);
  const present = Object.entries(given).filter(([, value]) => value !== undefined);
  const info = parseServer({ ...server, ...Object.fromEntries(present) });
  if (info.id !== server.id) throw invalid("a server keeps its id", "id");
  return info;
}

/** So that callers can give a record back: `{ ...record, players: 4 }`. */
function withoutAdded<Given extends object>(given: Given): Given {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return given;
  const { version, registeredAtMs, availability, ...rest } = given as Given & Partial<ServerRecord>;
  return rest as Given;
}

function invalid(message: string, field: string): RegistryError {
  return new RegistryError("INVALID_ARGUMENT", message, { field });
}
// #endregion
