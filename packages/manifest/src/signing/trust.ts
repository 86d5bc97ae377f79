import { optionNames, parseOptions, shownValue } from "@potassium/core-types";
import { invalidArgument } from "../invalid-argument.js";
import { type PublicKey, parsePublicKey } from "./public-key.js";

/** Whose signatures count. */
export interface Trust {
  /** Public keys as `generateKeyPair` gives them, each once. */
  readonly keys: readonly string[];
  /** How many of them must have signed. @default 1 */
  readonly threshold?: number | undefined;
  /** Of the keys document that these keys came with, by `rotateKeys`; pinned keys have none. */
  readonly sequence?: number | undefined;
}

export interface CheckedTrust {
  readonly keys: readonly PublicKey[];
  readonly threshold: number;
  /** -1 where the keys are pinned. */
  readonly sequence: number;
}

const names = optionNames<Trust>({ keys: true, threshold: true, sequence: true });

/** @throws `INVALID_ARGUMENT` with the `field`: `trust.keys[1]` */
export function parseTrust(trust: Trust, what = "trust"): CheckedTrust {
  const makeError = (message: string, field: string, path: string) =>
    invalidArgument(message, path === "" ? field : `${what}.${path}`);
  parseOptions(trust, names, makeError, what);
  const { keys: texts, threshold = 1, sequence = -1 } = trust ?? {};
  if (!Array.isArray(texts) || texts.length === 0) {
    throw invalidArgument(`invalid ${what}: keys: must have at least one key`, `${what}.keys`);
  }
  const keys = texts.map((text, index) => parsePublicKey(text, `${what}.keys[${index}]`));
  if (new Set(keys.map(({ keyId }) => keyId)).size < keys.length) {
    throw invalidArgument(`invalid ${what}: keys: one is given twice`, `${what}.keys`);
  }
  if (!Number.isInteger(threshold) || threshold < 1 || threshold > keys.length) {
    const message = `invalid ${what}: threshold: must be from 1 to the ${keys.length} keys, not ${shownValue(threshold)}`;
    throw invalidArgument(message, `${what}.threshold`);
  }
  if (!Number.isSafeInteger(sequence) || sequence < (trust.sequence === undefined ? -1 : 0)) {
    const message = `invalid ${what}: sequence: must be a whole number, not ${shownValue(sequence)}`;
    throw invalidArgument(message, `${what}.sequence`);
  }
  return { keys, threshold, sequence };
}
