// `npm run audit`: asks the registry for known holes in what the packages bring to their users.
import { pnpm } from "./pnpm.mjs";
import { run } from "./run.mjs";

process.exitCode = await run(...pnpm("audit", "--prod", "--audit-level", "moderate"));
