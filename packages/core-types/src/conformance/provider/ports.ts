import assert from "node:assert/strict";
import type { Server } from "../../provider/server.js";
import { expectCode } from "../expect-code.js";
import { askTcp, askUdp, freeUdpPort, freeUdpRun, takeTcpPort, takeUdpPort } from "./reach.js";
import type { ProviderSuite } from "./suite.js";

const hostPorts = (server: Server) => server.ports.map(({ host }) => host);

export function testPorts({ check, image, hostAddress }: ProviderSuite): void {
  check("a fixed host port leads to the server", async (provider) => {
    const host = await freeUdpPort();
    const server = await provider.allocate({
      image,
      command: ["--udp", "SERVER_PORT"],
      ports: [{ host, container: 5520, protocol: "udp" }],
      readiness: { type: "log", pattern: "^ready$" },
    });
    assert.deepEqual(hostPorts(server), [host]);
    assert.equal(await askUdp(hostAddress, host, "hi"), `${server.name} hi`);
  });

  check(
    "a host port is taken out of the range, each once, until PORTS_EXHAUSTED",
    async (provider) => {
      const first = await freeUdpRun(3);
      const range = `${first}-${first + 2}`;
      const allocate = () =>
        provider.allocate({ image, ports: [{ range, container: 5520, protocol: "udp" }] });
      const servers = [await allocate(), await allocate(), await allocate()];
      const hosts = servers.flatMap(hostPorts).sort();
      assert.deepEqual(hosts, [first, first + 1, first + 2]);
      const error = await expectCode("PORTS_EXHAUSTED", allocate);
      assert.match(error.message, new RegExp(range));
      assert.equal((await provider.list()).length, 3);
      const [gone] = servers;
      await provider.deallocate(gone?.id ?? "");
      assert.deepEqual(hostPorts(await allocate()), hostPorts(gone as Server));
    },
  );

  check("calls at once never share a port of a range", async (provider) => {
    const first = await freeUdpRun(4);
    const range = `${first}-${first + 3}`;
    const calls = Array.from({ length: 4 }, () =>
      provider.allocate({ image, ports: [{ range, container: 5520, protocol: "udp" }] }),
    );
    const hosts = (await Promise.all(calls)).flatMap(hostPorts).sort();
    assert.deepEqual(hosts, [first, first + 1, first + 2, first + 3]);
  });

  check("a port of the range that a stranger holds is passed over", async (provider) => {
    const taken = await takeUdpPort();
    try {
      const range = `${taken.port}-${Math.min(65_535, taken.port + 20)}`;
      const server = await provider.allocate({
        image,
        ports: [{ range, container: 5520, protocol: "udp" }],
      });
      assert.notEqual(server.ports[0]?.host, taken.port);
    } finally {
      await taken.release();
    }
  });

  for (const [protocol, take] of [
    ["udp", takeUdpPort],
    ["tcp", takeTcpPort],
  ] as const) {
    check(
      `a ${protocol} port that a stranger holds is PORT_IN_USE and leaves nothing behind`,
      async (provider) => {
        const taken = await take();
        try {
          const error = await expectCode("PORT_IN_USE", () =>
            provider.allocate({ image, ports: [{ host: taken.port, container: 5520, protocol }] }),
          );
          assert.match(error.message, new RegExp(String(taken.port)));
          assert.deepEqual(await provider.list(), []);
        } finally {
          await taken.release();
        }
      },
    );
  }

  check(
    "a port that another server has is PORT_IN_USE, also while that one is stopped",
    async (provider) => {
      const host = await freeUdpPort();
      const ports = [{ host, container: 5520, protocol: "udp" as const }];
      const first = await provider.allocate({ image, ports });
      await expectCode("PORT_IN_USE", () => provider.allocate({ image, ports }));
      assert.deepEqual(
        (await provider.list()).map(({ id }) => id),
        [first.id],
      );
    },
  );

  check("one number serves as UDP and as TCP port", async (provider) => {
    const host = await freeUdpPort();
    const server = await provider.allocate({
      image,
      command: ["--udp", "PORT_GAME", "--tcp", "PORT_QUERY"],
      ports: [
        { host, container: 5520, protocol: "udp", name: "game" },
        { host, container: 5520, protocol: "tcp", name: "query" },
      ],
      readiness: { type: "log", pattern: "^ready$" },
    });
    assert.deepEqual(hostPorts(server), [host, host]);
    assert.equal(await askUdp(hostAddress, host, "u"), `${server.name} u`);
    assert.equal(await askTcp(hostAddress, host, "t"), "t");
  });

  check("a failed allocate gives its ports back", async (provider) => {
    const host = await freeUdpPort();
    const ports = [{ host, container: 5520, protocol: "udp" as const }];
    await expectCode("START_FAILED", () =>
      provider.allocate({
        image,
        ports,
        command: ["--exit", "3"],
        readiness: { type: "log", pattern: "^ready$" },
      }),
    );
    assert.deepEqual(hostPorts(await provider.allocate({ image, ports })), [host]);
  });
}
