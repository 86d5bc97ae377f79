import { expect, test } from "vitest";
import { type ConntrackTool, forgetFlows } from "../../src/conntrack/forget-flows.js";
import { readEngineInfo } from "../../src/engine/engine-info.js";
import { FakeEngine } from "../fake-engine/fake-engine.js";
import { json } from "../fake-engine/reply.js";

const udp = [{ container: 5520, host: 5521, protocol: "udp" }] as const;

/** Runs it with a tool that notes its calls and then fails so, if it is told to. */
async function forget(options: {
  readonly failure?: object;
  readonly listed?: string;
  readonly permitted?: boolean;
  readonly info?: object;
  readonly conntrack?: "auto" | "off";
}) {
  await using engine = await FakeEngine.start();
  engine.on("GET", /^\/info$/, () => json(200, { CgroupVersion: "2", ...options.info }));
  const calls: (readonly string[])[] = [];
  const tool: ConntrackTool = {
    permitted: options.permitted ?? true,
    ownAddresses: () => ["192.0.2.7"],
    run: async (args) => {
      calls.push(args);
      if (options.failure !== undefined) throw Object.assign(new Error("failed"), options.failure);
      return options.listed ?? "";
    },
  };
  const client = engine.client();
  const connection = { client, info: await readEngineInfo(client) };
  const conntrack = options.conntrack ?? "auto";
  const flows = { connection, hostAddress: "0.0.0.0", conntrack };
  return { warnings: await forgetFlows(flows, udp, tool), calls };
}

test("where there is no flow one look is all, and nothing is to warn of", async () => {
  const { calls, warnings } = await forget({});
  expect(calls.map(([word]) => word)).toEqual(["-L"]);
  expect(warnings).toEqual([]);
});

test("flows that there are are deleted", async () => {
  const { calls } = await forget({ listed: "udp 17 29 src=198.51.100.9 dst=192.0.2.7 sport=1" });
  expect(calls.map(([word]) => word)).toEqual(["-L", "-D"]);
});

test("that a flow has ended meanwhile is no problem, though the tool fails then", async () => {
  const stderr = "conntrack v1.4.7 (conntrack-tools): 0 flow entries have been deleted.\n";
  expect((await forget({ failure: { code: 1, stderr } })).warnings).toEqual([]);
});

test("a tool that is not there, or not allowed to, is a warning and no error", async () => {
  const missing = await forget({ failure: { code: "ENOENT" } });
  expect(missing.warnings).toEqual([expect.stringContaining("conntrack is not installed")]);
  const denied = await forget({ failure: { code: 1, stderr: "Operation not permitted" } });
  expect(denied.warnings).toEqual([expect.stringContaining("Operation not permitted")]);
});

test("where it is off, without the right to it, and with a rootless engine nothing is tried", async () => {
  const nothing = { calls: [], warnings: [] };
  expect(await forget({ conntrack: "off" })).toEqual(nothing);
  expect(await forget({ permitted: false })).toEqual(nothing);
  expect(await forget({ info: { SecurityOptions: ["name=rootless"] } })).toEqual(nothing);
});
