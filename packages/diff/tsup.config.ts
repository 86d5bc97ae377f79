import { preset } from "@potassium/tooling/tsup";

export default preset({
  entry: {
    index: "src/index.ts",
    "bsdiff-child": "src/generate/bsdiff-child.ts",
    "hdiff-worker": "src/crew/worker.ts",
  },
});
