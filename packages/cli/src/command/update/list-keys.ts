import { join } from "node:path";
import { repeated } from "../option/repeated.js";
import { wholeNumber } from "../option/whole-number.js";
import { defineVerb } from "../verb.js";
import { neededSigningKeys } from "./signing-keys.js";
import { readPublicKey } from "./trust-options.js";
import { replaceFile } from "./write-new-file.js";

export const listKeys = defineVerb({
  name: "keys",
  summary: "Write the list of keys that take the place of the present ones",
  description:
    "Writes keys.json and, signed by keys that are trusted now, keys.json.sig. Launchers that find them trust the listed keys from then on, and no others.",
  examples: [
    {
      does: "a new key, vouched for by the old one",
      line: "update keys cdn --key new-key.pub --sequence 1 --sign old-key.pem",
    },
  ],
  fields: {
    "keys.keys": "--key",
    "keys.threshold": "--threshold",
    "keys.sequence": "--sequence",
  },
  declare: (command) =>
    command
      .argument("<folder>", "where both files are written to")
      .requiredOption(
        "--key <file>",
        "a public key that is to be trusted; may be given again",
        repeated,
      )
      .requiredOption("--sequence <n>", "one more with each list", wholeNumber())
      .option("--threshold <n>", "how many of the keys must sign an update", wholeNumber(1), 1)
      .option("--sign <file>", "a private key that is trusted now; may be given again", repeated),
  async run(context, [folder], { key, sequence, threshold, sign }) {
    const { signManifest, writeKeys } = await import("@potassium/manifest");
    const signing = await neededSigningKeys(context, sign);
    const keys = await Promise.all(key.map((one) => readPublicKey(one, "keys.keys")));
    const bytes = writeKeys({ keys, threshold, sequence });
    const signatures = signManifest(bytes, signing);
    const file = join(folder, "keys.json");
    await replaceFile(file, bytes);
    await replaceFile(`${file}.sig`, signatures);
    await context.output.result(
      { file, signatures: `${file}.sig`, keys, threshold, sequence },
      () => `${file}\n${file}.sig`,
    );
  },
});
