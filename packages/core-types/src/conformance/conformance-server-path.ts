import { fileURLToPath } from "node:url";

/** The program that a provider's conformance image runs with Node: one file, without dependencies. */
export const conformanceServerPath: string = fileURLToPath(
  new URL("./conformance-server.js", import.meta.url),
);
