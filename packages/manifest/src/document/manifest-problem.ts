import { ManifestError } from "../manifest-error.js";

/** What is wrong with one entry of a manifest. */
export interface ManifestProblem {
  /** `files[3].path` */
  readonly field: string;
  /** The entry's path in the tree. */
  readonly path: string;
  readonly problem: string;
}

/** More would say no more. */
const shownProblems = 100;

/** `INVALID_MANIFEST` with the first problem in its message and all of them, up to a hundred, in `problems`. */
export function manifestError(problems: readonly ManifestProblem[]): ManifestError {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  const message = `invalid manifest: ${first?.field}: ${first?.problem}${more}`;
  return new ManifestError("INVALID_MANIFEST", message, {
    field: first?.field,
    path: first?.path,
    problems: problems.slice(0, shownProblems).map(({ path, problem }) => ({ path, problem })),
  });
}
