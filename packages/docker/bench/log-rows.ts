import assert from "node:assert/strict";
import { PassThrough, type Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { delay } from "@potassium/core-types";
import type { BenchRow } from "@potassium/tooling/bench";
import type { BenchEngine } from "./bench-engine.js";
import { takeTurns } from "./turns.js";

const count = 1_000_000;

/** A million lines, followed from the first: by a loop over typed lines, and by dockerode's demultiplexer. */
export async function logRows(engine: BenchEngine): Promise<BenchRow[]> {
  const { provider, image } = engine;
  const { id } = await provider.allocate({ image, command: ["--print", String(count)] });
  while ((await provider.logs(id, { tail: 1 }))[0]?.text !== "ready") await delay(200);
  const row = {
    case: `followLogs of ${count.toLocaleString("en")} lines`,
    metric: "time",
    unit: "ms",
  };
  // Each run checks every line, so a wrong one is never timed as right.
  const { ours, peer } = await takeTurns(
    1,
    () => follow(engine, id),
    () => followByPeer(engine, id, true),
  );
  await provider.deallocate(id);
  return [{ ...row, peer: "dockerode logs + demuxStream", value: ours, peerValue: peer }];
}

async function follow({ provider }: BenchEngine, id: string): Promise<void> {
  const lines = new LineCheck();
  for await (const { stream, text, time } of provider.followLogs(id)) {
    assert.ok(stream === "stdout" && time.endsWith("Z"));
    if (lines.take(text)) return;
  }
}

/** With times, as ours, and split into lines and times by the least that does it. */
async function followByPeer(
  { docker }: BenchEngine,
  id: string,
  timestamps: boolean,
): Promise<void> {
  const options = { follow: true, stdout: true, stderr: true, timestamps } as const;
  const stream = (await docker.getContainer(id).logs(options)) as Readable;
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  docker.modem.demuxStream(stream, stdout, stderr);
  stderr.resume();
  const lines = new LineCheck();
  const decoder = new StringDecoder("utf8");
  let rest = "";
  try {
    for await (const piece of stdout) {
      const parts = (rest + decoder.write(piece as Buffer)).split("\n");
      rest = parts.pop() ?? "";
      for (const part of parts) {
        const blank = timestamps ? part.indexOf(" ") : -1;
        assert.ok(!timestamps || part[blank - 1] === "Z");
        if (lines.take(part.slice(blank + 1))) return;
      }
    }
  } finally {
    stream.destroy();
  }
}

/** Sees that no line is missing, doubled or out of place. */
class LineCheck {
  #seen = 0;

  /** Whether this was the last one. */
  take(text: string): boolean {
    if (!text.startsWith("line ")) return false;
    this.#seen += 1;
    if (text !== `line ${this.#seen}`) assert.fail(`${text} came as number ${this.#seen}`);
    return this.#seen === count;
  }
}
