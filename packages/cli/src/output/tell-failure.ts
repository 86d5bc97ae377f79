import type { Output } from "./output.js";

/**
 * Tells of one failure of several: a remark, or with `--json` a line.
 *
 * @param about what the line has beside the error: `{ player_ip }`
 */
export async function tellFailure(
  output: Output,
  error: unknown,
  about: Readonly<Record<string, string>> = {},
): Promise<void> {
  const message = messageOf(error);
  if (output.json) {
    await output.item({ ...about, error: { ...codeOf(error), message } }, () => "");
  } else output.warn([...Object.values(about), message].join(": "));
}

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const codeOf = (error: unknown): { readonly code?: unknown } =>
  error instanceof Error && "code" in error ? { code: error.code } : {};
