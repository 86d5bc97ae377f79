import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { AllocateRequest, Server } from "@potassium/core-types";
import type { ProcessProviderOptions } from "@potassium/process";
import { expect } from "vitest";

export interface Outcome {
  readonly server?: Server;
  readonly code?: string;
}

/**
 * A real second process with a provider of its own, which allocates what is requested. It ends, if it
 * has not been killed, when it goes out of scope.
 */
export function ownerProcess(
  options: ProcessProviderOptions,
  requests: readonly AllocateRequest[],
  environment: NodeJS.ProcessEnv = {},
) {
  const program = fileURLToPath(new URL("./fixture/owner.mjs", import.meta.url));
  const child = spawn(process.execPath, [program, JSON.stringify({ options, requests })], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...environment },
  });
  const exited = once(child, "exit");
  const written = once(createInterface({ input: child.stdout }), "line");
  written.catch(() => {});
  /** What came of each request. */
  const outcomes = async (): Promise<readonly Outcome[]> => JSON.parse((await written)[0]);
  return {
    outcomes,
    /** The servers, all of which must have come up. */
    servers: async (): Promise<readonly Server[]> =>
      (await outcomes()).map(({ server, code }) => server ?? expect.fail(`not allocated: ${code}`)),
    /** Kills it without a warning. */
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
    /** Ends it as a service manager does; it does not listen to that. */
    terminate: async () => {
      child.kill("SIGTERM");
      await exited;
    },
    [Symbol.asyncDispose]: async () => {
      child.stdin.on("error", () => {});
      child.stdin.end();
      await exited;
    },
  };
}
