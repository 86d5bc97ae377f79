import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  folderSource,
  generateKeyPair,
  openKeys,
  signManifest,
  type Trust,
  writeKeys,
} from "../../src/index.js";
import { temporaryFolder } from "../fixture/temporary-folder.js";

const [first, second, third] = [generateKeyPair(), generateKeyPair(), generateKeyPair()];
const pinned: Trust = { keys: [first.publicKey] };

/** Publishes a list of one key. */
async function publish(
  folder: string,
  sequence: number,
  key: string,
  signers: readonly string[],
): Promise<void> {
  const keys = writeKeys({ keys: [key], threshold: 1, sequence });
  await writeFile(join(folder, "keys.json"), keys);
  await writeFile(join(folder, "keys.json.sig"), signManifest(keys, signers));
}

test("openKeys() gives the trust of the published list, and the present one where it came from that", async () => {
  const folder = await temporaryFolder();
  const source = folderSource(folder);
  await publish(folder, 1, second.publicKey, [first.privateKey]);
  const trust = await openKeys(source, pinned);
  expect(trust).toEqual({ keys: [second.publicKey], threshold: 1, sequence: 1 });
  // Its signer is trusted no longer, and that is no reason to stop at each start.
  expect(await openKeys(source, trust)).toBe(trust);
  const kept = JSON.parse(JSON.stringify(trust)) as Trust;
  expect(await openKeys(source, kept)).toBe(kept);
});

test("openKeys() takes a later list from those who missed one, where their keys have signed it too", async () => {
  const folder = await temporaryFolder();
  await publish(folder, 2, third.publicKey, [second.privateKey]);
  const missed = openKeys(folderSource(folder), pinned);
  await expect(missed).rejects.toMatchObject({ code: "BAD_SIGNATURE" });
  await publish(folder, 2, third.publicKey, [second.privateKey, first.privateKey]);
  expect(await openKeys(folderSource(folder), pinned)).toMatchObject({ keys: [third.publicKey] });
});

test("openKeys() refuses an older list, one of strangers, one that is too large, and none", async () => {
  const folder = await temporaryFolder();
  const source = folderSource(folder);
  const code = (name: string) => expect.objectContaining({ name: "ManifestError", code: name });
  await expect(openKeys(source, pinned)).rejects.toEqual(code("NOT_FOUND"));
  await publish(folder, 1, second.publicKey, [third.privateKey]);
  await expect(openKeys(source, pinned)).rejects.toEqual(code("BAD_SIGNATURE"));
  const later = { keys: [first.publicKey], sequence: 2 };
  await publish(folder, 1, second.publicKey, [first.privateKey]);
  await expect(openKeys(source, later)).rejects.toEqual(code("DOWNGRADE"));
  // Other keys under the number of the present list.
  await publish(folder, 2, second.publicKey, [first.privateKey]);
  await expect(openKeys(source, later)).rejects.toEqual(code("DOWNGRADE"));
  await writeFile(join(folder, "keys.json"), " ".repeat(2 ** 16 + 1));
  await expect(openKeys(source, pinned)).rejects.toEqual(code("TOO_LARGE"));
});

test("openKeys() refuses a trust that is none and unknown options, and heeds its signal", async () => {
  const source = folderSource(await temporaryFolder());
  const invalid = { code: "INVALID_ARGUMENT" };
  await expect(openKeys(source, { keys: [] })).rejects.toMatchObject(invalid);
  await expect(openKeys(source, pinned, { limit: 1 } as never)).rejects.toMatchObject(invalid);
  const signal = AbortSignal.abort("enough");
  await expect(openKeys(source, pinned, { signal })).rejects.toBe("enough");
});
