/** What the child process is told to do: the first message that it gets. */
export interface BsdiffJob {
  /** The entry file of bsdiff-node. */
  readonly modulePath: string;
  readonly oldPath: string;
  readonly newPath: string;
  /** Relative to the child's working folder. */
  readonly patchPath: string;
}

/** What the child process says. After a last word ("done", "failed", "unloadable") it waits to be killed. */
export type BsdiffReport =
  | { readonly state: "loaded" }
  /** Percent of the new file that is matched. Rises. */
  | { readonly state: "matching"; readonly percent: number }
  | { readonly state: "done" }
  | { readonly state: "failed"; readonly message: string }
  | { readonly state: "unloadable"; readonly message: string };
