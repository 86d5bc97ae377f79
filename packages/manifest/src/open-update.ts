import {
  type AbortOptions,
  hasErrorCode,
  type Manifest,
  optionNames,
  parseOptions,
} from "@potassium/core-types";
import { type ManifestLimits, parseLimits } from "./document/manifest-limits.js";
import { parseManifest } from "./document/parse-manifest.js";
import { invalidArgument } from "./invalid-argument.js";
import { ManifestError } from "./manifest-error.js";
import { maxSignatureFileBytes } from "./signing/signature-file.js";
import { parseTrust, type Trust } from "./signing/trust.js";
import { verifySignatures } from "./signing/verify-signatures.js";
import { readToMemory } from "./source/read-to-memory.js";
import type { UpdateSource } from "./source/update-source.js";

/** What an update must be to be taken: `trust` or `allowUnsigned`, and what else is given. */
export interface UpdateExpectation extends AbortOptions {
  readonly trust?: Trust | undefined;
  /** Takes a manifest that nobody has signed, as the Go library makes them. Who can change the source can then change the game. */
  readonly allowUnsigned?: true | undefined;
  readonly product?: string | undefined;
  readonly platform?: string | undefined;
  readonly channel?: string | undefined;
  /** @default the system's clock */
  readonly now?: (() => Date) | undefined;
  /** Takes a manifest that has expired. @default false */
  readonly allowStale?: boolean | undefined;
  readonly limits?: ManifestLimits | undefined;
}

/** An update that may be planned and applied. */
export interface Update {
  readonly manifest: Manifest;
  /** manifest.json, as it was signed. */
  readonly manifestBytes: Uint8Array;
  /** Where the patches and files are. */
  readonly source: UpdateSource;
  readonly signed: boolean;
}

const names = optionNames<UpdateExpectation>({
  trust: true,
  allowUnsigned: true,
  product: true,
  platform: true,
  channel: true,
  now: true,
  allowStale: true,
  limits: true,
  signal: true,
});

/**
 * Reads an update's manifest from where the update is, and refuses it where it isn't what is expected. Its
 * signatures are checked before it is parsed. Whether it fits what is installed is looked at by `planUpdate`.
 *
 * @throws `NOT_FOUND`, `BAD_SIGNATURE`, `INVALID_MANIFEST`, `TOO_LARGE`, `WRONG_TARGET`, `STALE`,
 *   `INVALID_ARGUMENT`, and what the source throws
 * @example
 * ```ts
 * const update = await openUpdate(httpSource("https://cdn.example/1.1.0/"), {
 *   trust: { keys: [publicKey] },
 *   product: "skywars",
 * });
 * ```
 */
export async function openUpdate(
  source: UpdateSource,
  expectation: UpdateExpectation,
): Promise<Update> {
  parseOptions(expectation, names, invalidArgument, "expectation");
  if (typeof (source as Partial<UpdateSource> | null)?.open !== "function") {
    const message =
      "source must be what folderSource() or httpSource() gives, or have their open()";
    throw invalidArgument(message, "source");
  }
  const { trust, limits, signal } = expectation ?? {};
  const { maxManifestBytes } = parseLimits(limits);
  checkTrustGiven(expectation ?? {});
  const manifestBytes = await readToMemory(source, "manifest.json", {
    maxBytes: maxManifestBytes,
    signal,
  });
  if (trust !== undefined) {
    verifySignatures(manifestBytes, await readSignatures(source, signal), trust);
  }
  const manifest = parseManifest(manifestBytes, limits);
  checkTarget(manifest, expectation);
  checkFresh(manifest, expectation);
  return Object.freeze({ manifest, manifestBytes, source, signed: trust !== undefined });
}

function checkTrustGiven({ trust, allowUnsigned }: UpdateExpectation): void {
  if (trust === undefined && allowUnsigned !== true) {
    const message = "whose signature counts is not said: give trust, or allowUnsigned: true";
    throw invalidArgument(message, "trust");
  }
  if (trust === undefined) return;
  if (allowUnsigned !== undefined) {
    throw invalidArgument("give trust or allowUnsigned, not both", "allowUnsigned");
  }
  parseTrust(trust);
}

async function readSignatures(
  source: UpdateSource,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  try {
    return await readToMemory(source, "manifest.json.sig", {
      maxBytes: maxSignatureFileBytes,
      signal,
    });
  } catch (cause) {
    if (!hasErrorCode(cause, "NOT_FOUND", "TOO_LARGE")) throw cause;
    const message = `${source.name} has no signatures of the manifest: ${cause.message}`;
    throw new ManifestError("BAD_SIGNATURE", message, { cause });
  }
}

function checkTarget(manifest: Manifest, expectation: UpdateExpectation): void {
  for (const field of ["product", "platform", "channel"] as const) {
    const [expected, given] = [expectation[field], manifest[field]];
    if (expected === undefined || expected === given) continue;
    const found = given === undefined ? "does not say its" : `is for ${shown(given)} as its`;
    const message = `the update ${found} ${field}, which must be ${shown(expected)}`;
    throw new ManifestError("WRONG_TARGET", message, { field });
  }
}

function checkFresh({ expires }: Manifest, expectation: UpdateExpectation): void {
  if (expires === undefined || expectation.allowStale === true) return;
  const now = (expectation.now ?? (() => new Date()))();
  // Also where one of them is no moment at all.
  if (now.getTime() < Date.parse(expires)) return;
  throw new ManifestError("STALE", `the update has expired at ${expires}`, { field: "expires" });
}

const shown = (text: string) => JSON.stringify(text);
