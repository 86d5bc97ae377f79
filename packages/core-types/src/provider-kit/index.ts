export { Broadcast, type BroadcastOptions } from "./broadcast.js";
export {
  checkCallOptions,
  checkedStream,
  checkFileContent,
  checkServerId,
  type OptionsOf,
} from "./call-arguments.js";
export { cannotCopy } from "./folder/entry-rule.js";
export { IncomingFolder } from "./folder/incoming-folder.js";
export {
  checkLocalFolder,
  type FolderEntry,
  type LocalFolder,
  walkFolder,
} from "./folder/local-folder.js";
export { frozenCopy } from "./frozen-copy.js";
export { KeyedMutex } from "./keyed-mutex.js";
export { LineDecoder, type LineDecoderOptions } from "./line-decoder.js";
export { matchesServerFilter } from "./matches-server-filter.js";
export { OpenCalls } from "./open-calls.js";
export { parseAllocateRequest, requireFeature } from "./parse-allocate-request.js";
export { findPort, type PortReference } from "./readiness/port-reference.js";
export type { StartingServer } from "./readiness/starting-server.js";
export { waitUntilReady } from "./readiness/wait-until-ready.js";
export {
  checkReconcileOptions,
  type ReconciledProvider,
  type ReconcileOptions,
  type ReconcileReport,
  reconcile,
} from "./reconcile.js";
export { requestHash } from "./request-hash.js";
export { type ServerPlace, serverEnvironment } from "./server-environment.js";
export { startFailed } from "./start-failed.js";
