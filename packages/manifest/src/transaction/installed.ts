import { replaceFile } from "../fs/write-durably.js";
import { ManifestError } from "../manifest-error.js";
import type { InstalledRecord } from "./journal.js";
import { readRecord } from "./read-record.js";
import type { Site } from "./site.js";

const maxBytes = 2 ** 20;

/**
 * What `installed.json` tells; `undefined` where no update has installed anything.
 *
 * @throws `REPAIR_NEEDED` where it is damaged
 */
export async function readInstalled(site: Site): Promise<InstalledRecord | undefined> {
  const text = await readRecord(site.fs, site.installed, maxBytes);
  if (text === undefined) return undefined;
  const record = parseRecord(text);
  // After a first update was rolled back.
  if (record !== undefined) return record.version === "" ? undefined : record;
  const message = `${site.installed} is damaged: it can't be told which version is installed`;
  throw new ManifestError("REPAIR_NEEDED", message, { path: site.installed, problems: [] });
}

/** Its folder is to be made durable then. Without a version: nothing is installed. */
export async function writeInstalled(site: Site, record: InstalledRecord): Promise<void> {
  const { manifestHash, ...others } = record;
  const text = `${JSON.stringify({ ...others, manifest_hash: manifestHash }, null, 2)}\n`;
  await replaceFile(site, site.folder, "installed.json", text);
}

function parseRecord(text: string): InstalledRecord | undefined {
  try {
    const { manifest_hash: manifestHash, ...fields } = JSON.parse(text) as Record<string, unknown>;
    const { version, sequence, product, platform, channel, transaction } = fields;
    const record = { version, sequence, product, platform, channel, manifestHash, transaction };
    return isInstalledRecord(record) ? Object.freeze(record) : undefined;
  } catch {
    return undefined;
  }
}

export function isInstalledRecord(value: unknown): value is InstalledRecord {
  const { version, sequence, ...others } = (value ?? {}) as Partial<InstalledRecord>;
  const { product, platform, channel, manifestHash, transaction } = others;
  return (
    typeof version === "string" &&
    (sequence === undefined || Number.isSafeInteger(sequence)) &&
    [product, platform, channel, manifestHash, transaction].every(
      (field) => field === undefined || typeof field === "string",
    )
  );
}
