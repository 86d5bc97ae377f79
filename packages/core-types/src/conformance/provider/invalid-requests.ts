import assert from "node:assert/strict";
import type { AllocateRequest } from "../../provider/allocate-request.js";
import { expectCode } from "../expect-code.js";
import type { ProviderSuite } from "./suite.js";

const hostileNames = [
  "",
  "a",
  "../x",
  "a b",
  "-x",
  ".x",
  "x\n",
  "a/b",
  "ü-1",
  "x".repeat(200),
  "$(reboot)",
];

/** A request that is wrong, and the field that the error must name. */
type BadRequest = readonly [field: string, request: Record<string, unknown>];

const badRequests: readonly BadRequest[] = [
  ["image", { image: "" }],
  ["image", { image: "two words" }],
  ["image", { image: undefined }],
  ["imgae", { imgae: "typo" }],
  ["ports[0].protocol", { ports: [{ container: 5520 }] }],
  ["ports[0].protocol", { ports: [{ container: 5520, protocol: "sctp" }] }],
  ["ports[0].container", { ports: [{ container: 0, protocol: "udp" }] }],
  ["ports[0].container", { ports: [{ container: 5520.5, protocol: "udp" }] }],
  ["ports[0].host", { ports: [{ container: 5520, protocol: "udp", host: 65_536 }] }],
  ["ports[0].range", { ports: [{ container: 5520, protocol: "udp", range: "9-5" }] }],
  ["ports[0].range", { ports: [{ container: 5520, protocol: "udp", range: "1-9", host: 5 }] }],
  [
    "ports[1].host",
    { ports: [1, 2].map((container) => ({ container, protocol: "udp", host: 5520 })) },
  ],
  [
    "ports[1].name",
    {
      ports: ["a-b", "A_B"].map((name, index) => ({ container: index + 1, protocol: "udp", name })),
    },
  ],
  ["environment", { environment: ["A=1"] }],
  ['environment["A=B"]', { environment: { "A=B": "1" } }],
  ["environment.A", { environment: { A: "nul\0" } }],
  ["command[0]", { command: ["nul\0"] }],
  ["labels.a", { labels: { a: 1 } }],
  ["ip", { ip: "10.0.0.5" }],
  ["ip", { network: "n", ip: "10.0.0.256" }],
  ["cpuLimit", { cpuLimit: -1 }],
  ["memoryLimit", { memoryLimit: 0.5 }],
  ["restartPolicy.name", { restartPolicy: { name: "sometimes" } }],
  ["stop.signal", { stop: { signal: "TERM; reboot" } }],
  ["stop.graceMs", { stop: { graceMs: -1 } }],
  ["readiness.pattern", { readiness: { type: "log", pattern: "(" } }],
  ["readiness.port", { readiness: { type: "tcp", port: 1 } }],
  ["idempotencyKey", { idempotencyKey: "" }],
];

export function testInvalidRequests({ check, image, can, folder }: ProviderSuite): void {
  check("allocate() refuses hostile names before anything is started", async (provider) => {
    for (const name of hostileNames) {
      const error = await expectCode("INVALID_ARGUMENT", () => provider.allocate({ image, name }));
      assert.equal(error.field, "name");
    }
    assert.deepEqual(await provider.list(), []);
  });

  check(
    "allocate() refuses a bad request with the field at fault, before anything is started",
    async (provider) => {
      for (const [field, request] of badRequests) {
        const bad = { image, ...request } as unknown as AllocateRequest;
        const error = await expectCode("INVALID_ARGUMENT", () => provider.allocate(bad));
        assert.equal(error.field, field, `${JSON.stringify(request)}: ${error.message}`);
      }
      assert.deepEqual(await provider.list(), []);
    },
  );

  check("calls refuse a bad id, filter or option with its field", async (provider) => {
    const anyFilter = { stat: "running" } as never;
    assert.equal(
      (await expectCode("INVALID_ARGUMENT", () => provider.list(anyFilter))).field,
      "stat",
    );
    for (const id of ["../..", "a/b", "x\0", "%2e%2e"]) {
      assert.equal(await provider.get(id), undefined, `get(${JSON.stringify(id)})`);
      await provider.deallocate(id);
      await expectCode("NOT_FOUND", () => provider.restart(id));
    }
  });

  check(
    "calls refuse what is no id, rather than take it for a server that is gone",
    async (provider) => {
      const server = await provider.allocate({ image });
      for (const id of [
        server,
        undefined,
        null,
        "",
        5,
      ] as readonly unknown[] as readonly string[]) {
        const calls = [
          () => provider.get(id),
          () => provider.deallocate(id),
          () => provider.restart(id),
          () => provider.logs(id),
          () => provider.followLogs(id)[Symbol.asyncIterator]().next(),
          () => provider.sendCommand(id, "x"),
          ...(can("files") ? [() => provider.deleteFile(id, "/x")] : []),
        ];
        for (const call of calls) {
          assert.equal((await expectCode("INVALID_ARGUMENT", call)).field, "id");
        }
      }
      assert.deepEqual(await provider.get(server.id), server);
    },
  );

  check(
    "calls refuse options that they don't know, and values that make no sense",
    async (provider) => {
      const { id } = await provider.allocate({ image });
      const first = (stream: AsyncIterable<unknown>) => stream[Symbol.asyncIterator]().next();
      const wrong = (options: unknown) => options as never;
      const calls: readonly (readonly [field: string, call: () => Promise<unknown>])[] = [
        ["signal", () => provider.list({}, wrong({ signal: "x" }))],
        ["singal", () => provider.get(id, wrong({ singal: 1 }))],
        ["options", () => provider.deallocate(id, wrong(null))],
        ["signal", () => provider.restart(id, wrong({ signal: new AbortController() }))],
        ["tial", () => provider.logs(id, wrong({ tial: 5 }))],
        ["tail", () => provider.logs(id, { tail: -1 })],
        ["until", () => first(provider.followLogs(id, wrong({ until: "2026-01-01T00:00:00Z" })))],
        ["signal", () => first(provider.events(wrong({ signal: "x" })))],
        ...(can("exec")
          ? ([
              ["timeout", () => provider.exec(id, ["x"], wrong({ timeout: 5 }))],
              ["timeoutMs", () => provider.exec(id, ["x"], { timeoutMs: -1 })],
              ["stdin", () => provider.exec(id, ["x"], wrong({ stdin: 5 }))],
              ["command", () => provider.exec(id, [])],
            ] as const)
          : []),
        ...(can("files")
          ? ([
              ["mode", () => provider.copyTo(id, `${folder}f`, "", wrong({ mode: "755" }))],
              ["content", () => provider.copyTo(id, `${folder}f`, wrong({ a: 1 }))],
              ["path", () => provider.copyTo(id, wrong(5), "")],
              ["maxByte", () => first(provider.copyFrom(id, `${folder}f`, wrong({ maxByte: 1 })))],
              ["maxBytes", () => first(provider.copyFrom(id, `${folder}f`, { maxBytes: -1 }))],
            ] as const)
          : []),
      ];
      for (const [field, call] of calls) {
        assert.equal((await expectCode("INVALID_ARGUMENT", call)).field, field);
      }
      assert.equal((await provider.get(id))?.status.state, "running");
    },
  );
}
