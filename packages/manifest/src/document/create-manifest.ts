import { Manifest, optionNames, parseInput, parseOptions } from "@potassium/core-types";
import { invalidArgument } from "../invalid-argument.js";
import { ManifestDocument } from "./manifest-document.js";

/** The action of an entry, under the names that the Go library gives them. */
export const ActionPatch = "patch";
export const ActionAdd = "add";
export const ActionDelete = "delete";

export interface CreateManifestOptions {
  /** RFC 3339. @default now */
  readonly created?: string | undefined;
  readonly schemaVersion?: 1 | undefined;
  readonly product?: string | undefined;
  /** Which systems it is for: "windows-x64". */
  readonly platform?: string | undefined;
  readonly channel?: string | undefined;
  /** Grows with every release of a channel. */
  readonly sequence?: number | undefined;
  /** RFC 3339. */
  readonly expires?: string | undefined;
}

const names = optionNames<CreateManifestOptions>({
  created: true,
  schemaVersion: true,
  product: true,
  platform: true,
  channel: true,
  sequence: true,
  expires: true,
});

/**
 * Begins a manifest without entries.
 *
 * @param fromVersion "" for a full manifest.
 * @throws `INVALID_ARGUMENT` with the `field` at fault
 * @example
 * ```ts
 * const manifest = createManifest("1.0.0", "1.1.0");
 * manifest.addFile({ action: "delete", path: "old.pak", oldHash });
 * await manifest.save("manifest.json");
 * ```
 */
export function createManifest(
  fromVersion: string,
  toVersion: string,
  options: CreateManifestOptions = {},
): ManifestDocument {
  parseOptions(options, names, invalidArgument);
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const head = {
    fromVersion,
    toVersion,
    created: new Date().toISOString(),
    files: [],
    ...Object.fromEntries(given),
  };
  return new ManifestDocument(parseInput(Manifest, head, "manifest", invalidArgument));
}
