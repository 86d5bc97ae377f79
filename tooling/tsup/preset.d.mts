import type { Options } from "tsup";

/** The build of one package: ES modules for Node with declarations and source maps. */
export function preset(options: Partial<Options> & { entry: Record<string, string> }): Options;
