import type { SpawnOptions } from "node:child_process";

/** The repository's folder. */
export const root: string;

/** `pnpm@<version>`, as package.json pins it. */
export const pinnedPnpm: string;

/** The command line that runs the pinned pnpm by npm, so that nobody needs pnpm installed. */
export function pnpm(...args: string[]): [program: string, args: string[], options: SpawnOptions];
