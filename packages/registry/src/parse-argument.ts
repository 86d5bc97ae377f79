import {
  Identifier,
  ListFilter,
  MatchInfo,
  parseInput,
  RegistryError,
  ServerConditions,
  ServerInfo,
  shownValue,
} from "@potassium/core-types";
import { withoutRecordFields } from "./record/registered-server.js";

/** The longest that a server may go without a heartbeat, or a drain wait: a year. */
const maxMs = 31_536_000_000;

/** @param server may be a record that a registry gave: what the registry added to it is ignored. */
export function parseServer(server: unknown): ServerInfo {
  const isObject = typeof server === "object" && server !== null && !Array.isArray(server);
  const given = isObject ? withoutRecordFields(server) : server;
  return parseInput(ServerInfo, given, "server", invalidArgument);
}

export function parseMatch(match: unknown): MatchInfo {
  refusePromise(match, "match");
  return quickMatch(match) ?? parseInput(MatchInfo, match, "match", invalidArgument);
}

const noPlayers: readonly string[] = Object.freeze([]);
const matchFields = new Set(["status", "need", "players"]);

/** A match in order, without the schema's price; `undefined` for the schema to say what is wrong. */
function quickMatch(match: unknown): MatchInfo | undefined {
  if (typeof match !== "object" || match === null || Array.isArray(match)) return undefined;
  for (const field in match) if (!matchFields.has(field)) return undefined;
  const { status, need, players = noPlayers } = match as Partial<MatchInfo>;
  if (status !== "ready" && status !== "busy" && status !== "starting") return undefined;
  if (!isCount(need, 0) || !Array.isArray(players) || !players.every(isIdentifier)) {
    return undefined;
  }
  return Object.freeze({
    status,
    need,
    players: players.length === 0 ? noPlayers : Object.freeze([...players]),
  });
}

export function parseFilter(filter: unknown): ListFilter {
  return parseInput(ListFilter, filter, "filter", invalidArgument);
}

/** @param where the `where` of a find or claim. */
export function parseConditions(where: unknown): ServerConditions {
  return parseInput(ServerConditions, where, "where", (message, _, path) =>
    invalidArgument(message, path === "" ? "where" : `where.${path}`),
  );
}

/** @param field the argument's name, for the error. */
export function parseId(
  id: unknown,
  field: "id" | "serverId" | "matchId" | "leaseId" | "namespace",
): string {
  if (isIdentifier(id)) return id;
  return parseInput(Identifier, id, field, (message) => invalidArgument(message, field));
}

export function isIdentifier(id: unknown): id is string {
  return (
    typeof id === "string" &&
    id.length > 0 &&
    id.length <= 255 &&
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
    !/[\u0000-\u001f\u007f]/.test(id) &&
    id.isWellFormed() &&
    id !== "__proto__"
  );
}

/** The `ttlMs` of a server: `undefined` where none is given. */
export function parseServerTtl(ttlMs: unknown, field = "ttlMs"): number | undefined {
  return ttlMs === undefined ? undefined : parseCount(ttlMs, field, 1, maxMs);
}

/** The `ttlMs` of a lease. */
export function parseLeaseTtl(ttlMs: unknown): number {
  return parseCount(ttlMs, "ttlMs", 1, 86_400_000);
}

/** An `ifVersion` or `from`. */
export function parseVersion(version: unknown, field: "ifVersion" | "from"): number | undefined {
  return version === undefined ? undefined : parseCount(version, field, 0, Number.MAX_SAFE_INTEGER);
}

export function parseDeadline(deadlineMs: unknown): number | undefined {
  return deadlineMs === undefined ? undefined : parseCount(deadlineMs, "deadlineMs", 0, maxMs);
}

/** @returns whether the matches that a server has already stay. */
export function parseKeepsMatches(matches: unknown): boolean {
  if (matches === undefined || matches === "replace") return false;
  if (matches === "keep") return true;
  throw invalidArgument("invalid matches: must be one of replace, keep", "matches");
}

/** @param field the argument's name, for the error. */
export function parseCount(count: unknown, field: string, min: number, max: number): number {
  if (isCount(count, min) && count <= max) return count;
  const bounds = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `of ${min} to ${max}`;
  const message = `invalid ${field}: must be a whole number ${bounds}, not ${shownValue(count)}`;
  throw invalidArgument(message, field);
}

/** A clock of the caller's own. */
export function parseClock(now: unknown): (() => number) | undefined {
  if (now === undefined || typeof now === "function") return now as (() => number) | undefined;
  throw invalidArgument(`invalid now: must be a function, not ${shownValue(now)}`, "now");
}

export function isCount(value: unknown, min: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= min;
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
