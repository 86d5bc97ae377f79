import {
  type ApplyOptions,
  optionNames,
  parseInput,
  Sha256Hex,
  shownValue,
} from "@potassium/core-types";
import { checkOptions, invalidOption } from "../check-options.js";

/** What the caller of an application expects, checked. Digests are in lower case. */
export interface Expectations {
  readonly oldSha256: string | undefined;
  readonly newSha256: string | undefined;
  readonly maxNewBytes: number;
}

const expectedNames = optionNames<NonNullable<ApplyOptions["expected"]>>({
  oldSha256: true,
  newSha256: true,
});

/** @throws `INVALID_ARGUMENT` with the field: `expected.oldSha256`, `maxNewBytes` */
export function parseExpectations(options: ApplyOptions): Expectations {
  const { expected = {}, maxNewBytes = Number.MAX_SAFE_INTEGER } = options;
  checkOptions(expected, expectedNames, "expected");
  if (!Number.isSafeInteger(maxNewBytes) || maxNewBytes < 0) {
    const message = `maxNewBytes must be a number of bytes, not ${shownValue(maxNewBytes)}`;
    throw invalidOption("maxNewBytes", message);
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
    : parseInput(Sha256Hex, value, field, (message) => invalidOption(field, message));
