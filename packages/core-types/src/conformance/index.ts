export type { TestFunction } from "./test-runner.js";
