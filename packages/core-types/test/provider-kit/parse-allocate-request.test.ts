import { expect, test } from "vitest";
import {
  type AllocateRequest,
  ProviderError,
  type ProviderFeature,
  type ProviderSupports,
} from "../../src/index.js";
import { parseAllocateRequest, requireFeature } from "../../src/provider-kit/index.js";

const features = [
  "networks",
  "volumes",
  "exec",
  "console",
  "files",
  "stats",
  "restartPolicy",
  "cpuLimit",
  "memoryLimit",
  "memorySwap",
  "pidsLimit",
  "diskIoLimit",
  "diskSizeLimit",
] as const satisfies readonly ProviderFeature[];

function supports(...supported: ProviderFeature[]): ProviderSupports {
  const entries = features.map((feature) => [
    feature,
    supported.includes(feature)
      ? { supported: true }
      : { supported: false, reason: `no ${feature} here` },
  ]);
  return Object.fromEntries(entries);
}

function thrown(call: () => unknown): ProviderError {
  try {
    call();
  } catch (error) {
    if (error instanceof ProviderError) return error;
  }
  return expect.fail("no ProviderError was thrown");
}

const MiB = 1024 * 1024;
const asked: readonly (readonly [ProviderFeature, string, Partial<AllocateRequest>])[] = [
  ["networks", "network", { network: "game-net" }],
  ["volumes", "volumes", { volumes: [{ source: "data", target: "/data" }] }],
  ["exec", "readiness", { readiness: { type: "exec", command: ["true"] } }],
  ["exec", "stop.command", { stop: { command: { type: "exec", command: ["save"] } } }],
  ["console", "stop.command", { stop: { command: { type: "console", line: "stop" } } }],
  ["restartPolicy", "restartPolicy", { restartPolicy: { name: "always" } }],
  ["cpuLimit", "cpuLimit", { cpuLimit: 1 }],
  ["memoryLimit", "memoryLimit", { memoryLimit: MiB }],
  ["memorySwap", "memorySwap", { memorySwap: -1 }],
  ["pidsLimit", "pidsLimit", { pidsLimit: 10 }],
  ["diskIoLimit", "diskIoReadBps", { diskIoReadBps: MiB }],
  ["diskIoLimit", "diskIoWriteBps", { diskIoWriteBps: MiB }],
  ["diskSizeLimit", "diskSizeLimit", { diskSizeLimit: MiB }],
];

test.each(asked)(
  "what needs %s is refused at %s with the reason, and passes where it is there",
  (feature, field, part) => {
    const request = { image: "game", ...part };
    const error = thrown(() =>
      parseAllocateRequest(request, supports(...features.filter((other) => other !== feature))),
    );
    expect([error.code, error.field]).toEqual(["NOT_SUPPORTED", field]);
    expect(error.message).toContain(`no ${feature} here`);
    expect(parseAllocateRequest(request, supports(feature))).toEqual(request);
  },
);

test("what says the same as leaving it out needs nothing", () => {
  const request = {
    image: "game",
    volumes: [],
    restartPolicy: { name: "no" },
    stop: { graceMs: 1 },
  };
  expect(parseAllocateRequest(request, supports())).toEqual(request);
});

test("a bad request is INVALID_ARGUMENT with its field, before features are looked at", () => {
  const error = thrown(() =>
    parseAllocateRequest(
      { image: "game", network: "n", ports: [{ container: 0, protocol: "udp" }] },
      supports(),
    ),
  );
  expect([error.code, error.field]).toEqual(["INVALID_ARGUMENT", "ports[0].container"]);
});

test("requireFeature() names the feature and the reason", () => {
  const error = thrown(() => requireFeature(supports(), "stats"));
  expect(error.code).toBe("NOT_SUPPORTED");
  expect(error.message).toBe("stats can't be had here: no stats here");
  requireFeature(supports("stats"), "stats");
});
