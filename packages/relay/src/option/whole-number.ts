import { RelayError } from "@potassium/core-types";

/** The longest wait that a timer of Node can make, in milliseconds: a longer one would fire at once. */
export const maxTimerMs = 2 ** 31 - 1;

/**
 * An option that counts something, or its default where it was left out.
 *
 * @throws {RelayError} `INVALID_ARGUMENT` with `field` where it is no whole number from `min` to `max`.
 */
export function wholeNumber(
  value: number | undefined,
  option: {
    readonly field: string;
    readonly min: number;
    readonly max: number;
    readonly fallback: number;
  },
): number {
  const { field, min, max, fallback } = option;
  if (value === undefined) return fallback;
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new RelayError(
    "INVALID_ARGUMENT",
    `invalid option: ${field}: must be a whole number from ${min} to ${max}, not ${String(value)}`,
    { field },
  );
}
