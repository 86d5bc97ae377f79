import { fork } from "node:child_process";
import { once } from "node:events";
import type { BsdiffNodeJob } from "./bsdiff-node-process.js";

/** bsdiff-node at work in another process. */
export interface BsdiffNodePeer extends AsyncDisposable {
  apply(job: BsdiffNodeJob): Promise<void>;
}

/** `undefined`, said loudly, where it is not installed. */
export async function startBsdiffNode(): Promise<BsdiffNodePeer | undefined> {
  const child = fork(new URL("./bsdiff-node-process.ts", import.meta.url));
  const ended = once(child, "exit");
  const answer = async () => {
    const broken = ended.then(([code]) => {
      throw new Error(`bsdiff-node's process ended with ${code}`);
    });
    await Promise.race([once(child, "message"), broken]);
  };
  try {
    await answer();
  } catch (error) {
    console.error(`nothing is measured beside bsdiff-node: ${error}`);
    return undefined;
  }
  return {
    async apply(job) {
      child.send(job);
      await answer();
    },
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await ended;
    },
  };
}
