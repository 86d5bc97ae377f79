import { preset } from "@potassium/tooling/tsup";

export default preset({ entry: { index: "src/index.ts", server: "src/server/index.ts" } });
