export { bsdiff, createBsdiff } from "./bsdiff.js";
export type { Codec } from "./codec/section.js";
export type { Effort, WrittenCodec } from "./compress/written-codec.js";
export type {
  DiffApplyOptions,
  DiffEngine,
  DiffEngineOptions,
  EngineChoice,
  GenerateOptions,
  HdiffEngine,
  HdiffGenerateOptions,
} from "./diff-engine.js";
export type { FileSystem, OpenFile } from "./file/file-system.js";
export type { PatchFormat } from "./format/recognise.js";
export {
  type EstimateOptions,
  estimateGeneration,
  type GenerationEstimate,
} from "./generate/hdiff/estimate-generation.js";
export { createHdiff, hdiff } from "./hdiff.js";
export { type InspectOptions, inspect, type PatchInfo, type PatchSection } from "./inspect.js";
export type { PatchFamily } from "./patch-family.js";
export type { Contender } from "./smallest/attempts.js";
export { generateSmallest } from "./smallest/generate-smallest.js";
export type {
  GenerateSmallestOptions,
  GenerateSmallestResult,
  TriedAttempt,
} from "./smallest/smallest-options.js";
export { type ApplyWithToolOptions, applyWithTool } from "./tool/apply-with-tool.js";
export { findTool } from "./tool/find-tool.js";
export type { FoundTool } from "./tool/found-tool.js";
export { type GenerateWithToolOptions, generateWithTool } from "./tool/generate-with-tool.js";
export type { HdiffzOptions } from "./tool/hdiffz-arguments.js";
export type { ToolSource } from "./tool/tool-candidates.js";
export type { ToolName, ToolOptions } from "./tool/tool-options.js";
export type { PlatformPins, ToolPin, ToolPins } from "./tool/tool-pins.js";
export { pinTool, readToolPins, writeToolPins } from "./tool/tool-pins-file.js";
