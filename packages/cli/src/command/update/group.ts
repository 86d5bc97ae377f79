import type { Group } from "../verb.js";
import { applyUpdateVerb } from "./apply-update.js";
import { buildUpdateVerb } from "./build-update.js";
import { listKeys } from "./list-keys.js";
import { makeKeys } from "./make-keys.js";
import { planUpdateVerb } from "./plan-update.js";
import { recoverUpdateVerb } from "./recover-update.js";
import { repairInstallVerb } from "./repair-install.js";
import { rollbackUpdateVerb } from "./rollback-update.js";
import { showStatus } from "./show-status.js";
import { signUpdate } from "./sign-update.js";
import { verifyInstallVerb } from "./verify-install.js";

export const updateGroup: Group = {
  name: "update",
  summary: "Build signed updates of a game, and apply them to installations",
  verbs: [
    buildUpdateVerb,
    planUpdateVerb,
    applyUpdateVerb,
    showStatus,
    verifyInstallVerb,
    repairInstallVerb,
    recoverUpdateVerb,
    rollbackUpdateVerb,
    makeKeys,
    signUpdate,
    listKeys,
  ],
};
