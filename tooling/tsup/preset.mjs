/**
 * The build of one package: ES modules for Node with declarations and source maps.
 *
 * @param {{ entry: Record<string, string>, noExternal?: string[], onSuccess?: () => Promise<void> }} options
 *   `entry` maps an output's name to its source file.
 * @returns {import("tsup").Options}
 */
export function preset({ entry, ...rest }) {
  return {
    entry,
    format: ["esm"],
    platform: "node",
    target: "node20.19",
    dts: true,
    sourcemap: true,
    clean: true,
    splitting: true,
    ...rest,
  };
}
