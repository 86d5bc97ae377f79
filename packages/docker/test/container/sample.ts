import type { AllocateRequest } from "@potassium/core-types";
import { createBody } from "../../src/container/create-body.js";
import { type Hardening, resolveHardening } from "../../src/container/hardening.js";
import type { Wanted } from "../../src/container/wanted.js";
import type { EngineInfo } from "../../src/engine/engine-info.js";

export const sampleWanted: Wanted = {
  namespace: "test",
  attempt: "attempt-1",
  createdAt: "2026-01-02T03:04:05.000Z",
  requestHash: "hash",
  ports: [],
  limits: {},
  labels: {},
};

export const sampleEngine: EngineInfo = {
  kind: "docker",
  endpoint: "unix:///run/docker.sock",
  version: "20.10.24",
  apiVersion: "1.41",
  operatingSystem: "linux",
  architecture: "amd64",
  rootless: false,
  cgroupVersion: 2,
  storageDriver: "overlay2",
  swarm: "inactive",
  limitations: {},
};

interface Differences {
  readonly kind?: EngineInfo["kind"];
  readonly hardening?: Hardening;
  readonly hostAddress?: string;
  readonly blockDevices?: readonly string[];
}

/** The create body of a request whose ports are as they were wished for. */
export function bodyOf(request: Partial<AllocateRequest>, differences: Differences = {}) {
  const { kind = "docker", hardening, hostAddress = "0.0.0.0", blockDevices = [] } = differences;
  const whole = { image: "localhost/game:1", ...request };
  const body = createBody({
    name: "lobby-1",
    request: whole,
    wanted: { ...sampleWanted, ports: [...(whole.ports ?? [])] },
    engine: { ...sampleEngine, kind },
    hardening: resolveHardening(hardening),
    hostAddress,
    blockDevices,
  });
  return { body, host: body["HostConfig"] as Record<string, unknown> };
}
