import { usageError } from "../../exit/usage-error.js";
import type { Context } from "../context.js";
import { readInput } from "../read-input.js";

/** A build machine's secret, in PEM. */
const variable = "POTASSIUM_SIGNING_KEY";

/** The private keys of the files that `--sign` names and of the variable POTASSIUM_SIGNING_KEY, none of them twice. */
export async function signingKeys(
  { env }: Context,
  files: readonly string[] | undefined,
): Promise<readonly string[]> {
  const keys = await Promise.all((files ?? []).map((file) => readInput(file, "private key")));
  const secret = env[variable];
  if (secret !== undefined && secret !== "") keys.push(secret);
  return [...new Set(keys.map((key) => `${key.trim()}\n`))];
}

/** The same where there must be one. */
export async function neededSigningKeys(
  context: Context,
  files: readonly string[] | undefined,
): Promise<readonly string[]> {
  const keys = await signingKeys(context, files);
  if (keys.length === 0) throw usageError(`which key signs? Give --sign, or ${variable}`);
  return keys;
}
