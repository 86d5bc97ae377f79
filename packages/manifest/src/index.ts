export type { ApplyUpdateOptions } from "./apply/apply-options.js";
export { applyUpdate } from "./apply/apply-update.js";
export { PauseGate } from "./apply/pause-gate.js";
export type { UpdateResult } from "./apply/update-result.js";
export type { BuildOptions, BuildProgress } from "./build/build-options.js";
export type { BuildReport, ShippedBytes } from "./build/build-report.js";
export { buildUpdate } from "./build/build-update.js";
export type { PassedEngine } from "./build/shipment.js";
export { currentFolder } from "./current-folder.js";
export {
  ActionAdd,
  ActionDelete,
  ActionPatch,
  type CreateManifestOptions,
  createManifest,
} from "./document/create-manifest.js";
export type { DocumentFile, DocumentFileSystem } from "./document/document-file-system.js";
export { type HashFileOptions, hashFile } from "./document/hash-file.js";
export { type LoadManifestOptions, loadManifest } from "./document/load-manifest.js";
export type { ManifestDocument, SaveOptions } from "./document/manifest-document.js";
export type { ManifestLimits } from "./document/manifest-limits.js";
export { parseManifest } from "./document/parse-manifest.js";
export type { FileStatus, UpdateFile, UpdateFileSystem } from "./fs/update-file-system.js";
export { type InstalledVersionOptions, installedVersion } from "./installed-version.js";
export { keptVersions } from "./kept-versions.js";
export {
  ManifestError,
  type ManifestErrorCode,
  type ManifestErrorDetails,
  type PathProblem,
} from "./manifest-error.js";
export { openUpdate, type Update, type UpdateExpectation } from "./open-update.js";
export type { PlanUpdateOptions } from "./plan/plan-options.js";
export { planUpdate } from "./plan/plan-update.js";
export type { Origin, PatchStep, Recipe, ShippedPart } from "./plan/recipe.js";
export type {
  BlockedPath,
  EngineShare,
  PlannedOperation,
  PlannedWrite,
  UpdatePlan,
} from "./plan/update-plan.js";
export type { CheckProgress, UpdateProgress } from "./plan/update-progress.js";
export { recoverUpdate } from "./recover-update.js";
export { type RollbackUpdateOptions, rollbackUpdate } from "./rollback-update.js";
export { generateKeyPair, type KeyPair } from "./signing/generate-key-pair.js";
export { type NewKeys, writeKeys } from "./signing/keys-document.js";
export { openKeys } from "./signing/open-keys.js";
export { rotateKeys } from "./signing/rotate-keys.js";
export { signManifest } from "./signing/sign-manifest.js";
export type { Trust } from "./signing/trust.js";
export { verifySignatures } from "./signing/verify-signatures.js";
export { type FolderSourceOptions, folderSource } from "./source/folder-source.js";
export type { FetchFunction, HttpSourceOptions } from "./source/http/http-source-options.js";
export { httpSource } from "./source/http-source.js";
export type { OpenSourceOptions, SourceFile, UpdateSource } from "./source/update-source.js";
export type { InstalledRecord } from "./transaction/journal.js";
export type { LockOwner, LockOwners } from "./transaction/lock-owner.js";
export type { Installed } from "./transaction/operation.js";
export type { Recovery } from "./transaction/recover.js";
export type { SiteOptions } from "./transaction/site.js";
export { type UnfinishedUpdate, unfinishedUpdate } from "./unfinished-update.js";
export type { InstallProblem, InstallReport } from "./verify/install-report.js";
export { type RepairInstallOptions, repairInstall } from "./verify/repair-install.js";
export { type VerifyInstallOptions, verifyInstall } from "./verify/verify-install.js";
export type { RootMode } from "./versioned/root-mode.js";
