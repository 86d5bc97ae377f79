import {
  type AllocateRequest,
  AllocateRequestJson,
  PublishedPort,
  parseInput,
} from "@potassium/core-types";
import type { SupervisorTask } from "../protocol/supervisor-task.js";
import { readJsonFile, writeJsonFile } from "./json-file.js";

/** What never changes about a server, as its provider keeps it on disk. */
export interface ServerRecord {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  /** Where it listens. */
  readonly hostAddress: string;
  readonly request: AllocateRequest;
  readonly requestHash: string;
  readonly ports: readonly PublishedPort[];
  /** Whether the record on disk could not be read, and this one only stands for it. */
  readonly damaged?: boolean;
  /** What to give to a supervisor of it, now or after one was lost. */
  readonly task: Omit<SupervisorTask, "detached" | "temporaryFolder">;
}

const version = 1;

export function writeServerRecord(path: string, record: ServerRecord): void {
  writeJsonFile(path, { ...record, version, request: AllocateRequestJson.encode(record.request) });
}

/** @returns `undefined` where there is none, or none that is whole and of this version. */
export function readServerRecord(path: string): ServerRecord | undefined {
  const value = readJsonFile(path);
  if (!isObject(value) || value["version"] !== version) return undefined;
  const { id, name, createdAt, hostAddress, requestHash, task, ports } = value;
  const texts = [id, name, createdAt, hostAddress, requestHash];
  if (!texts.every((text) => typeof text === "string") || !Array.isArray(ports) || !isTask(task)) {
    return undefined;
  }
  try {
    return {
      id: String(id),
      name: String(name),
      createdAt: String(createdAt),
      hostAddress: String(hostAddress),
      requestHash: String(requestHash),
      request: AllocateRequestJson.decode(value["request"]),
      ports: ports.map((port) => parseInput(PublishedPort, port, "port")),
      task,
    };
  } catch {
    return undefined;
  }
}

/** The parts that a mistake in would do harm; the file is written by this package alone. */
function isTask(value: unknown): value is ServerRecord["task"] {
  return (
    isObject(value) &&
    ["serverId", "folder", "socketPath", "workingDirectory"].every(
      (key) => typeof value[key] === "string",
    ) &&
    ["program", "claims"].every((key) => isTextList(value[key])) &&
    ["environment", "stop", "restartPolicy", "restartBackOff"].every((key) =>
      isObject(value[key]),
    ) &&
    typeof value["logLimitBytes"] === "number"
  );
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
