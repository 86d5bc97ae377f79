import { readFile, writeFile } from "node:fs/promises";

const privateKey = await readFile("release-key.pem", "utf8");
const pinned = { keys: [await readFile("release-key.pub", "utf8")] };

// #region rotate
import {
  folderSource,
  generateKeyPair,
  openKeys,
  signManifest,
  writeKeys,
} from "@potassium/manifest";

// Where the keys are kept: the old key says which the new ones are.
const next = generateKeyPair();
const keys = writeKeys({ keys: [next.publicKey], threshold: 1, sequence: 1 });
await writeFile("keys.json", keys);
await writeFile("keys.json.sig", signManifest(keys, [privateKey]));

// In the launcher, at each start, with httpSource(…) say. What it gives is to be kept, and trusted from now on.
const trust = await openKeys(folderSource("."), pinned);
await writeFile("trust.json", JSON.stringify(trust));
// #endregion
console.log(`${next.keyId} signs from now on`);
