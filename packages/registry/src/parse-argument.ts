import {
  Identifier,
  ListFilter,
  MatchInfo,
  parseInput,
  RegistryError,
  ServerInfo,
} from "@potassium/core-types";

export function parseServer(server: unknown): ServerInfo {
  return parseInput(ServerInfo, server, "server", invalidArgument);
}

export function parseMatch(match: unknown): MatchInfo {
  refusePromise(match, "match");
  return parseInput(MatchInfo, match, "match", invalidArgument);
}

export function parseFilter(filter: unknown): ListFilter {
  return parseInput(ListFilter, filter, "filter", invalidArgument);
}

/** @param field the argument's name, for the error. */
export function parseId(id: unknown, field: "id" | "serverId" | "matchId"): string {
  return parseInput(Identifier, id, field, (message) => invalidArgument(message, field));
}

/** Unlike a server's mode, one that is looked for can't be left out. */
const Mode = ServerInfo.unwrap().shape.mode.unwrap();

export function parseMode(mode: unknown): string {
  return parseInput(Mode, mode, "mode", (message) => invalidArgument(message, "mode"));
}

/** An async function gives a promise, which has no fields: it would pass as a change of nothing. */
export function refusePromise(value: unknown, what: string): void {
  if (value instanceof Promise) {
    throw invalidArgument(`invalid ${what}: the function must not be async`, what);
  }
}

export function invalidArgument(message: string, field: string): RegistryError {
  return new RegistryError("INVALID_ARGUMENT", message, { field });
}
