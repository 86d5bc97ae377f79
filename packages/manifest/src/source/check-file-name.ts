import { relativePathProblem, shownValue } from "@potassium/core-types";
import { invalidArgument } from "../invalid-argument.js";

/** Refuses a file that is not below the update's folder by the rules of paths in manifests. @throws `INVALID_ARGUMENT` */
export function checkFileName(file: string): void {
  const problem =
    typeof file === "string" ? relativePathProblem(file) : "must be a path below the folder";
  if (problem !== undefined) {
    throw invalidArgument(`invalid file: ${problem}: ${shownValue(file)}`, "file");
  }
}
