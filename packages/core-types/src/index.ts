export type { ErrorCode } from "./error/error-code.js";
export { inputProblem } from "./error/input-problem.js";
export { optionNames } from "./error/option-names.js";
export { type InvalidInputFactory, parseInput } from "./error/parse-input.js";
export { parseOptions } from "./error/parse-options.js";
export { type ErrorDetails, hasErrorCode, PotassiumError } from "./error/potassium-error.js";
export { shownValue } from "./error/shown-value.js";
export { Identifier } from "./json/identifier.js";
export type { JsonCodec } from "./json/json-codec.js";
export { Timestamp } from "./json/timestamp.js";
export {
  canonicalHost,
  formatHostPort,
  Host,
  type HostPort,
  HostPortText,
  parseHostPort,
} from "./net/host-port.js";
export { canonicalIp, IpAddress, Ipv6Address } from "./net/ip-address.js";
export { Port, PortName, Protocol } from "./net/port.js";
export {
  formatPortRange,
  type PortRange,
  PortRangeText,
  parsePortRange,
} from "./net/port-range.js";
export { AllocateRequest, AllocateRequestJson } from "./provider/allocate-request.js";
export { collectBytes } from "./provider/collect-bytes.js";
export { CommandLine, ConsoleLine } from "./provider/command-line.js";
export type { CopyFolderFromOptions, CopyFolderToOptions } from "./provider/copy-folder-options.js";
export { Environment, portVariable } from "./provider/environment.js";
export { defaultMaxOutputBytes, type ExecOptions, type ExecResult } from "./provider/exec.js";
export { Labels } from "./provider/labels.js";
export type { LogLine, LogOptions, LogsOptions } from "./provider/log-line.js";
export { PortBinding } from "./provider/port-binding.js";
export type { CopyFromOptions, CopyToOptions, FileContent, Provider } from "./provider/provider.js";
export { ProviderError, type ProviderErrorCode } from "./provider/provider-error.js";
export type {
  FeatureSupport,
  ProviderFeature,
  ProviderSupports,
} from "./provider/provider-feature.js";
export { PublishedPort } from "./provider/published-port.js";
export { defaultReadiness, Readiness } from "./provider/readiness.js";
export { ResourceLimits } from "./provider/resource-limits.js";
export { RestartPolicy } from "./provider/restart-policy.js";
export { Server, ServerJson } from "./provider/server.js";
export { ServerEvent } from "./provider/server-event.js";
export { ServerFilter } from "./provider/server-filter.js";
export { ServerName } from "./provider/server-name.js";
export { ServerStats } from "./provider/server-stats.js";
export { type ServerState, ServerStatus } from "./provider/server-status.js";
export { defaultStopPolicy, StopPolicy } from "./provider/stop-policy.js";
export { VolumeMount } from "./provider/volume-mount.js";
export {
  type Contended,
  defaultLeaseMs,
  type LobbyClaim,
  LobbyRequest,
  type LobbyRequestInput,
  type NoneFree,
  type SeatClaim,
  SeatRequest,
  type SeatRequestInput,
} from "./registry/claim.js";
export type { DrainOptions, DrainResult } from "./registry/drain.js";
export type { Lease } from "./registry/lease.js";
export { ListFilter, ServerConditions } from "./registry/list-filter.js";
export { MatchInfo, type MatchInput, MatchStatus } from "./registry/match-info.js";
export type { RegistryChange } from "./registry/registry-change.js";
export { RegistryError, type RegistryErrorCode } from "./registry/registry-error.js";
export { ServerChange } from "./registry/server-change.js";
export {
  GameMode,
  ServerHealth,
  ServerInfo,
  ServerInfoJson,
  type ServerInput,
  ServerType,
} from "./registry/server-info.js";
export { SeatOrder, ServerOrder, type ServerOrderInput } from "./registry/server-order.js";
export type { ListOptions, PageOptions, ServerPage } from "./registry/server-page.js";
export type { Availability, ServerRecord } from "./registry/server-record.js";
export type {
  FindOptions,
  Heartbeat,
  HeartbeatOptions,
  ReadyMatch,
  RegisterOptions,
  ServerRegistry,
  VersionOptions,
  WatchOptions,
} from "./registry/server-registry.js";
export { RelayError, type RelayErrorCode } from "./relay/relay-error.js";
export type { RelayRoutes } from "./relay/relay-routes.js";
export { Route, RouteJson, type RouteTable } from "./relay/route.js";
export { FileEntry } from "./update/file-entry.js";
export { FolderEntry } from "./update/folder-entry.js";
export { LinkEntry } from "./update/link-entry.js";
export { linkDestination, linkTargetProblem } from "./update/link-target.js";
export { Manifest } from "./update/manifest.js";
export { ManifestJson } from "./update/manifest-json.js";
export { PackedFile } from "./update/packed-file.js";
export type {
  ApplyOptions,
  ApplyResult,
  GenerateResult,
  PatchEngine,
  PatchOptions,
  PatchProgress,
} from "./update/patch-engine.js";
export { PatchError, type PatchErrorCode, type PatchErrorDetails } from "./update/patch-error.js";
export { RelativePath, relativePathProblem } from "./update/relative-path.js";
export { Sha256Hex } from "./update/sha256-hex.js";
export type { AbortOptions } from "./wait/abort-options.js";
export { abortable } from "./wait/abortable.js";
export type { Awaitable } from "./wait/awaitable.js";
export { type BackOffOptions, backOffMs } from "./wait/back-off.js";
export { delay } from "./wait/delay.js";
