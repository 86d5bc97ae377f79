import { applyUpdate } from "../../src/apply/apply-update.js";
import { openUpdate } from "../../src/open-update.js";
import { rollbackUpdate } from "../../src/rollback-update.js";
import { folderSource } from "../../src/source/folder-source.js";
import { createSpliceEngine } from "../fixture/splice-engine.js";

/** What a process is to do, once. */
export interface UpdatingJob {
  readonly work: "apply" | "roll back";
  readonly root: string;
  /** The update's folder. */
  readonly update: string;
  readonly mode: "in-place" | "versioned";
}

/** What it tells: that it waits for a job, each progress with its phase, and the end. */
export type UpdatingEvent = "ready" | "done" | { readonly phase: string };

const tell = (event: UpdatingEvent) => process.send?.(event);

process.once("message", async ({ work, root, update, mode }: UpdatingJob) => {
  if (work === "roll back") {
    await rollbackUpdate(root);
  } else {
    const opened = await openUpdate(folderSource(update), { allowUnsigned: true });
    await applyUpdate(root, opened, {
      engines: [createSpliceEngine()],
      mode,
      onProgress: ({ phase }) => tell({ phase }),
    });
  }
  tell("done");
});
process.once("disconnect", () => process.exit());
tell("ready");
