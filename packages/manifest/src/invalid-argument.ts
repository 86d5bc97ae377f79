import { ManifestError } from "./manifest-error.js";

/** For `parseInput` and `parseOptions`: a wrong argument, with the place that is wrong. */
export const invalidArgument = (message: string, field: string): ManifestError =>
  new ManifestError("INVALID_ARGUMENT", message, { field });
