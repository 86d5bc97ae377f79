import assert from "node:assert/strict";
import { collectBytes } from "../../provider/collect-bytes.js";
import { rejectionOf } from "../expect-code.js";
import { waitFor } from "../wait-for.js";
import type { ProviderSuite } from "./suite.js";

export function testAborting({ check, image, can, folder }: ProviderSuite): void {
  const reason = new Error("enough");

  check(
    "an aborted signal rejects every call with its reason, before anything is done",
    async (provider) => {
      const { id } = await provider.allocate({ image });
      const options = { signal: AbortSignal.abort(reason) };
      const calls: (() => unknown)[] = [
        () => provider.allocate({ image }, options),
        () => provider.list({}, options),
        () => provider.get(id, options),
        () => provider.deallocate(id, options),
        () => provider.restart(id, options),
        () => provider.logs(id, options),
        () => provider.followLogs(id, options)[Symbol.asyncIterator]().next(),
      ];
      if (can("console")) calls.push(() => provider.sendCommand(id, "stop", options));
      if (can("stats")) calls.push(() => provider.stats(id, options));
      if (can("files")) {
        calls.push(() => provider.copyTo(id, `${folder}x`, "x", options));
        calls.push(() => collectBytes(provider.copyFrom(id, `${folder}x`, options)));
        calls.push(() => provider.deleteFile(id, `${folder}x`, options));
        calls.push(() => provider.copyFolderTo(id, `${folder}x`, ".", options));
        calls.push(() => provider.copyFolderFrom(id, `${folder}x`, "none", options));
      }
      for (const call of calls) assert.equal(await rejectionOf(call), reason, String(call));
      const servers = await provider.list();
      assert.deepEqual(
        servers.map((server) => [server.id, server.status.state]),
        [[id, "running"]],
      );
    },
  );

  check("an allocate() that is aborted while it waits leaves nothing behind", async (provider) => {
    const controller = new AbortController();
    const call = provider.allocate(
      { image, command: ["--silent"], readiness: { type: "log", pattern: "^ready$" } },
      { signal: controller.signal },
    );
    call.catch(() => {});
    await waitFor(
      "the server to run",
      async () => (await provider.list({ state: "running" })).length === 1,
    );
    controller.abort(reason);
    assert.equal(await rejectionOf(() => call), reason);
    assert.deepEqual(await provider.list(), []);
  });

  check(
    "an allocate() that is aborted at any moment gives a server or leaves nothing",
    async (provider) => {
      for (let turn = 0; turn < 8; turn += 1) {
        const controller = new AbortController();
        const call = provider.allocate({ image }, { signal: controller.signal });
        const timer = setTimeout(() => controller.abort(reason), turn * 20);
        const result = await call.then(
          ({ id }) => [id],
          (error: unknown) => {
            assert.equal(error, reason);
            return [];
          },
        );
        clearTimeout(timer);
        assert.deepEqual(
          (await provider.list()).map(({ id }) => id),
          result,
        );
        for (const id of result) await provider.deallocate(id);
      }
    },
  );
}
