import { existsSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateKeyPair, recoverUpdate } from "@potassium/manifest";
import type { BenchRow } from "@potassium/tooling/bench";
import { findProgram, runProgram } from "@potassium/tooling/bench/run-program";
import { type KillSubject, killSubject, type Mode } from "./kill-subject.js";
import { killedAtEachCall } from "./killed-calls.js";
import { Outcomes } from "./outcomes.js";
import { ownApply } from "./own-commands.js";
import { stoppedUpdates } from "./stopped-updates.js";

/** What is left of an installation when an update of it is killed, at each place where that can happen. */
export async function killRows(): Promise<BenchRow[]> {
  // A kill loses nothing that was written: so in memory, where there is such.
  const memory = "/dev/shm";
  const parent = existsSync(memory) ? memory : tmpdir();
  const folder = await mkdtemp(join(parent, "potassium-bench-update-"));
  try {
    return await rowsIn(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function rowsIn(folder: string): Promise<BenchRow[]> {
  const subject = await killSubject(folder, generateKeyPair());
  const peer = await hpatchzKilled(subject);
  if (peer !== undefined) tell("hpatchz in place: killed at each rename, unlink, mkdir", peer);
  const lines: (readonly [string, Outcomes])[] = [];
  const add = (name: string, outcomes: Outcomes | undefined) => {
    if (outcomes === undefined) return;
    tell(name, outcomes);
    lines.push([name, outcomes]);
  };
  for (const mode of ["in-place", "versioned"] as const) {
    const name = mode === "in-place" ? "in place" : "beside the old";
    add(`${name}: stopped at each change of a file or folder`, await stoppedUpdates(subject, mode));
    add(`${name}: killed at each rename, unlink, mkdir, link`, await ownKilled(subject, mode));
  }
  return lines.flatMap(([name, outcomes]) => rowsOf(name, outcomes, peer));
}

function tell(name: string, { points, old, new: made, ...bad }: Outcomes): void {
  const { broken, stuck, litter } = bad;
  console.error(
    `  ${name}: of ${points} points old ${old} (stuck there ${stuck}), new ${made}, broken ${broken}; with litter ${litter}`,
  );
}

function rowsOf(name: string, ours: Outcomes, peer: Outcomes | undefined): BenchRow[] {
  if (peer === undefined) return [];
  const row = { case: name, peer: "hpatchz in place" };
  const survived = ({ points, broken }: Outcomes) => (100 * (points - broken)) / points;
  return [
    { ...row, metric: "kill points", unit: "points", value: ours.points, peerValue: peer.points },
    { ...row, metric: "survived", unit: "%", value: survived(ours), peerValue: survived(peer) },
  ];
}

async function ownKilled(subject: KillSubject, mode: Mode): Promise<Outcomes | undefined> {
  const strace = findProgram("strace");
  if (strace === undefined) return undefined;
  const { root, updateFolder: update, publicKey } = subject;
  const command = ownApply({ root, update, publicKey, mode });
  const outcomes = new Outcomes(subject);
  await killedAtEachCall(strace, command, {
    reset: () => subject.reset(mode),
    look: async () => {
      await recoverUpdate(root);
      await outcomes.look(() => runProgram(command.program, command.args, command.cwd));
    },
  });
  return outcomes;
}

async function hpatchzKilled(subject: KillSubject): Promise<Outcomes | undefined> {
  const strace = findProgram("strace");
  const [hdiffz, hpatchz] = [findProgram("hdiffz"), findProgram("hpatchz")];
  if (strace === undefined || hdiffz === undefined || hpatchz === undefined) return undefined;
  const { root, folder, oldDir, newDir } = subject;
  const patch = join(folder, "update.hdiff");
  await runProgram(hdiffz, ["-f", "-m", oldDir, newDir, patch]);
  const command = { program: hpatchz, args: ["-f", root, patch, root] };
  const outcomes = new Outcomes(subject);
  await killedAtEachCall(strace, command, {
    reset: async () => {
      await rm(root, { recursive: true, force: true });
      await cp(oldDir, root, { recursive: true });
    },
    look: () => outcomes.look(() => runProgram(command.program, command.args)),
  });
  return outcomes;
}
