import { PatchError } from "@potassium/core-types";
import { rebuildBsdiff } from "./find-bsdiff.js";
import type { ChildEnd } from "./run-bsdiff-child.js";

/** Words for a lack of memory: of the C libraries (glibc and macOS, musl, Windows), of C++ and of V8. */
const lackOfMemory =
  /cannot allocate memory|out of memory|not enough (space|memory)|bad_alloc|heap limit/i;

/** `BZ_IO_ERROR` of bzip2: the library does not pass on why. */
const writeFailed = /bz2err = -6/;

/**
 * The error for a child process that made no patch: `TOO_LARGE` where it lacked memory, `ENGINE_UNAVAILABLE`
 * where bsdiff-node or its process does not work, `IO_ERROR` where bsdiff-node says what went wrong.
 *
 * @param memory - How much it was to need, in words.
 */
export function childProblem(
  end: Exclude<ChildEnd, { state: "done" }>,
  memory: string,
): PatchError {
  switch (end.state) {
    case "unstarted":
      return new PatchError("ENGINE_UNAVAILABLE", "can't start the process that makes patches", {
        cause: end.cause,
      });
    case "unloadable":
      return new PatchError(
        "ENGINE_UNAVAILABLE",
        `bsdiff-node can't be loaded: ${rebuildBsdiff}. It says: ${end.message}`,
      );
    case "failed":
      if (lackOfMemory.test(end.message)) return tooLarge(memory, end.message);
      return new PatchError(
        "IO_ERROR",
        `bsdiff-node made no patch: ${end.message}${writeFailed.test(end.message) ? " (the patch can't be written: is the disk full?)" : ""}`,
      );
    case "died": {
      const how = end.signal === null ? `exit code ${end.exitCode}` : end.signal;
      const said = end.stderr.trim() === "" ? how : `${how}: ${end.stderr.trim()}`;
      // Not by us: the system kills the process that takes the most memory when that runs out.
      if (end.signal === "SIGKILL" || lackOfMemory.test(end.stderr)) return tooLarge(memory, said);
      return new PatchError(
        "ENGINE_UNAVAILABLE",
        end.loaded
          ? `bsdiff-node crashed: use hdiff, or engine "tool". Its process ended with ${said}`
          : `bsdiff-node can't be loaded: ${rebuildBsdiff}. Its process ended with ${said}`,
      );
    }
    default:
      return end satisfies never;
  }
}

function tooLarge(memory: string, said: string): PatchError {
  return new PatchError(
    "TOO_LARGE",
    `bsdiff ran out of memory, of which it was to take about ${memory}: use hdiff, or a machine with more (${said})`,
  );
}
