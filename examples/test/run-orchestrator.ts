import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { FleetState } from "../orchestrator/page/fleet-state.js";
import { waitUntil } from "./wait-until.js";

const program = fileURLToPath(new URL("../dist/orchestrator.js", import.meta.url));

/** The example, as a process of its own. */
export interface RunningOrchestrator extends AsyncDisposable {
  readonly url: string;
  /** What it has printed so far. */
  readonly output: () => string;
  readonly state: () => Promise<FleetState>;
  /** Sends what a button sends, and gives what is answered. */
  readonly act: (method: string, path: string) => Promise<string>;
  /** As a loss of power would end it. */
  readonly kill: () => Promise<void>;
}

/** Starts it and waits until its page is open. It ends as by Ctrl-C, and removes what it has started. */
export async function runOrchestrator(env: NodeJS.ProcessEnv): Promise<RunningOrchestrator> {
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, ORCHESTRATOR_PROVIDER: "process", ORCHESTRATOR_PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  const ended = once(child, "close");
  const page = () => /The page is on (\S+);/.exec(output)?.[1];
  await waitUntil("the page is open", () => {
    if (hasEnded(child)) throw new Error(`the orchestrator has ended: ${output}`);
    return page() !== undefined;
  });
  const url = page() ?? "";
  const end = async (signal: NodeJS.Signals) => {
    if (!hasEnded(child)) child.kill(signal);
    await ended;
  };
  return {
    url,
    output: () => output,
    state: () => readState(`${url}events`),
    async act(method, path) {
      const { message } = (await (await fetch(url + path, { method })).json()) as {
        message: string;
      };
      return message;
    },
    kill: () => end("SIGKILL"),
    [Symbol.asyncDispose]: () => end("SIGINT"),
  };
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

/** What the first of its server-sent events says. */
async function readState(url: string): Promise<FleetState> {
  const answer = await fetch(url);
  let text = "";
  for await (const piece of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += piece;
    if (text.includes("\n\n")) break;
  }
  return JSON.parse(text.slice("data: ".length, text.indexOf("\n\n"))) as FleetState;
}
