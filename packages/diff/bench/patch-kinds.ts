import { findProgram, runProgram } from "@potassium/tooling/bench/run-program";
import { bsdiff, type DiffEngine, hdiff } from "../src/index.js";
import type { Pair } from "./pairs.js";

/** A program that makes a new file of an old one and a patch. */
export interface PeerProgram {
  readonly name: string;
  readonly program: string;
  readonly args: (oldPath: string, patchPath: string, newPath: string) => readonly string[];
  /** How its own patch is made, where it does not read ours. */
  readonly make?: ((pair: Pair, patchPath: string) => Promise<void>) | undefined;
}

/** A way to write a patch, and who reads it. */
export interface PatchKind {
  readonly name: string;
  readonly engine: DiffEngine;
  readonly make: (pair: Pair, patchPath: string) => Promise<void>;
  readonly peers: readonly PeerProgram[];
}

type Args = PeerProgram["args"];

function peer(name: string, args: Args, make?: PeerProgram["make"]): PeerProgram[] {
  const program = findProgram(name);
  return program === undefined ? [] : [{ name, program, args, make }];
}

/** Those which the programs of this machine can make. */
export function patchKinds(): PatchKind[] {
  const hpatchz = peer("hpatchz", (...paths) => ["-f", ...paths]);
  const bspatch = peer("bspatch", (old, patch, next) => [old, next, patch]);
  const kinds: PatchKind[] = [];
  const hdiffz = findProgram("hdiffz");
  if (hdiffz !== undefined) {
    const ofHdiffz = (name: string, options: string[], peers: readonly PeerProgram[]) => {
      const make = ({ oldPath, newPath }: Pair, patchPath: string) =>
        runProgram(hdiffz, ["-f", "-m-6", "-p-1", "-d", ...options, oldPath, newPath, patchPath]);
      kinds.push({ name, engine: hdiff, make, peers });
    };
    ofHdiffz("HDIFF13, stored", [], hpatchz);
    ofHdiffz("HDIFF13, zlib", ["-c-zlib-9"], hpatchz);
    ofHdiffz("HDIFF13, zstd", ["-c-zstd-19"], [...hpatchz, ...withOwnPatches()]);
    ofHdiffz("HDIFF13, lzma2", ["-c-lzma2-9"], hpatchz);
    ofHdiffz("HDIFFSF20, zstd", ["-SD", "-c-zstd-19"], hpatchz);
  }
  kinds.push({
    name: "BSDIFF40",
    engine: bsdiff,
    make: async ({ oldPath, newPath }, patchPath) => {
      const options = { engine: "builtin", selfCheck: false, maxMemoryBytes: 2 ** 32 } as const;
      await bsdiff.generate(oldPath, newPath, patchPath, options);
    },
    peers: [...bspatch, ...hpatchz],
  });
  return kinds;
}

function withOwnPatches(): PeerProgram[] {
  return [
    ...peer(
      "xdelta3",
      (old, patch, next) => ["-d", "-f", "-s", old, patch, next],
      ({ oldPath, newPath }, patchPath) =>
        runProgram("xdelta3", ["-e", "-9", "-f", "-s", oldPath, newPath, patchPath]),
    ),
    ...peer(
      "zstd",
      (old, patch, next) => ["-d", "-q", "-f", "--long=27", "--patch-from", old, patch, "-o", next],
      ({ oldPath, newPath }, patchPath) => {
        const options = ["-19", "--long=27", "-q", "-f", "--patch-from", oldPath];
        return runProgram("zstd", [...options, newPath, "-o", patchPath]);
      },
    ),
  ];
}
