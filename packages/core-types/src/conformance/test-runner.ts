/** Registers one test. `test` of vitest, node:test, jest and mocha (`it`) fits. */
export type TestFunction = (name: string, body: () => Promise<void>) => unknown;
