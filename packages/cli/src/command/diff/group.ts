import type { Group } from "../verb.js";
import { applyPatch } from "./apply-patch.js";
import { createPatch } from "./create-patch.js";
import { inspectPatch } from "./inspect-patch.js";
import { listTools } from "./list-tools.js";
import { smallestPatch } from "./smallest-patch.js";

export const diffGroup: Group = {
  name: "diff",
  summary: "Make, apply and look at binary patches",
  verbs: [createPatch, smallestPatch, applyPatch, inspectPatch, listTools],
};
