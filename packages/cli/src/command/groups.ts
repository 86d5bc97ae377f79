import { completeWords } from "./completion/complete-words.js";
import { printCompletion } from "./completion/print-completion.js";
import { diffGroup } from "./diff/group.js";
import { doctor } from "./doctor/doctor.js";
import { registryGroup } from "./registry/group.js";
import { routeGroup } from "./route/group.js";
import { serverGroup } from "./server/group.js";
import { updateGroup } from "./update/group.js";
import type { Group, Verb } from "./verb.js";

/** Everything that the command can do, in the help's order. */
export const groups: readonly (Group | Verb)[] = [
  updateGroup,
  diffGroup,
  serverGroup,
  routeGroup,
  registryGroup,
  doctor,
  printCompletion,
  completeWords,
];
