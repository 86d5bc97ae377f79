import { rm } from "node:fs/promises";
import { facts } from "../../output/facts.js";
import { defineVerb } from "../verb.js";
import { writeNewFile } from "./write-new-file.js";

export const makeKeys = defineVerb({
  name: "keygen",
  summary: "Make a key to sign updates with",
  description:
    "Writes NAME.pem, the private key, which only this user can read, and NAME.pub, the public key. What is there is never overwritten. The private key is not encrypted: leave it where secrets are kept.",
  examples: [
    { does: "release-key.pem and release-key.pub", line: "update keygen release-key" },
    {
      does: "the public key's text, for a launcher",
      line: "update keygen key --json | jq -r .publicKey",
    },
  ],
  declare: (command) =>
    command.argument("[name]", "path of both files, without their endings", "release-key"),
  async run({ output }, [name]) {
    const { generateKeyPair } = await import("@potassium/manifest");
    const { keyId, publicKey, privateKey } = generateKeyPair();
    const files = { privateKeyFile: `${name}.pem`, publicKeyFile: `${name}.pub` };
    await writeNewFile(files.privateKeyFile, privateKey, 0o600);
    try {
      await writeNewFile(files.publicKeyFile, `${publicKey}\n`);
    } catch (error) {
      await rm(files.privateKeyFile, { force: true });
      throw error;
    }
    await output.result({ keyId, publicKey, ...files }, () =>
      facts([
        ["key", keyId],
        ["private", `${files.privateKeyFile} (keep it secret)`],
        ["public", files.publicKeyFile],
        ["", publicKey],
      ]),
    );
  },
});
