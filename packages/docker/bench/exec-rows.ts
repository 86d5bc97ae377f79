import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import type { BenchRow } from "@potassium/tooling/bench";
import type { BenchEngine } from "./bench-engine.js";
import { takeTurns } from "./turns.js";

const command = ["id", "-u"];

/** A small program run inside a server, to its exit code and output. */
export async function execRows(engine: BenchEngine): Promise<BenchRow[]> {
  const { provider, image } = engine;
  const { id } = await provider.allocate({ image });
  const { exitCode, stdout } = await provider.exec(id, command);
  assert.deepEqual([exitCode, stdout], [0, "0\n"]);
  assert.deepEqual(await execByPeer(engine, id), { exitCode: 0, stdout: "0\n" });
  const times = await takeTurns(
    15,
    () => provider.exec(id, command),
    () => execByPeer(engine, id),
  );
  await provider.deallocate(id);
  const peer = "dockerode exec + start + inspect";
  return [
    {
      case: "exec round trip",
      metric: "time",
      unit: "ms",
      value: times.ours,
      peer,
      peerValue: times.peer,
    },
  ];
}

async function execByPeer({ docker }: BenchEngine, id: string) {
  const options = { Cmd: command, AttachStdout: true, AttachStderr: true };
  const exec = await docker.getContainer(id).exec(options);
  const stream = await exec.start({ hijack: true, stdin: false });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  docker.modem.demuxStream(stream, stdout, stderr);
  // It never ends its outputs by itself.
  stream.once("end", () => {
    stdout.end();
    stderr.end();
  });
  stderr.resume();
  const output = await text(stdout);
  for (;;) {
    const { Running, ExitCode } = await exec.inspect();
    if (!Running) return { exitCode: ExitCode, stdout: output };
  }
}
