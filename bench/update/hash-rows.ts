import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { verifyInstall } from "@potassium/manifest";
import type { BenchRow } from "@potassium/tooling/bench";
import { findProgram, runProgram } from "@potassium/tooling/bench/run-program";
import { takeTurns } from "@potassium/tooling/bench/turns";
import type { PreparedPair } from "./prepared-pair.js";

const rounds = 5;

/** Every file of a tree compared with its hash, in MB/s: by `verifyInstall` in the process, and by sha256sum. */
export async function hashRows({
  name,
  newDir,
  full,
  work,
  newBytes,
}: PreparedPair): Promise<BenchRow[]> {
  const sha256sum = findProgram("sha256sum");
  if (sha256sum === undefined) return [];
  const list = join(work, "sha256sums");
  const lines = full.manifest.files.flatMap((entry) =>
    entry.action === "delete" ? [] : `${entry.newHash}  ${join(newDir, entry.path)}\n`,
  );
  await writeFile(list, lines.join(""));
  const prepare = async () => {};
  const ours = async () => {
    const { ok } = await verifyInstall(newDir, full);
    assert.ok(ok, `${name} is not what it was`);
  };
  const theirs = () => runProgram(sha256sum, ["--check", "--quiet", list]);
  const times = await takeTurns(rounds, [
    { run: ours, prepare },
    { run: theirs, prepare },
  ]);
  const [value = Number.NaN, peerValue = Number.NaN] = times.map((ms) => newBytes / 1e3 / ms);
  return [
    { case: name, metric: "verify a tree", unit: "MB/s", value, peer: "sha256sum", peerValue },
  ];
}
