import { parseInput, ServerInfo, type ServerRecord } from "@potassium/core-types";
import { infoOfRecord, registeredServer } from "../../record/registered-server.js";

/** A server as Redis keeps it: a line that the scripts read, and JSON that only this file reads. */
export interface Entry {
  readonly text: string;
  readonly server: ServerRecord;
  /** 14 digits that rise with each first registration. */
  readonly order: string;
  readonly isDraining: boolean;
  /** The numbers of the matches, which rise in the order in which they were added. */
  readonly matchNumbers: ReadonlyMap<string, number>;
}

const line = /^(\d+) (\d+) (\d{14}) ([01]) ([01]) \d+\n/;

/** @throws where the text is no entry. */
export function readEntry(text: string): Entry {
  const [first, version, registeredAtMs, order, expired, draining] = line.exec(text) ?? [];
  if (first === undefined || order === undefined) throw new TypeError("it has no first line");
  const { matches, ...rest } = JSON.parse(text.slice(first.length)) as {
    matches: readonly (readonly [string, number, unknown])[];
  };
  const infos = Object.fromEntries(matches.map(([id, _, match]) => [id, match]));
  const info = parseInput(ServerInfo, { ...rest, matches: infos }, "stored server");
  const isDraining = draining === "1";
  return {
    text,
    server: registeredServer(info, {
      version: Number(version),
      registeredAtMs: Number(registeredAtMs),
      availability: expired === "1" ? "expired" : isDraining ? "draining" : "available",
    }),
    order,
    isDraining,
    matchNumbers: new Map(matches.map(([id, number]) => [id, number])),
  };
}

/** The JSON of an entry. */
export function entryJson(info: ServerInfo, matchNumbers: ReadonlyMap<string, number>): string {
  const matches = [...matchNumbers].map(([id, number]) => [id, number, info.matches[id]]);
  return JSON.stringify({ ...infoOfRecord(info as ServerRecord), matches });
}

/** Matches keep their numbers; new ones get higher ones. */
export function numberedMatches(
  info: ServerInfo,
  before: ReadonlyMap<string, number> = new Map(),
): ReadonlyMap<string, number> {
  let last = Math.max(0, ...before.values());
  const kept = [...before].filter(([id]) => Object.hasOwn(info.matches, id));
  const added = Object.keys(info.matches).filter((id) => !before.has(id));
  return new Map([
    ...kept,
    ...added.map((id): [string, number] => {
      last += 1;
      return [id, last];
    }),
  ]);
}
