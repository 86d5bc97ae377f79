import { fileURLToPath } from "node:url";

/** Where a program of the demonstration is: beside this one, once it is built. */
export function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
