import { parseInput, type ServerChange, ServerInfo } from "@potassium/core-types";
import { invalidArgument, refusePromise } from "./parse-argument.js";

const fields = ServerInfo.unwrap().partial();

/**
 * The record with the change in it. Only what differs is parsed; the rest, matches above all, is shared
 * with the old record.
 *
 * @throws {RegistryError} `INVALID_ARGUMENT` with the `field` at fault.
 */
export function changedServer(server: ServerInfo, change: ServerChange): ServerInfo {
  refusePromise(change, "change");
  const given = differences(server, change);
  // Defaults come with it for what is left out; only what was given is taken over.
  const parsed = parseInput(fields, given, "change", invalidArgument);
  if (parsed.id !== undefined && parsed.id !== server.id) {
    throw invalidArgument(`invalid change: id: a server keeps its id, ${server.id}`, "id");
  }
  const changed = Object.entries(parsed).filter(([field]) => Object.hasOwn(given, field));
  return changed.length === 0
    ? server
    : Object.freeze({ ...server, ...Object.fromEntries(changed) });
}

/** What isn't an object is handed on as it is, for the schema to refuse. */
function differences(server: ServerInfo, change: ServerChange): object {
  if (typeof change !== "object" || change === null || Array.isArray(change)) return change;
  return Object.fromEntries(
    Object.entries(change).filter(
      ([field, value]) => value !== undefined && value !== server[field as keyof ServerInfo],
    ),
  );
}
