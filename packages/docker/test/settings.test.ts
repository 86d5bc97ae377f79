import { expect, test } from "vitest";
import { DockerProvider } from "../src/index.js";

const wrong: readonly (readonly [field: string, options: unknown])[] = [
  ["provider options", null],
  ["provider options", "unix:///run/docker.sock"],
  ["socketPath", { socketPath: "/run/docker.sock" }],
  ["nameSpace", { nameSpace: "mine" }],
  ["host", { host: "" }],
  ["context", { host: "unix:///run/docker.sock", context: "far" }],
  ["namespace", { namespace: "a b" }],
  ["pull", { pull: "sometimes" }],
  ["auth", { auth: { username: "u", password: "p" } }],
  ["connections", { connections: 0 }],
  ["hostAddress", { hostAddress: "localhost" }],
  ["timeoutMs", { timeoutMs: "5s" }],
  ["timeoutMs", { timeoutMs: -1 }],
  ["timeoutMs", { timeoutMs: 2 ** 31 }],
  ["hardening.init", { hardening: { init: "no" } }],
  ["hardening.logMaxBytes", { hardening: { logMaxBytes: -5 } }],
  ["hardening.nitro", { hardening: { nitro: true } }],
  ["tls.cert", { tls: { cert: 5 } }],
  ["conntrack", { conntrack: "on" }],
];

test("options that nobody knows were passed over, and another engine was looked for", () => {
  for (const [field, options] of wrong) {
    const make = () => new DockerProvider(options as never);
    expect(make, JSON.stringify(options)).toThrowError(
      expect.objectContaining({ code: "INVALID_ARGUMENT", field }),
    );
  }
});

test("the message of a misspelt option names the one that was meant", () => {
  expect(() => new DockerProvider({ nameSpace: "mine" } as never)).toThrow(/namespace/);
});
