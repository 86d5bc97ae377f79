import { RegistryError, type ServerRecord } from "@potassium/core-types";
import type { ServerEntry } from "./entry.js";

/** @throws {RegistryError} `CONFLICT` where a server is no longer what the caller's function was given. */
export function expectUntouched(entry: ServerEntry, server: ServerRecord): void {
  if (entry.server === server && !entry.removed) return;
  const message = `the function that updates ${server.id} changed it by itself: it may only give what changes`;
  throw new RegistryError("CONFLICT", message);
}
