import { createHdiff } from "@potassium/diff";
import { applyUpdate, type LockOwners, recoverUpdate } from "@potassium/manifest";
import type { KillSubject, Mode } from "./kill-subject.js";
import { Outcomes } from "./outcomes.js";
import { stoppingFileSystem } from "./stopping-file-system.js";

/** Stops an update dead at each of its file operations that change something, recovers, and looks at what is there; and then updates again. */
export async function stoppedUpdates(subject: KillSubject, mode: Mode): Promise<Outcomes> {
  const outcomes = new Outcomes(subject);
  for (let stopAt = 1; ; stopAt += 1) {
    await subject.reset(mode);
    const { fs, changes } = stoppingFileSystem(stopAt);
    await apply(subject, mode, fs).catch(() => undefined);
    if (changes() < stopAt) return outcomes;
    await recoverUpdate(subject.root, { owners: anotherProcess() });
    await outcomes.look(() => apply(subject, mode));
  }
}

async function apply(
  { root, update }: KillSubject,
  mode: Mode,
  fs?: ReturnType<typeof stoppingFileSystem>["fs"],
): Promise<void> {
  const engines = [createHdiff({ fs })];
  // With one file at a time each operation is always the same.
  await applyUpdate(root, update, { fs, engines, mode, concurrency: 1, owners: anotherProcess() });
}

let processes = 1;

/** What those before have left behind is stale. */
function anotherProcess(): LockOwners {
  const pid = processes++;
  return {
    self: async () => ({ pid, start: "1", boot: "b", host: "h" }),
    isRunning: async (owner) => owner.pid === pid,
  };
}
