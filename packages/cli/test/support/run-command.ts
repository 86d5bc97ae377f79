import { PassThrough, Readable } from "node:stream";
import type { Edges, SignalName } from "../../src/edge/edges.js";
import { run } from "../../src/run.js";

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  /** Whether stdout and stderr say that they are terminals. */
  readonly terminal?: boolean;
}

/** What a command line came to. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command line that is at work in this process. */
export interface Running extends Promise<Outcome> {
  /** What came so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Sends it a signal. */
  readonly kill: (signal: SignalName) => void;
  /** The exit codes with which it wanted to end at once. */
  readonly exits: readonly number[];
}

/** Runs the command in this process, with edges of its own. */
export function runCommand(argv: readonly string[], options: RunOptions = {}): Running {
  const { env = {}, stdin = "", terminal = false } = options;
  const listeners = new Set<(signal: SignalName) => void>();
  const exits: number[] = [];
  const out = new Collector(terminal);
  const err = new Collector(terminal);
  const edges: Edges = {
    argv,
    env,
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: out.stream,
    stderr: err.stream,
    onSignal(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    exitNow: (code) => exits.push(code),
    now: () => performance.now(),
  };
  const outcome = run(edges).then((code) => ({ code, stdout: out.text, stderr: err.text }));
  return Object.assign(outcome, {
    stdout: () => out.text,
    stderr: () => err.text,
    kill: (signal: SignalName) => {
      for (const listener of listeners) listener(signal);
    },
    exits,
  });
}

class Collector {
  readonly stream: PassThrough & { isTTY?: boolean; columns?: number };
  readonly #chunks: Buffer[] = [];

  constructor(terminal: boolean) {
    this.stream = Object.assign(new PassThrough(), terminal ? { isTTY: true, columns: 100 } : {});
    this.stream.on("data", (chunk: Buffer) => this.#chunks.push(chunk));
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString("utf8");
  }
}
