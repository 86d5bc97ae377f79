import { InvalidArgumentError } from "commander";
import { duration } from "./duration.js";

/** Parses a moment, as RFC 3339 or as a time before now ("10m"), into RFC 3339 text. */
export function moment(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}T.+(?:Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(Date.parse(text))) {
    return text;
  }
  if (!/^\d+(?:\.\d+)?(?:ms|s|m|h|d)$/.test(text)) {
    throw new InvalidArgumentError(
      "It must be a moment, as 2026-01-02T03:04:05Z, or a time before now, as 10m.",
    );
  }
  return new Date(Date.now() - duration(text)).toISOString();
}
