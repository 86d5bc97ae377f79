import { type ApplyOptions, PatchError, parseInput, Sha256Hex } from "@potassium/core-types";

/** What the caller of an application expects, checked. Digests are in lower case. */
export interface Expectations {
  readonly oldSha256: string | undefined;
  readonly newSha256: string | undefined;
  readonly maxNewBytes: number;
}

/** @throws `INVALID_ARGUMENT` with the field: `expected.oldSha256`, `maxNewBytes` */
export function parseExpectations(options: ApplyOptions): Expectations {
  const { expected = {}, maxNewBytes = Number.MAX_SAFE_INTEGER } = options;
  if (!Number.isSafeInteger(maxNewBytes) || maxNewBytes < 0) {
    const message = `maxNewBytes must be a number of bytes, not ${String(maxNewBytes)}`;
    throw new PatchError("INVALID_ARGUMENT", message, { field: "maxNewBytes" });
  }
  return {
    oldSha256: digest(expected.oldSha256, "expected.oldSha256"),
    newSha256: digest(expected.newSha256, "expected.newSha256"),
    maxNewBytes,
  };
}

const digest = (value: unknown, field: string): string | undefined =>
  value === undefined
    ? undefined
    : parseInput(
        Sha256Hex,
        value,
        field,
        (message) => new PatchError("INVALID_ARGUMENT", message, { field }),
      );
