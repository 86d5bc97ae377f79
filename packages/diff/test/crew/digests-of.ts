import type { JobResults } from "../../src/crew/job.js";
import { sha256 } from "../fixture/work-folder.js";

/** What tells the results of matching apart: bytes are compared one by one, and slowly, by `toEqual()`. */
export const digestsOf = (result: JobResults["match"]): string[] =>
  [result.covers, result.control, result.code, result.fresh].map(
    ({ buffer, byteOffset, byteLength }) => sha256(new Uint8Array(buffer, byteOffset, byteLength)),
  );
