import assert from "node:assert/strict";
import type { Readiness } from "../../provider/readiness.js";
import { expectCode } from "../expect-code.js";
import type { ProviderSuite } from "./suite.js";

const udp = { container: 5520, protocol: "udp", name: "game" } as const;
const tcp = { container: 5521, protocol: "tcp", name: "query" } as const;

const probes: readonly (readonly [
  name: string,
  command: readonly string[],
  readiness: Readiness,
])[] = [
  ["a line of its log matches", [], { type: "log", pattern: "^rea.y$" }],
  ["its TCP port takes connections", ["--tcp", "PORT_QUERY"], { type: "tcp", port: "query" }],
  ["its HTTP port answers", ["--http", "PORT_QUERY"], { type: "http", path: "/health" }],
  [
    "its UDP port answers",
    ["--udp", "PORT_GAME"],
    { type: "udp", port: 5520, probe: { send: "70696e67" } },
  ],
];

export function testReadiness(suite: ProviderSuite): void {
  const { check, image, can, evaluate } = suite;

  for (const [name, command, readiness] of probes) {
    check(`allocate() returns once ${name}`, async (provider) => {
      const server = await provider.allocate({
        image,
        ports: [udp, tcp],
        readiness,
        ...(command.length === 0 ? {} : { command }),
      });
      assert.equal(server.status.state, "running");
    });
  }

  if (can("exec")) {
    check("allocate() returns once a command inside the server succeeds", async (provider) => {
      const command = [...evaluate, "process.exit(process.env.GO === 'yes' ? 0 : 1)"];
      const readiness = { type: "exec", command } as const;
      await provider.allocate({ image, environment: { GO: "yes" }, readiness });
      const never = { ...readiness, timeoutMs: 1500 };
      await expectCode("NOT_READY", () => provider.allocate({ image, readiness: never }));
    });
  }

  check(
    "allocate() rejects with NOT_READY after the deadline and leaves nothing behind",
    async (provider) => {
      for (const readiness of [
        { type: "log", pattern: "^never$", timeoutMs: 600 },
        { type: "tcp", timeoutMs: 600, intervalMs: 50 },
        { type: "udp", timeoutMs: 600, intervalMs: 50, probe: "raknet" },
      ] as const) {
        await expectCode("NOT_READY", () =>
          provider.allocate({ image, ports: [udp, tcp], readiness }),
        );
        assert.deepEqual(await provider.list(), []);
      }
    },
  );

  check(
    "allocate() rejects with START_FAILED and the last lines where the server ends first",
    async (provider) => {
      const error = await expectCode("START_FAILED", () =>
        provider.allocate({
          image,
          command: ["--exit", "3"],
          readiness: { type: "log", pattern: "^ready$" },
        }),
      );
      assert.match(error.message, /\b3\b/);
      assert.match(error.message, /exiting with 3/);
      assert.deepEqual(await provider.list(), []);
    },
  );
}
