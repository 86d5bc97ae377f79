import type * as z from "zod/mini";
import { shownValue, typeNames } from "./shown-value.js";

/**
 * What is wrong with an input, in our words, where its schema has none of its own: "must be a string, not
 * a number". For zod's option `error`; without it, zod's small edition only says "Invalid input".
 */
export function inputProblem(issue: z.core.$ZodRawIssue): string {
  const { input } = issue;
  switch (issue.code) {
    case "invalid_type":
      if (input === undefined) return "is missing";
      return `must be ${typeNames[issue.expected] ?? issue.expected}, not ${shownValue(input)}`;
    case "invalid_value":
      if (input === undefined) return "is missing";
      return oneOf(issue.values);
    case "too_small":
      if (issue.minimum === 1 && issue.origin in units) return "must not be empty";
      return amount(issue.inclusive ? "at least" : "more than", issue.minimum, issue.origin);
    case "too_big":
      return amount(issue.inclusive ? "at most" : "less than", issue.maximum, issue.origin);
    case "invalid_union":
      return Array.isArray(issue.options) ? oneOf(issue.options) : "is not valid";
    case "invalid_format":
      return `must match ${issue.pattern ?? issue.format}`;
    default:
      return "is not valid";
  }
}

const oneOf = (values: readonly unknown[]): string =>
  values.length === 1 ? `must be ${values[0]}` : `must be one of ${values.join(", ")}`;

const units: Readonly<Record<string, string>> = { string: " characters", array: " items" };

function amount(bound: string, limit: number | bigint, origin: string): string {
  const unit = units[origin];
  return unit === undefined ? `must be ${bound} ${limit}` : `must have ${bound} ${limit}${unit}`;
}
