import { readFile } from "../document/read-file.js";
import { unless } from "../fs/file-system-code.js";
import { replaceFile } from "../fs/write-durably.js";
import { ManifestError } from "../manifest-error.js";
import type { InstalledRecord } from "./journal.js";
import type { Site } from "./site.js";

const maxBytes = 2 ** 20;

/**
 * What `installed.json` tells; `undefined` where no update has installed anything.
 *
 * @throws `REPAIR_NEEDED` where it is damaged
 */
export async function readInstalled(site: Site): Promise<InstalledRecord | undefined> {
  const bytes = await unless(["NOT_FOUND"], () => readFile(site.fs, site.installed, maxBytes));
  if (bytes === undefined) return undefined;
  const record = parseRecord(Buffer.from(bytes).toString());
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
    const texts = [product, platform, channel, transaction, manifestHash];
    const isRecord =
      typeof version === "string" &&
      (sequence === undefined || Number.isSafeInteger(sequence)) &&
      texts.every((field) => field === undefined || typeof field === "string");
    if (!isRecord) return undefined;
    const record = { version, sequence, product, platform, channel, manifestHash, transaction };
    return Object.freeze(record) as InstalledRecord;
  } catch {
    return undefined;
  }
}
