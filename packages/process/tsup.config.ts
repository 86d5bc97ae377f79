import { fileURLToPath } from "node:url";
import { preset } from "@potassium/tooling/tsup";

const coreTypes = (file: string) =>
  fileURLToPath(new URL(`../core-types/src/${file}`, import.meta.url));

export default [
  preset({ entry: { index: "src/index.ts" }, clean: ["!supervisor.js*"] }),
  // The program that runs beside each server, which the provider looks for beside itself. It is bundled
  // from the sources with the little of core-types that it uses: without the schemas it takes 10 MB of
  // memory less for each server, and starts sooner.
  preset({
    entry: { supervisor: "src/supervisor/main.ts" },
    clean: false,
    dts: false,
    noExternal: [/^@potassium\/core-types/],
    esbuildOptions: (options) => {
      options.alias = {
        "@potassium/core-types/provider-kit": coreTypes("provider-kit/index.ts"),
        "@potassium/core-types": coreTypes("index.ts"),
      };
    },
  }),
];
