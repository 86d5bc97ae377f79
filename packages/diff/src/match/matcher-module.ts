import { readFile } from "node:fs/promises";
import { PatchError } from "@potassium/core-types";
import { findProgramFile } from "../find-program-file.js";
import { type WasmModule, webAssembly } from "../web-assembly.js";

let compiled: Promise<WasmModule> | undefined;

/** The compiled code of the matching, which threads share. @throws `ENGINE_UNAVAILABLE` where the package was bundled without it */
export async function matcherModule(): Promise<WasmModule> {
  const path = findProgramFile("hdiff-match.wasm");
  compiled ??= readFile(path).then((bytes) => webAssembly.compile(bytes));
  try {
    return await compiled;
  } catch (cause) {
    // The next call tries again.
    compiled = undefined;
    throw new PatchError("ENGINE_UNAVAILABLE", `the program ${path} can't be used`, { cause });
  }
}
