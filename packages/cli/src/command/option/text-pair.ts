import { InvalidArgumentError } from "commander";

/** Parses `key=value`, for an option that may be given several times: collects the pairs. */
export function textPair(
  text: string,
  previous: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("It must be like key=value.");
  const key = text.slice(0, at);
  if (previous !== undefined && Object.hasOwn(previous, key)) {
    throw new InvalidArgumentError(`${key} is given twice.`);
  }
  return Object.fromEntries([...Object.entries(previous ?? {}), [key, text.slice(at + 1)]]);
}
