import { copyFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { preset } from "@potassium/tooling/tsup";

// zod is bundled, shaken down to what the schemas use: importing it whole takes longer than all the
// rest together, even its small edition. It stays a dependency because the declarations name its types.
const zodFolder = dirname(createRequire(import.meta.url).resolve("zod/package.json"));

export default preset({
  entry: {
    index: "src/index.ts",
    conformance: "src/conformance/index.ts",
    "conformance-server": "src/conformance/fixture/server.ts",
    "provider-kit": "src/provider-kit/index.ts",
  },
  noExternal: ["zod"],
  onSuccess: () => copyFile(join(zodFolder, "LICENSE"), "dist/zod-LICENSE"),
});
