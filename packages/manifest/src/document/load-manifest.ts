import * as nodeFs from "node:fs/promises";
import { type AbortOptions, optionNames, parseOptions } from "@potassium/core-types";
import { invalidArgument } from "../invalid-argument.js";
import type { DocumentFileSystem } from "./document-file-system.js";
import { ManifestDocument } from "./manifest-document.js";
import { type ManifestLimits, parseLimits } from "./manifest-limits.js";
import { parseManifest } from "./parse-manifest.js";
import { readFile } from "./read-file.js";

export interface LoadManifestOptions extends AbortOptions {
  readonly limits?: ManifestLimits | undefined;
  readonly fs?: DocumentFileSystem | undefined;
}

const names = optionNames<LoadManifestOptions>({ limits: true, fs: true, signal: true });

/**
 * Reads a manifest to look at or to add to. Nobody's signature is checked: to apply an update, use `openUpdate`.
 *
 * @param from the path of manifest.json, or its bytes.
 * @throws `NOT_FOUND`, `INVALID_MANIFEST`, `TOO_LARGE`, `UNSAFE_PLACE` (no plain file), `IO_ERROR`, `INVALID_ARGUMENT`
 */
export async function loadManifest(
  from: string | Uint8Array,
  options: LoadManifestOptions = {},
): Promise<ManifestDocument> {
  parseOptions(options, names, invalidArgument);
  const { limits, fs = nodeFs, signal } = options;
  signal?.throwIfAborted();
  const { maxManifestBytes } = parseLimits(limits);
  const bytes = typeof from === "string" ? await readFile(fs, from, maxManifestBytes) : from;
  signal?.throwIfAborted();
  return new ManifestDocument(parseManifest(bytes, limits));
}
