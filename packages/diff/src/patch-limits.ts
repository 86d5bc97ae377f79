/** What the reader of a patch puts up with. Numbers in a patch never decide on memory by themselves. */
export interface PatchLimits {
  /** A patch whose result is larger is refused with `TOO_LARGE`. */
  readonly maxNewBytes: number;
  /** A compressed section that needs a larger window is refused with `TOO_LARGE`. @default 64 MiB */
  readonly maxWindowBytes: number;
}
