import { createRequire } from "node:module";

/** This package's version. Read when it is asked for: importing reads no file. */
export function version(): string {
  const load = createRequire(import.meta.url);
  return (load("../package.json") as { readonly version: string }).version;
}
