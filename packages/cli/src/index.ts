export type { Edges, OutputStream, SignalName } from "./edge/edges.js";
export { processEdges } from "./edge/process-edges.js";
export { ExitCode } from "./exit/exit-code.js";
export { run } from "./run.js";
