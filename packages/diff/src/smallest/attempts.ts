import type { Effort, WrittenCodec } from "../compress/written-codec.js";

/** Who may be asked for a patch: this package's generator, the program hdiffz, and bsdiff-node. */
export type Contender = "hdiff" | "hdiffz" | "bsdiff-node";

/** One way to make a patch. */
export interface Attempt {
  readonly contender: Contender;
  /** Of "hdiff" alone. */
  readonly effort?: Effort | undefined;
  readonly codec?: WrittenCodec | undefined;
  /** How long it takes, as a multiple of the first attempt's time, about: to tell whether it fits into a budget. */
  readonly relativeTime: number;
}

const quick: Attempt = { contender: "hdiff", effort: "fast", codec: "zlib", relativeTime: 1 };
const balanced: Attempt = {
  contender: "hdiff",
  effort: "balanced",
  codec: "lzma2",
  relativeTime: 2,
};
const smallest: Attempt = {
  contender: "hdiff",
  effort: "smallest",
  codec: "lzma2",
  relativeTime: 6,
};
/** For patches so small that a header's bytes count: zlib has none. */
const tiny: Attempt = { contender: "hdiff", effort: "smallest", codec: "zlib", relativeTime: 2 };
const others: Readonly<Record<Exclude<Contender, "hdiff">, Attempt>> = {
  hdiffz: { contender: "hdiffz", codec: "lzma2", relativeTime: 8 },
  "bsdiff-node": { contender: "bsdiff-node", relativeTime: 30 },
};

/** Up to this size of a patch the codec of the smallest one can't be told beforehand. */
export const tinyPatchBytes = 2 ** 16;

export interface AttemptsRequest {
  readonly contenders: readonly Contender[];
  readonly isCompressed: boolean;
  readonly hasTimeLimit: boolean;
}

/**
 * What is to be tried, in this order. With a limit of time the quick ways come first, since a patch is better than none;
 * without one there is no use in them.
 */
export function attemptsFor(request: AttemptsRequest): readonly Attempt[] {
  const { contenders, isCompressed, hasTimeLimit } = request;
  const attempts: Attempt[] = [];
  if (contenders.includes("hdiff")) {
    if (hasTimeLimit) attempts.push(quick);
    // What can't be compressed is not made smaller by more effort.
    if (isCompressed || hasTimeLimit) attempts.push(balanced);
    if (!isCompressed) attempts.push(smallest);
    attempts.push(tiny);
  }
  if (contenders.includes("hdiffz")) attempts.push(others.hdiffz);
  if (contenders.includes("bsdiff-node")) attempts.push(others["bsdiff-node"]);
  return attempts;
}
