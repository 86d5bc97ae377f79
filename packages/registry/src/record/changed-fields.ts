import { isDeepStrictEqual } from "node:util";
import { parseInput, ServerChange, type ServerInfo } from "@potassium/core-types";
import { invalidArgument, isCount, refusePromise } from "../parse-argument.js";
import { withoutRecordFields } from "./registered-server.js";

/**
 * What a change makes different in a record: parsed and frozen, or `undefined` where it is nothing. Only what
 * differs is parsed; the rest, matches above all, can be shared with the old record.
 *
 * @throws {RegistryError} `INVALID_ARGUMENT` with the `field` at fault.
 */
export function changedFields(
  server: ServerInfo,
  change: unknown,
): Partial<ServerInfo> | undefined {
  refusePromise(change, "change");
  const given = isFields(change) ? differences(server, change) : change;
  if (given === noDifference) return undefined;
  if (isFields(given) && hasOnlyCounts(given)) return given;
  // Defaults come with it for what is left out; only what was given is taken over.
  const parsed = parseInput(ServerChange, given, "change", invalidArgument);
  if (parsed.id !== undefined && parsed.id !== server.id) {
    throw invalidArgument(`invalid change: id: a server keeps its id, ${server.id}`, "id");
  }
  const changed = Object.entries(parsed).filter(
    ([field, value]) =>
      Object.hasOwn(given as object, field) &&
      !isDeepStrictEqual(value, server[field as keyof ServerInfo]),
  );
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}

const noDifference = Object.freeze({});

function isFields(change: unknown): change is Record<string, unknown> {
  return typeof change === "object" && change !== null && !Array.isArray(change);
}

function differences(server: ServerInfo, change: Record<string, unknown>): Record<string, unknown> {
  let given: Record<string, unknown> | undefined;
  const own = withoutRecordFields(change) as Record<string, unknown>;
  for (const field of Object.keys(own)) {
    const value = own[field];
    if (value === undefined || value === server[field as keyof ServerInfo]) continue;
    given ??= {};
    given[field] = value;
  }
  return given ?? noDifference;
}

/** The change that servers report all day needs no schema. */
function hasOnlyCounts(given: Record<string, unknown>): boolean {
  for (const field in given) {
    if (field !== "players" && field !== "maxPlayers") return false;
    if (!isCount(given[field], 0)) return false;
  }
  return true;
}
