import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { repeated } from "../option/repeated.js";
import { defineVerb } from "../verb.js";
import { neededSigningKeys } from "./signing-keys.js";
import { replaceFile } from "./write-new-file.js";

export const signUpdate = defineVerb({
  name: "sign",
  summary: "Sign an update that is built, or a list of keys",
  description:
    "Writes manifest.json.sig beside manifest.json, in the place of the signatures that were there: give all keys at once. A manifest that nobody could apply is not signed.",
  examples: [
    { does: "the update in a folder", line: "update sign update-1.1.0 --sign release-key.pem" },
    {
      does: "by two keys, for a threshold of 2",
      line: "update sign update-1.1.0 --sign key-a.pem --sign key-b.pem",
    },
  ],
  declare: (command) =>
    command
      .argument("<update>", "the folder of an update, or a manifest.json or keys.json")
      .option(
        "--sign <file>",
        "a private key; or POTASSIUM_SIGNING_KEY; may be given again",
        repeated,
      ),
  async run(context, [path], options) {
    const { parseManifest, signManifest } = await import("@potassium/manifest");
    const keys = await neededSigningKeys(context, options.sign);
    const file = (await isFolder(path)) ? join(path, "manifest.json") : path;
    const bytes = await readBytes(file);
    if (basename(file) !== "keys.json") parseManifest(bytes);
    const signatures = `${file}.sig`;
    await replaceFile(signatures, signManifest(bytes, keys));
    await context.output.result({ file, signatures, keys: keys.length }, () => signatures);
  },
});

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const { PotassiumError } = await import("@potassium/core-types");
    throw new PotassiumError("NOT_FOUND", `${path} can't be read`, { cause });
  }
}
