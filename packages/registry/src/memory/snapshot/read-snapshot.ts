import { createHash } from "node:crypto";
import { type Lease, parseInput, RegistryError, ServerInfo } from "@potassium/core-types";
import { isCount, isIdentifier } from "../../parse-argument.js";
import { registeredServer } from "../../record/registered-server.js";
import type { KeptLease, KeptServer, Snapshot } from "./snapshot.js";
import { snapshotFormat, snapshotFormatVersion } from "./snapshot-lines.js";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads what `snapshotPieces` wrote.
 *
 * @param path for the messages.
 * @throws {RegistryError} `CORRUPT_SNAPSHOT`
 */
export function readSnapshot(bytes: Buffer, path: string): Snapshot {
  const head = fieldsOf(bytes.subarray(0, lineEnd(bytes, 0)).toString());
  if (head?.["format"] !== snapshotFormat) throw corrupt(path, "is no snapshot of a registry");
  const { formatVersion, version } = head;
  if (formatVersion !== snapshotFormatVersion) {
    const message = `has format ${String(formatVersion)}, and this version reads ${snapshotFormatVersion}: use the version that wrote it`;
    throw corrupt(path, message);
  }
  const [, ...lines] = checkedText(bytes, path).split("\n");
  const servers: KeptServer[] = [];
  const leases: KeptLease[] = [];
  for (const [index, line] of lines.entries()) {
    const fields = fieldsOf(line);
    const isServer = index < Number(head["servers"]);
    const kept = fields && (isServer ? keptServer(fields) : keptLease(fields));
    if (kept === undefined) throw corrupt(path, `has nonsense in line ${index + 2}`);
    if ("server" in kept) servers.push(kept);
    else leases.push(kept);
  }
  const snapshot = { version: Number(version), servers, leases };
  const counted = servers.length === head["servers"] && leases.length === head["leases"];
  if (!counted || !isCount(version, 0)) throw corrupt(path, "does not hold what it says");
  const problem = contradictionIn(snapshot);
  if (problem !== undefined) throw corrupt(path, problem);
  return snapshot;
}

/** All lines but the last, which has the hash of them. */
function checkedText(bytes: Buffer, path: string): string {
  const end = bytes.lastIndexOf("\n", bytes.length - 2) + 1;
  const checked = bytes.subarray(0, end);
  const { sha256 } = fieldsOf(bytes.subarray(end).toString()) ?? {};
  if (end === 0 || sha256 !== createHash("sha256").update(checked).digest("hex")) {
    throw corrupt(path, "was cut off or changed after it was written");
  }
  return checked.subarray(0, -1).toString();
}

function keptServer({ age, server, matchIds, draining, ttlMs }: Fields): KeptServer | undefined {
  if (!isCount(age, 1) || typeof draining !== "boolean" || !isTtl(ttlMs)) return undefined;
  if (typeof server !== "object" || server === null || !Array.isArray(matchIds)) return undefined;
  const { version, registeredAtMs, availability, ...rest } = server as Fields;
  if (!isCount(version, 0) || !isCount(registeredAtMs, 0)) return undefined;
  if (availability !== "available" && availability !== "draining" && availability !== "expired") {
    return undefined;
  }
  const info = infoIn(rest);
  if (info === undefined || !sameIds(matchIds, Object.keys(info.matches))) return undefined;
  const record = registeredServer(info, { version, registeredAtMs, availability });
  return { age, server: record, matchIds, draining, ttlMs };
}

function infoIn(fields: Fields): ServerInfo | undefined {
  try {
    return parseInput(ServerInfo, fields, "server");
  } catch {
    return undefined;
  }
}

function keptLease({ lease, ttlMs, ...claim }: Fields): KeptLease | undefined {
  if (typeof lease !== "object" || lease === null || !isCount(ttlMs, 1)) return undefined;
  const { idempotencyKey, requestText } = claim;
  if (!isLease(lease as Fields)) return undefined;
  if (idempotencyKey !== undefined && !isIdentifier(idempotencyKey)) return undefined;
  if (requestText !== undefined && typeof requestText !== "string") return undefined;
  const { party, ...rest } = lease as Lease;
  const frozen = Object.freeze({ ...rest, party: Object.freeze([...party]) });
  return { lease: frozen, ttlMs, idempotencyKey, requestText };
}

function isLease(fields: Fields): boolean {
  const { id, fencingToken, state, serverId, matchId, seats, party, expiresAtMs } = fields;
  return (
    isIdentifier(id) &&
    isIdentifier(serverId) &&
    (matchId === undefined || isIdentifier(matchId)) &&
    (state === "held" || state === "confirmed") &&
    isCount(fencingToken, 0) &&
    isCount(seats, 1) &&
    Number.isFinite(expiresAtMs) &&
    Array.isArray(party) &&
    party.every(isIdentifier)
  );
}

function contradictionIn({ servers, leases }: Snapshot): string | undefined {
  const matches = new Map<string, ReadonlySet<string>>();
  let age = 0;
  for (const { server, matchIds, age: next } of servers) {
    if (matches.has(server.id)) return `has server ${server.id} twice`;
    if (next <= age) return `has server ${server.id} out of order`;
    matches.set(server.id, new Set(matchIds));
    age = next;
  }
  const ids = new Set<string>();
  for (const { lease } of leases) {
    const ofServer = matches.get(lease.serverId);
    const isThere = lease.matchId === undefined || ofServer?.has(lease.matchId);
    if (ofServer === undefined || !isThere) return `has lease ${lease.id} on nothing`;
    if (ids.has(lease.id)) return `has lease ${lease.id} twice`;
    ids.add(lease.id);
  }
  return undefined;
}

function fieldsOf(line: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

function lineEnd(bytes: Buffer, from: number): number {
  const end = bytes.indexOf("\n", from);
  return end < 0 ? bytes.length : end;
}

const isTtl = (ttlMs: unknown): ttlMs is number | undefined =>
  ttlMs === undefined || isCount(ttlMs, 1);

function sameIds(ids: readonly unknown[], keys: readonly string[]): ids is readonly string[] {
  return ids.length === keys.length && keys.every((key) => ids.includes(key));
}

const corrupt = (path: string, problem: string): RegistryError =>
  new RegistryError("CORRUPT_SNAPSHOT", `${path} ${problem}`);
