import * as z from "zod/mini";

// Windows looks at what is before the first dot, and past blanks at its end.
const reservedName = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(?:\.|$)/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const refusedCharacter = /[\u0000-\u001f\u007f<>:"|?*\\]/;

/**
 * Why a path in a manifest is refused, on every system by the strictest system's rules (Windows'): a
 * path is relative, with `/` between its segments, and each segment is a name that every system takes
 * and none reads as something else.
 *
 * @returns `undefined` where the path is fine.
 */
export function relativePathProblem(path: string): string | undefined {
  if (path === "") return "must not be empty";
  if (!path.isWellFormed()) return "must not hold half of a character";
  if (path !== path.normalize("NFC")) return "must be in Unicode's composed form (NFC)";
  if (Buffer.byteLength(path) > 1024) return "must have at most 1024 bytes";
  const segments = path.split("/");
  if (segments.length > 64) return "must have at most 64 segments";
  for (const segment of segments) {
    const problem = segmentProblem(segment);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function segmentProblem(segment: string): string | undefined {
  if (segment === "") return "must be relative, without empty segments";
  if (segment === "." || segment === "..") return "must not hold . or .. as a segment";
  if (Buffer.byteLength(segment) > 255) return "must not have a segment over 255 bytes";
  if (refusedCharacter.test(segment))
    return 'must not hold control characters or any of < > : " | ? * \\';
  if (/[. ]$/.test(segment)) return "must not have a segment that ends in a dot or a blank";
  if (reservedName.test(segment)) return `must not use ${segment}, which is a device on Windows`;
  if (/~\d/.test(segment)) return "must not look like a short name of Windows (GAME~1)";
  return undefined;
}

/** A path below a folder, safe on every system: see {@link relativePathProblem}. */
export const RelativePath = z.string().check(
  z.superRefine((path, context) => {
    const problem = relativePathProblem(path);
    if (problem !== undefined) {
      context.addIssue({ code: "custom", message: `${problem}: ${JSON.stringify(path)}` });
    }
  }),
);
export type RelativePath = z.infer<typeof RelativePath>;
