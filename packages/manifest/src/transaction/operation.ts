/**
 * One thing that an update does to a path. Hashes are SHA-256 in hexadecimal, paths are relative to the
 * installation with `/` between segments. What is there must be what the operation tells of as old, or
 * what it makes: else nothing is touched.
 */
export type Operation =
  | WriteOperation
  /** Without `oldHash` whatever file is there goes. */
  | { readonly kind: "delete"; readonly path: string; readonly oldHash?: string | undefined }
  /** Makes a symbolic link. Without `oldTarget` nothing may be there. */
  | {
      readonly kind: "link";
      readonly path: string;
      readonly target: string;
      readonly oldTarget?: string | undefined;
      /** A rollback brings back a link of the player's own, wherever it led. */
      readonly asItWas?: true | undefined;
    }
  | { readonly kind: "unlink"; readonly path: string; readonly oldTarget?: string | undefined }
  /** Folders that files need are made without being asked for. */
  | { readonly kind: "mkdir"; readonly path: string }
  /** Where something is left in the folder, it stays. */
  | { readonly kind: "rmdir"; readonly path: string };

/** Puts a whole file in place. */
export interface WriteOperation {
  readonly kind: "write";
  readonly path: string;
  /** Left out: there must be no file. */
  readonly oldHash?: string | undefined;
  readonly newHash: string;
  /** In bytes, for the look at the free space and as a bound of what is staged. */
  readonly newSize?: number | undefined;
  /** Left out: as the old file was, and of a new file no. */
  readonly executable?: boolean | undefined;
  /** Its rights, as 0o640: where a rollback brings back a file. @default the old file's, of a new one 0o644 */
  readonly mode?: number | undefined;
}

/** Which version is there. */
export interface Installed {
  readonly version: string;
  readonly sequence?: number | undefined;
  readonly product?: string | undefined;
  readonly platform?: string | undefined;
  readonly channel?: string | undefined;
  /** SHA-256 of the manifest's bytes. */
  readonly manifestHash?: string | undefined;
}

/** Everything that turns one version into another, done as one or not at all. */
export interface Transaction extends Omit<Installed, "version"> {
  readonly fromVersion: string;
  readonly toVersion: string;
  /** At most one for each path, but for one that removes what stands where another makes something. */
  readonly operations: readonly Operation[];
  /** Keeps what was replaced, for `rollbackUpdate`. */
  readonly keepBackup: boolean;
  /** What is there is no version but what an update has torn: it is never come back to. */
  readonly repairs?: boolean | undefined;
}
