import assert from "node:assert/strict";
import { expectCode } from "../expect-code.js";
import { type ProviderSuite, waitForState } from "./suite.js";

export function testExec({ check, image, can, evaluate }: ProviderSuite): void {
  if (!can("exec")) return;
  const program = (code: string) => [...evaluate, code];

  check("exec() gives the exit code, stdout and stderr apart", async (provider) => {
    const { id } = await provider.allocate({ image });
    const result = await provider.exec(
      id,
      program("console.log('grüße'); console.error('oh'); process.exitCode = 3"),
    );
    assert.deepEqual(result, { exitCode: 3, stdout: "grüße\n", stderr: "oh\n", truncated: false });
  });

  check("exec() runs in the server's environment, with the caller's on top", async (provider) => {
    const { id, name } = await provider.allocate({
      image,
      environment: { A: "server", B: "server" },
    });
    const { stdout } = await provider.exec(
      id,
      program("console.log(process.env.SERVER_ID, process.env.A, process.env.B)"),
      { environment: { B: "caller" } },
    );
    assert.equal(stdout, `${name} server caller\n`);
  });

  check("exec() gives the command its arguments as they are, and its input", async (provider) => {
    const { id } = await provider.allocate({ image });
    const words = ["a b", "$HOME", "*", "'\"", ";"];
    const { stdout } = await provider.exec(
      id,
      [
        ...program(
          "process.stdin.pipe(process.stdout); console.log(JSON.stringify(process.argv.slice(1)))",
        ),
        "--",
        ...words,
      ],
      { stdin: "from the caller\n" },
    );
    assert.ok(
      stdout.includes(JSON.stringify(words)) && stdout.includes("from the caller\n"),
      stdout,
    );
  });

  check(
    "exec() keeps so much output as was asked for and reads on to the end",
    async (provider) => {
      const { id } = await provider.allocate({ image });
      const result = await provider.exec(id, program("process.stdout.write('x'.repeat(300000))"), {
        maxOutputBytes: 1000,
      });
      assert.deepEqual([result.exitCode, result.stdout.length, result.truncated], [0, 1000, true]);
    },
  );

  check("exec() kills the command after its time and rejects with TIMEOUT", async (provider) => {
    const { id } = await provider.allocate({ image });
    await expectCode("TIMEOUT", () =>
      provider.exec(id, program("setInterval(() => {}, 1000)"), { timeoutMs: 700 }),
    );
  });

  check("an aborted exec() rejects with the reason, and the command is gone", async (provider) => {
    const { id } = await provider.allocate({ image });
    const reason = new Error("enough");
    const controller = new AbortController();
    const call = provider.exec(id, program("setInterval(() => {}, 1000)"), {
      signal: controller.signal,
    });
    controller.abort(reason);
    await assert.rejects(call, (error) => error === reason);
    await assert.rejects(
      provider.exec(id, program(""), { signal: AbortSignal.abort(reason) }),
      (error) => error === reason,
    );
  });

  check(
    "exec() rejects where the program, the server or its process is missing",
    async (provider) => {
      const { id } = await provider.allocate({ image });
      const error = await expectCode("EXEC_FAILED", () => provider.exec(id, ["no-such-program"]));
      assert.match(error.message, /no-such-program/);
      await expectCode("INVALID_ARGUMENT", () => provider.exec(id, []));
      await expectCode("NOT_FOUND", () => provider.exec("no-such-server", program("")));
      await provider.sendCommand(id, "stop");
      await waitForState(provider, id, "stopped");
      await expectCode("NOT_RUNNING", () => provider.exec(id, program("")));
    },
  );
}
