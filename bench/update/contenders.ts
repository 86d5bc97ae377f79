import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { applyUpdate, type KeyPair } from "@potassium/manifest";
import type { Command } from "@potassium/tooling/bench/measured-run";
import { findProgram } from "@potassium/tooling/bench/run-program";
import { hasBsdiff } from "@potassium/tooling/engines";
import { type EngineNames, ownApply, ownBuild } from "./own-commands.js";
import type { PreparedPair } from "./prepared-pair.js";

/** A way to bring a player's files to the new release. */
export interface Application {
  /** What holds the files then. Nothing is there before `prepare`. */
  readonly root: string;
  /** Not measured. */
  readonly prepare: () => Promise<void>;
  readonly command: Command;
  /** Whether modes are kept. */
  readonly modes: boolean;
  /** A pipe of programs, whose memory is not told. */
  readonly isPiped?: boolean;
}

/** Somebody who makes updates and applies them. */
export interface Contender {
  readonly name: string;
  /** What a player downloads: a file, or a folder of them. */
  readonly update: string;
  readonly build: Command;
  /** By where the new release comes to be. */
  readonly apply: Readonly<Record<string, Application>>;
  /** No update but the whole release. */
  readonly isWhole?: boolean;
}

export function ownContenders(pair: PreparedPair, keys: KeyPair): Contender[] {
  const engines: EngineNames[] = [["hdiff"]];
  if (hasBsdiff(import.meta.resolve("@potassium/diff"))) engines.push(["hdiff", "bsdiff"]);
  return engines.map((names) => ownContender(pair, keys, names));
}

function ownContender(pair: PreparedPair, keys: KeyPair, engines: EngineNames): Contender {
  const { oldDir, newDir, work } = pair;
  const name = engines.join(" and ");
  const update = join(work, `update ${name}`);
  const root = join(work, `game ${name}`);
  const { privateKey, publicKey } = keys;
  const apply = (mode: "in-place" | "versioned") => ownApply({ root, update, publicKey, mode });
  return {
    name,
    update,
    build: ownBuild({ oldDir, newDir, outDir: update, privateKey }, engines),
    apply: {
      "in place": {
        root,
        prepare: () => copy(oldDir, root),
        command: apply("in-place"),
        modes: true,
      },
      "beside the old": {
        root,
        prepare: () => installVersion(root, pair),
        command: apply("versioned"),
        modes: true,
      },
    },
  };
}

/** The old release as the current version of a root with folders of versions. */
async function installVersion(root: string, { oldFull }: PreparedPair): Promise<void> {
  await mkdir(root);
  await applyUpdate(root, oldFull, { mode: "versioned" });
}

export function peerContenders(pair: PreparedPair): Contender[] {
  return [...hdiffz(pair), ...wholeArchive(pair)];
}

/** HDiffPatch on folders: one file for all. In place it makes the new files beside the old ones, and then moves them. */
function hdiffz({ oldDir, newDir, work }: PreparedPair): Contender[] {
  const [make, apply] = [findProgram("hdiffz"), findProgram("hpatchz")];
  if (make === undefined || apply === undefined) return [];
  const update = join(work, "update.hdiff");
  const root = join(work, "game hpatchz");
  const inPlace = { program: apply, args: ["-f", root, update, root] };
  const prepare = () => copy(oldDir, root);
  return [
    {
      name: "hdiffz -m -c-zstd",
      update,
      build: { program: make, args: ["-f", "-m", "-c-zstd", oldDir, newDir, update] },
      apply: {
        "in place": { root, prepare, modes: false, command: inPlace },
        "in place, then sync": {
          root,
          prepare,
          modes: false,
          isPiped: true,
          command: synced(inPlace, root),
        },
        "beside the old": {
          root,
          prepare: async () => {},
          modes: false,
          command: { program: apply, args: ["-f", oldDir, update, root] },
        },
      },
    },
  ];
}

/** The whole new release, packed as one file. */
function wholeArchive({ newDir, work }: PreparedPair): Contender[] {
  if (findProgram("zstd") === undefined || findProgram("tar") === undefined) return [];
  const update = join(work, "full.tar.zst");
  const root = join(work, "game tar");
  const shell = (text: string, ...args: readonly string[]) => ({
    program: "sh",
    args: ["-c", text, "sh", ...args],
  });
  return [
    {
      name: "tar and zstd -19",
      update,
      build: shell('tar -C "$1" -cf - . | zstd -19 -T0 -q -f -o "$2"', newDir, update),
      apply: {
        "into a new folder": {
          root,
          prepare: async () => {
            await mkdir(root);
          },
          modes: true,
          isPiped: true,
          command: shell('zstd -dc "$1" | tar -C "$2" -xf -', update, root),
        },
      },
      isWhole: true,
    },
  ];
}

/** And then waits until all is on the disk, as an update of ours does. */
function synced({ program, args }: Command, root: string): Command {
  return { program: "sh", args: ["-c", '"$@" && sync -f "$0"', root, program, ...args] };
}

const copy = (from: string, to: string) =>
  cp(from, to, { recursive: true, verbatimSymlinks: true });
