import type { Trust } from "@potassium/manifest";
import { usageError } from "../../exit/usage-error.js";
import { repeated } from "../option/repeated.js";
import { wholeNumber } from "../option/whole-number.js";
import { optionSet, type ValuesOf } from "../option-set.js";
import { readInput } from "../read-input.js";

/** Declares whose signatures count. */
export const trustOptions = optionSet((command) =>
  command
    .option(
      "--key <file>",
      "a public key that is trusted, or its text; may be given again",
      repeated,
    )
    .option("--threshold <n>", "how many of the keys must have signed (1)", wholeNumber(1))
    .option("--trust <file>", "instead of keys: a JSON file with keys, threshold and sequence")
    .option("--allow-unsigned", "take an update that nobody has signed"),
);

/**
 * Whose signatures count.
 *
 * @throws a usage error where nothing says it; `NOT_FOUND`, `INVALID_ARGUMENT`
 */
export async function trustOf(
  given: ValuesOf<typeof trustOptions>,
): Promise<{ readonly trust: Trust } | { readonly allowUnsigned: true }> {
  const { key, threshold, trust, allowUnsigned } = given;
  const ways = [key, trust, allowUnsigned].filter((way) => way !== undefined);
  if (ways.length === 0) {
    throw usageError("whose signature counts? Give --key or --trust, or --allow-unsigned");
  }
  if (ways.length > 1) throw usageError("give one of --key, --trust and --allow-unsigned");
  if (allowUnsigned === true) return { allowUnsigned };
  if (trust !== undefined) return { trust: parseTrust(await readInput(trust, "trust file")) };
  return {
    trust: {
      keys: await Promise.all((key ?? []).map((one) => readPublicKey(one, "trust.keys"))),
      threshold,
    },
  };
}

/**
 * The text of a public key, which `given` is or names.
 *
 * @param field what the library calls the option.
 * @throws {PotassiumError} `NOT_FOUND`, `IO_ERROR`, `INVALID_ARGUMENT` of that field: it is a private key
 */
export async function readPublicKey(given: string, field: string): Promise<string> {
  // An Ed25519 key in base64 always begins so, and no file is named like it.
  if (/^MCowBQYDK2VwAyEA[\w+/]{43}=$/.test(given)) return given;
  const text = (await readInput(given, "public key")).trim();
  if (text.includes("PRIVATE KEY")) {
    const { PotassiumError } = await import("@potassium/core-types");
    const message = `${given} is a private key: give the .pub`;
    throw new PotassiumError("INVALID_ARGUMENT", message, { field });
  }
  return text;
}

/** What is in it is checked by the call that it is given to. */
function parseTrust(text: string): Trust {
  try {
    return JSON.parse(text);
  } catch {
    throw usageError("the file of --trust is no JSON");
  }
}
