import { InvalidArgumentError } from "commander";

const factors: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1e3,
  m: 60e3,
  h: 3_600e3,
  d: 86_400e3,
};

/** Parses a time into milliseconds: "500ms", "30s", "5m", "1.5h"; a number alone is of seconds. */
export function duration(text: string): number {
  const [, amount, unit = "s"] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?$/.exec(text.trim()) ?? [];
  const ms = Math.round(Number(amount) * (factors[unit] ?? Number.NaN));
  if (Number.isSafeInteger(ms)) return ms;
  throw new InvalidArgumentError("It must be a time, as 500ms, 30s, 5m or 2h.");
}
