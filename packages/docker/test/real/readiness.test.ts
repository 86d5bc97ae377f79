import { expect, test } from "vitest";
import { describeEngines } from "../engines.js";
import { ownProgram } from "./own-program.js";
import { rawContainers } from "./raw-engine.js";
import { scratch } from "./scratch.js";
import { until } from "./until.js";

/** A game that first is deaf for a while, then answers each packet as `answer` says. */
const fakeGame = (answer: string) =>
  ownProgram(`import { createSocket } from "node:dgram";
    const answerTo = ${answer};
    setTimeout(() => {
      const socket = createSocket("udp4");
      socket.on("message", (message, { port, address }) => {
        const answer = answerTo(message);
        if (answer) socket.send(answer, port, address, () => console.log("answered"));
      });
      socket.bind(5520);
    }, 700);`);

const magic = "00ffff00fefefefefdfdfdfd12345678";

const raknet =
  fakeGame(`(message) => message[0] === 1 && message.subarray(9, 25).toString("hex") === "${magic}"
  && Buffer.concat([Buffer.from([0x1c]), message.subarray(1, 9), Buffer.alloc(8), message.subarray(9, 25), Buffer.from("\\0\\x04MCPE")])`);

const source =
  fakeGame(`(message) => message.toString("latin1") === "\\xff\\xff\\xff\\xffTSource Engine Query\\0"
  && Buffer.from("\\xff\\xff\\xff\\xffA1234", "latin1")`);

describeEngines((engine) => {
  const { image, host } = engine;
  const ports = [{ container: 5520, protocol: "udp" as const }];

  test("tcp is not fooled by an engine that takes connections for a server that is deaf", async () => {
    await using ours = scratch(engine);
    const request = {
      image,
      ports: [{ container: 5520, protocol: "tcp" as const }],
      readiness: { type: "tcp" as const, timeoutMs: 2500, intervalMs: 100 },
    };
    await expect(ours.provider.allocate(request)).rejects.toMatchObject({ code: "NOT_READY" });
    expect(await rawContainers(host, `potassium.namespace=${ours.namespace}`)).toEqual([]);
    const listens = { ...request, command: ["--tcp", "SERVER_PORT"] };
    const patient = { ...listens, readiness: { type: "tcp" as const } };
    expect((await ours.provider.allocate(patient)).status.state).toBe("running");
  });

  test("a RakNet game counts as ready once it answers an unconnected ping", async () => {
    await using ours = scratch(engine);
    const readiness = { type: "udp", probe: "raknet", intervalMs: 100 } as const;
    const { id } = await ours.provider.allocate({ image, ports, environment: raknet, readiness });
    await until("the answer in the log", async () =>
      (await ours.provider.logs(id)).some(({ text }) => text === "answered"),
    );
  });

  test("a Source game counts as ready once it answers A2S_INFO with a challenge", async () => {
    await using ours = scratch(engine);
    const readiness = { type: "udp", probe: "a2s", intervalMs: 100 } as const;
    const { id } = await ours.provider.allocate({ image, ports, environment: source, readiness });
    await until("the answer in the log", async () =>
      (await ours.provider.logs(id)).some(({ text }) => text === "answered"),
    );
  });

  test("a game of the other kind, or that answers something else, is NOT_READY and removed", async () => {
    await using ours = scratch(engine);
    const times = { timeoutMs: 2500, intervalMs: 100 } as const;
    const wrong = [
      { environment: source, readiness: { type: "udp", probe: "raknet", ...times } },
      {
        environment: raknet,
        readiness: { type: "udp", probe: { send: "00ff", expect: "ff" }, ...times },
      },
    ] as const;
    const refusals = wrong.map((request) =>
      expect(ours.provider.allocate({ image, ports, ...request })).rejects.toMatchObject({
        code: "NOT_READY",
      }),
    );
    await Promise.all(refusals);
    expect(await rawContainers(host, `potassium.namespace=${ours.namespace}`)).toEqual([]);
  });

  test("a custom probe's answer must begin with the bytes that are expected", async () => {
    await using ours = scratch(engine);
    const environment = fakeGame(`(message) => Buffer.concat([Buffer.from("pong"), message])`);
    const probe = {
      send: Buffer.from("ping").toString("hex"),
      expect: Buffer.from("pongping").toString("hex"),
    };
    const readiness = { type: "udp", probe } as const;
    const server = await ours.provider.allocate({ image, ports, environment, readiness });
    expect(server.status.state).toBe("running");
  });

  test("a server that ends before it is ready is START_FAILED with its code and last words", async () => {
    await using ours = scratch(engine);
    const error: unknown = await ours.provider
      .allocate({
        image,
        ports,
        command: ["--exit", "7"],
        readiness: { type: "udp", probe: "a2s" },
      })
      .catch((problem: unknown) => problem);
    expect(error).toMatchObject({ code: "START_FAILED" });
    expect(String(error)).toMatch(/7[\s\S]*exiting with 7/);
    expect(await rawContainers(host, `potassium.namespace=${ours.namespace}`)).toEqual([]);
  });
});
