import { createHash } from "node:crypto";
import type { Snapshot } from "./snapshot.js";

export const snapshotFormat = "potassium-registry";
/** Rises when an older reader would read a file wrongly. */
export const snapshotFormatVersion = 1;

const linesPerPiece = 500;

/**
 * A snapshot as text, in pieces: a line of JSON that says what it is, one for each server and each lease, and one with the
 * SHA-256 of all before it, so that a file that was cut or changed is known as such.
 */
export function* snapshotPieces({ version, servers, leases }: Snapshot): Generator<string> {
  const hash = createHash("sha256");
  const head = {
    format: snapshotFormat,
    formatVersion: snapshotFormatVersion,
    version,
    servers: servers.length,
    leases: leases.length,
  };
  let piece = `${JSON.stringify(head)}\n`;
  let lines = 1;
  for (const record of chained<object>(servers, leases)) {
    piece += `${JSON.stringify(record)}\n`;
    lines += 1;
    if (lines % linesPerPiece > 0) continue;
    hash.update(piece);
    yield piece;
    piece = "";
  }
  hash.update(piece);
  yield `${piece}${JSON.stringify({ sha256: hash.digest("hex") })}\n`;
}

function* chained<T>(...lists: readonly (readonly T[])[]): Generator<T> {
  for (const list of lists) yield* list;
}
