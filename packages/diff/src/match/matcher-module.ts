import { readFile } from "node:fs/promises";
import { findProgramFile } from "../find-program-file.js";
import { type WasmModule, webAssembly } from "./web-assembly.js";

let compiled: Promise<WasmModule> | undefined;

/** The compiled code of the matching, which threads share. @throws `ENGINE_UNAVAILABLE` where the package was bundled without it */
export async function matcherModule(): Promise<WasmModule> {
  const path = findProgramFile("hdiff-match.wasm");
  compiled ??= readFile(path).then((bytes) => webAssembly.compile(bytes));
  return compiled;
}
