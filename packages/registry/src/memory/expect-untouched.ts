import { RegistryError, type ServerRecord } from "@potassium/core-types";
import type { ServerEntry } from "./entry.js";

/** @throws {RegistryError} `CONFLICT` where a record has another version than the caller asks for. */
export function expectVersion({ id, version }: ServerRecord, ifVersion: number | undefined): void {
  if (ifVersion === undefined || ifVersion === version) return;
  const message = `server ${id} has version ${version}, not ${ifVersion}: get it and decide anew`;
  throw new RegistryError("CONFLICT", message);
}

/** @throws {RegistryError} `CONFLICT` where a server is no longer what the caller's function was given. */
export function expectUntouched(entry: ServerEntry, server: ServerRecord): void {
  if (entry.server === server && !entry.removed) return;
  const message = `the function that updates ${server.id} changed it by itself: it may only give what changes`;
  throw new RegistryError("CONFLICT", message);
}
