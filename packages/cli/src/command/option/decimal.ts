import { InvalidArgumentError } from "commander";

/** Parses a number that may have a fraction: "1.5". */
export function decimal(text: string): number {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a number, as 2 or 1.5.");
}
