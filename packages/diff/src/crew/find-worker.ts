import { findProgramFile } from "../find-program-file.js";

/** The built program of the threads. @throws `ENGINE_UNAVAILABLE` where the package was bundled without it */
export const findWorkerProgram = (): string => findProgramFile("hdiff-worker.js");
