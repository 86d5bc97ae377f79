import type { Group } from "../verb.js";
import { inspectPatch } from "./inspect-patch.js";

export const diffGroup: Group = {
  name: "diff",
  summary: "Make, apply and look at binary patches",
  verbs: [inspectPatch],
};
