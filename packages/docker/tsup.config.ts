import { copyFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { preset } from "@potassium/tooling/tsup";

// zod is bundled, shaken down to what the schemas use, as in core-types: importing it whole takes longer
// than all the rest.
const zodFolder = dirname(createRequire(import.meta.url).resolve("zod/package.json"));

export default preset({
  entry: { index: "src/index.ts" },
  noExternal: ["zod"],
  onSuccess: () => copyFile(join(zodFolder, "LICENSE"), "dist/zod-LICENSE"),
});
