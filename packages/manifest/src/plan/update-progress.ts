/** How far the look at what is there is. */
export interface CheckProgress {
  readonly phase: "check";
  /** In the tree: the path that was looked at. */
  readonly path: string;
  readonly donePaths: number;
  readonly totalPaths: number;
}

/** How far an update is. "download" and "make" go on side by side. */
export type UpdateProgress =
  | CheckProgress
  | {
      readonly phase: "download" | "make";
      /** In the tree: the file that it is for. */
      readonly path: string;
      /** Bytes of this phase that are done. It goes back where what was downloaded proved wrong. */
      readonly doneBytes: number;
      /** Bytes of this phase in all, as far as the manifests tell. */
      readonly totalBytes: number;
    }
  /** "copy": unchanged files, of a version that is built beside the old one. */
  | {
      readonly phase: "copy" | "commit" | "verify";
      readonly path: string;
      readonly donePaths: number;
      readonly totalPaths: number;
    };
