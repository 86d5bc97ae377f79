import { preset } from "@potassium/tooling/tsup";

export default preset({ entry: { index: "src/index.ts", bin: "src/bin.ts" } });
