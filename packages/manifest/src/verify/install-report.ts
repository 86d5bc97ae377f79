/** One path of an installation that is not as its version has it. */
export type InstallProblem =
  | { readonly kind: "missing"; readonly path: string }
  /** Another file, or something else, is there. */
  | {
      readonly kind: "modified";
      readonly path: string;
      /** SHA-256 of the file that should be there. */
      readonly expectedHash: string;
      /** SHA-256 of the file that is there, if it is one. */
      readonly foundHash?: string | undefined;
    }
  /** The right file, which may be run and should not, or the other way round. */
  | { readonly kind: "mode"; readonly path: string; readonly executable: boolean }
  /** No symbolic link, or one that leads elsewhere. */
  | {
      readonly kind: "link";
      readonly path: string;
      readonly target: string;
      readonly foundTarget?: string | undefined;
    }
  /** It can't be told, since a parent is a link or no folder, or a program writes to it. */
  | { readonly kind: "unsafe"; readonly path: string; readonly message: string }
  /** The version has nothing there: a player's own file, or one that an older version left. */
  | { readonly kind: "extra"; readonly path: string };

export interface InstallReport {
  /** The version that it was compared with. */
  readonly version: string;
  /** Whether all is as the version has it, whatever else is there. */
  readonly ok: boolean;
  /** Sorted by path. */
  readonly problems: readonly InstallProblem[];
  /** Files, links and empty folders that were looked at. */
  readonly checkedPaths: number;
}
