// `npm start`: the main job, on a fresh clone.
import { root } from "./pnpm.mjs";
import { run } from "./run.mjs";
import { setup } from "./setup.mjs";

// The command is built too: the README goes on with it.
await setup(["--filter=@potassium/examples...", "--filter=@potassium/cli..."]);
process.exitCode = await run(process.execPath, ["examples/dist/quickstart.js"], { cwd: root });
