// #region keys
import { writeFile } from "node:fs/promises";
import { generateKeyPair } from "@potassium/manifest";

const { keyId, publicKey, privateKey } = generateKeyPair();
await writeFile("release-key.pem", privateKey, { mode: 0o600 }); // for the build server alone
await writeFile("release-key.pub", publicKey); // for the launcher, built in
// #endregion
console.log(`${keyId} signs from now on`);
