import { fork } from "node:child_process";
import { once } from "node:events";

/** A program in a process of its own, which ends with this one. */
export interface Child<Ready> extends AsyncDisposable {
  /** What it said once it was ready. */
  readonly ready: Ready;
}

/** Starts a program of this folder and waits for its first message. */
export async function startChild<Ready>(file: string): Promise<Child<Ready>> {
  const child = fork(new URL(file, import.meta.url));
  const ended = once(child, "exit");
  const [message] = await Promise.race([
    once(child, "message"),
    ended.then(([code]) => {
      throw new Error(`${file} ended with ${code} before it was ready`);
    }),
  ]);
  return {
    ready: message as Ready,
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await ended;
    },
  };
}

/** In the child: says that it is ready, and ends when the parent wants it to. */
export function sayReady(ready: object, end: () => Promise<void>): void {
  process.once("disconnect", () => void end());
  process.send?.(ready);
}
