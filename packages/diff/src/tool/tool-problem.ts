import { PatchError, type PatchErrorCode } from "@potassium/core-types";
import type { FoundTool } from "./found-tool.js";
import type { ToolRun } from "./run-tool.js";
import type { ToolName } from "./tool-options.js";

/** What an exit code means, as the end of "hdiffz 4.12.1 …". */
type Meaning = readonly [code: PatchErrorCode, text: string];

const outOfMemory: Readonly<Record<ToolName, Meaning>> = {
  hdiffz: ["TOO_LARGE", 'had too little memory; the mode "stream" needs less'],
  hpatchz: ["TOO_LARGE", "had too little memory"],
};

/** Of 4.12.1. What isn't listed is `IO_ERROR`. */
const meanings: Readonly<Record<ToolName, Readonly<Record<number, Meaning>>>> = {
  hdiffz: {
    1: ["ENGINE_UNAVAILABLE", "does not understand the options of 4.12"],
    2: ["IO_ERROR", "could not read a file"],
    3: ["IO_ERROR", "could not write the patch"],
    5: outOfMemory.hdiffz,
    7: ["IO_ERROR", "made a patch that does not bring forth the new file"],
    13: ["NOT_FOUND", "found one of the files no longer there"],
  },
  hpatchz: {
    1: ["ENGINE_UNAVAILABLE", "does not understand the options of 4.12"],
    2: ["NOT_FOUND", "found one of the files no longer there"],
    3: ["IO_ERROR", "could not open its output"],
    // Also where a patch makes more than its header tells: hpatchz then sets errno itself, to EFBIG.
    5: ["IO_ERROR", "could not write"],
    // As the builtin engine: which of the two is wrong, only a digest of the old file can tell.
    6: ["CORRUPT_PATCH", "says that the patch is for an old file of another size"],
    8: outOfMemory.hpatchz,
    9: ["CORRUPT_PATCH", "could not read the patch's header"],
    10: ["CODEC_UNAVAILABLE", "was built without the patch's compression"],
    11: ["CORRUPT_PATCH", "could not apply the patch"],
    16: ["CORRUPT_PATCH", "could not apply the patch"],
    17: ["CORRUPT_PATCH", "could not apply the patch"],
    20: ["CORRUPT_PATCH", "could not begin to decompress"],
    22: ["TOO_LARGE", "had too little memory to decompress"],
    23: ["CORRUPT_PATCH", "could not decompress"],
    24: ["IO_ERROR", "found the disk full"],
  },
};

/** The error of a run that failed, with the program's own words. */
export function toolProblem(tool: Pick<FoundTool, "name" | "version">, run: ToolRun): PatchError {
  const { exitCode, exitSignal } = run;
  const how = exitCode === undefined ? `ended by ${exitSignal}` : `exit code ${exitCode}`;
  const [code, text] = meaningOf(tool.name, run);
  return new PatchError(
    code,
    `${tool.name} ${tool.version} ${text} (${how})${words(run.stderr || run.stdout)}`,
  );
}

function meaningOf(name: ToolName, { exitCode, stderr }: ToolRun): Meaning {
  // hdiffz then ends with the code of any failed comparison, 6.
  if (stderr.includes("std::bad_alloc")) return outOfMemory[name];
  // hdiffz aborts where it gets no thread; a system without memory ends it too.
  if (exitCode === undefined) return ["IO_ERROR", "did not end by itself; memory may be short"];
  return meanings[name][exitCode] ?? ["IO_ERROR", "failed"];
}

/** The last lines. */
function words(output: string): string {
  const said = output.trim().slice(-1_000);
  return said === "" ? "" : `: ${said}`;
}
