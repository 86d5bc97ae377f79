import type { ToolPins } from "./tool-pins.js";

/** The external programs of HDiffPatch: one makes patches, the other applies them. */
export type ToolName = "hdiffz" | "hpatchz";

/** Where the external programs are looked up, and which of them may run. */
export interface ToolOptions {
  /** The program itself. Nothing else is then looked up; a relative path counts from `workingFolder`. */
  readonly hdiffz?: string | undefined;
  /** The program itself. Nothing else is then looked up; a relative path counts from `workingFolder`. */
  readonly hpatchz?: string | undefined;
  /**
   * The programs that may run, or the path of the `potassium.tools.json` that names them. Without it,
   * whatever is found may.
   */
  readonly pins?: ToolPins | string | undefined;
  /** The folder whose `bin/{os}/` is searched first. @default the folder of `process.execPath` */
  readonly executableFolder?: string | undefined;
  /** The folder whose `bin/{os}/` is searched next. @default process.cwd() */
  readonly workingFolder?: string | undefined;
  /** The folders searched last, as in the variable PATH. @default process.env.PATH */
  readonly path?: string | undefined;
  /** Where the copy of a pinned program is put while it runs: a folder whose programs may run. @default os.tmpdir() */
  readonly temporaryFolder?: string | undefined;
}
