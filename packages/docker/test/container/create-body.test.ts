import { expect, test } from "vitest";
import { droppedCapabilities } from "../../src/container/hardening.js";
import { bodyOf } from "./sample.js";

const udp = { container: 5520, protocol: "udp" } as const;
const tcp = { container: 5520, protocol: "tcp" } as const;

test("the same request gives the same bytes, in whatever order its variables stand", () => {
  const one = bodyOf({ environment: { B: "2", A: "1" } }).body;
  const other = bodyOf({ environment: { A: "1", B: "2" } }).body;
  expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  expect(one["Env"]).toEqual(["A=1", "B=2", "SERVER_HOST=0.0.0.0", "SERVER_ID=lobby-1"]);
});

test("the protocol of a port is always said, and udp and tcp of one number are two ports", () => {
  const { body, host } = bodyOf({
    ports: [
      { ...udp, host: 21001 },
      { ...tcp, host: 21001 },
    ],
  });
  expect(body["ExposedPorts"]).toEqual({ "5520/udp": {}, "5520/tcp": {} });
  expect(host["PortBindings"]).toEqual({
    "5520/udp": [{ HostIp: "", HostPort: "21001" }],
    "5520/tcp": [{ HostIp: "", HostPort: "21001" }],
  });
});

test("two of the host's ports may lead to one of the container's", () => {
  const { host } = bodyOf({
    ports: [
      { ...udp, host: 21001 },
      { ...udp, host: 21002 },
    ],
  });
  expect(host["PortBindings"]).toEqual({
    "5520/udp": [
      { HostIp: "", HostPort: "21001" },
      { HostIp: "", HostPort: "21002" },
    ],
  });
});

test("on a network nothing is published unless it was asked for", () => {
  const hidden = bodyOf({ network: "banananet", ports: [udp] });
  expect(hidden.host).toMatchObject({ NetworkMode: "banananet", PortBindings: {} });
  const published = bodyOf({ network: "banananet", ports: [{ ...udp, host: 21001 }] });
  expect(published.host["PortBindings"]).toHaveProperty("5520/udp");
});

test.each([
  ["0.0.0.0", ""],
  ["127.0.0.1", "127.0.0.1"],
  ["::1", "::1"],
])("a host address of %s is said to the engine as %j", (hostAddress, HostIp) => {
  const { host } = bodyOf({ ports: [{ ...udp, host: 21001 }] }, { hostAddress });
  expect(host["PortBindings"]).toEqual({ "5520/udp": [{ HostIp, HostPort: "21001" }] });
});

test("fixed addresses of both families and aliases go to the network that was asked for", () => {
  const request = { network: "net", ip: "10.99.0.10", ipv6: "fd00::10", aliases: ["lobby"] };
  expect(bodyOf(request).body["NetworkingConfig"]).toEqual({
    EndpointsConfig: {
      net: {
        IPAMConfig: { IPv4Address: "10.99.0.10", IPv6Address: "fd00::10" },
        Aliases: ["lobby"],
      },
    },
  });
  expect(bodyOf({ network: "net", ip: "fd00::10" }).body["NetworkingConfig"]).toEqual({
    EndpointsConfig: { net: { IPAMConfig: { IPv6Address: "fd00::10" } } },
  });
});

test("a server with an IPv6 address listens on every address of both families", () => {
  expect(bodyOf({ network: "net", ip: "fd00::10" }).body["Env"]).toContain("SERVER_HOST=::");
});

test("safeguards are on by default", () => {
  expect(bodyOf({}).host).toMatchObject({
    Init: true,
    SecurityOpt: ["no-new-privileges"],
    CapDrop: droppedCapabilities,
    LogConfig: { Type: "json-file", Config: { "max-size": "10485760", "max-file": "3" } },
  });
});

test.each([
  [{ init: false }, { Init: false }],
  [{ noNewPrivileges: false }, { SecurityOpt: [] }],
  [{ dropCapabilities: [] }, { CapDrop: [] }],
  [{ logMaxBytes: 1000 }, { LogConfig: { Config: { "max-size": "1000", "max-file": "3" } } }],
  [{ logMaxFiles: 9 }, { LogConfig: { Config: { "max-size": "10485760", "max-file": "9" } } }],
])("%j loosens that safeguard and no other", (hardening, changed) => {
  const { host } = bodyOf({}, { hardening });
  expect(host).toMatchObject(changed);
  const [key = ""] = Object.keys(changed);
  expect({ ...host, [key]: undefined }).toEqual({ ...bodyOf({}).host, [key]: undefined });
});

test("Podman gets its own log driver, whose size has a unit", () => {
  expect(bodyOf({}, { kind: "podman" }).host["LogConfig"]).toEqual({
    Type: "k8s-file",
    Config: { "max-size": "10485760b" },
  });
});

test.each([
  [undefined, { Name: "no" }],
  [{ name: "no" }, { Name: "no" }],
  [{ name: "always" }, { Name: "always", MaximumRetryCount: 0 }],
  [{ name: "unless-stopped" }, { Name: "unless-stopped", MaximumRetryCount: 0 }],
  [{ name: "on-failure" }, { Name: "on-failure", MaximumRetryCount: 0 }],
  [
    { name: "on-failure", maxRetries: 3 },
    { Name: "on-failure", MaximumRetryCount: 3 },
  ],
] as const)("the restart policy %j becomes %j", (restartPolicy, expected) => {
  const request = restartPolicy === undefined ? {} : { restartPolicy };
  expect(bodyOf(request).host["RestartPolicy"]).toEqual(expected);
});

test("paths are bound, on Windows as well, and names are volumes", () => {
  const volumes = [
    { source: "/srv/world", target: "/world", readOnly: true },
    { source: "C:\\worlds", target: "/worlds" },
    { source: "saves", target: "/saves" },
  ];
  expect(bodyOf({ volumes }).host["Mounts"]).toEqual([
    { Type: "bind", Source: "/srv/world", Target: "/world", ReadOnly: true },
    { Type: "bind", Source: "C:\\worlds", Target: "/worlds", ReadOnly: false },
    { Type: "volume", Source: "saves", Target: "/saves", ReadOnly: false },
  ]);
});

test("limits are in the engine's units, disk throughput for each device that there is", () => {
  const request = { cpuLimit: 1.5, memoryLimit: 1000, pidsLimit: 50, diskIoReadBps: 7 };
  expect(bodyOf(request, { blockDevices: ["/dev/sda", "/dev/sdb"] }).host).toMatchObject({
    NanoCpus: 1_500_000_000,
    Memory: 1000,
    PidsLimit: 50,
    BlkioDeviceReadBps: [
      { Path: "/dev/sda", Rate: 7 },
      { Path: "/dev/sdb", Rate: 7 },
    ],
  });
});

test("the grace time is told in whole seconds, rounded up", () => {
  const { body } = bodyOf({ stop: { signal: "SIGINT", graceMs: 1500 } });
  expect(body).toMatchObject({ StopSignal: "SIGINT", StopTimeout: 2 });
});
