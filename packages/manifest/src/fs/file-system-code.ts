/** The system's code of a failed file operation, as "ENOENT". */
export function fileSystemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** What `work` gives, or `undefined` where it fails with one of these codes. */
export async function unless<T>(
  codes: readonly string[],
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (codes.includes(fileSystemCode(error) ?? "")) return undefined;
    throw error;
  }
}

/** What is told of a path where nothing is, or a parent of which is no folder or a link that leads nowhere. */
export const nothingThere: readonly string[] = ["ENOENT", "ENOTDIR", "ELOOP"];
