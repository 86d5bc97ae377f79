import { type ApplyOptions, PatchError, parseInput, Sha256Hex } from "../../../src/index.js";

export interface Expectations {
  readonly oldSha256: string | undefined;
  readonly newSha256: string | undefined;
  readonly maxNewBytes: number;
}

export function checkPaths(paths: Readonly<Record<string, string>>): void {
  for (const [field, path] of Object.entries(paths)) {
    if (path === "" || path.includes("\0")) {
      throw new PatchError("INVALID_ARGUMENT", `${field} must be a path`, { field });
    }
  }
}

export function checkExpectations(options: ApplyOptions): Expectations {
  const { expected, maxNewBytes = Number.MAX_SAFE_INTEGER } = options;
  if (!Number.isSafeInteger(maxNewBytes) || maxNewBytes < 0) {
    const field = "maxNewBytes";
    throw new PatchError("INVALID_ARGUMENT", `${field} must be a number of bytes`, { field });
  }
  return {
    oldSha256: digest(expected?.oldSha256, "expected.oldSha256"),
    newSha256: digest(expected?.newSha256, "expected.newSha256"),
    maxNewBytes,
  };
}

function digest(text: string | undefined, field: string): string | undefined {
  if (text === undefined) return undefined;
  return parseInput(
    Sha256Hex,
    text,
    field,
    (message) => new PatchError("INVALID_ARGUMENT", message, { field }),
  );
}
