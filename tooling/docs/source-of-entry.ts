/**
 * The source file behind what is imported: that of `@potassium/relay/server`, of the package in the folder
 * `packages/relay`, is `packages/relay/src/server/index.ts`.
 */
export function sourceOfEntry(folder: string, entry: string): string {
  const [, , ...path] = entry.split("/");
  return [folder, "src", ...path, "index.ts"].join("/");
}
