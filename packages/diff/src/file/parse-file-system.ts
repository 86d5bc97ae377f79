import { shownValue } from "@potassium/core-types";
import { invalidOption } from "../check-options.js";
import type { FileSystem } from "./file-system.js";

const calls = ["open", "stat", "rename", "unlink"] as const satisfies (keyof FileSystem)[];

/** @throws `INVALID_ARGUMENT` for what lacks a call, and for `node:fs`, whose calls take callbacks */
export function parseFileSystem(value: unknown): FileSystem {
  if (typeof value !== "object" || value === null) {
    throw invalidOption("fs", `fs must be a file system, not ${shownValue(value)}`);
  }
  if ("promises" in value && typeof value.promises === "object") {
    throw invalidOption("fs", "fs must be the one with promises: give fs.promises, not fs");
  }
  const missing = calls.filter(
    (name) => typeof (value as Partial<Record<string, unknown>>)[name] !== "function",
  );
  if (missing.length === 0) return value as FileSystem;
  throw invalidOption("fs", `fs lacks the functions ${missing.join(", ")}`);
}
