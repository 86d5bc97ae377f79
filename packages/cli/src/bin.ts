#!/usr/bin/env node
import { processEdges } from "./edge/process-edges.js";
import { run } from "./run.js";

const code = await run(processEdges());
// Not process.exitCode: a connection that a library keeps open must not hold the command.
process.exit(code);
