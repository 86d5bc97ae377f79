import { expect, test } from "vitest";
import { readSettings } from "../orchestrator/settings.js";

test("settings have defaults, and an empty variable is one that is left out", () => {
  const settings = readSettings({});
  expect(settings).toMatchObject({ provider: undefined, port: 8090, relayUrl: undefined });
  const empty = { ORCHESTRATOR_PROVIDER: "", ORCHESTRATOR_PORT: "", RELAY_UDP: "" };
  expect(readSettings(empty)).toEqual(settings);
});

test("settings are what the variables say", () => {
  const env = { ORCHESTRATOR_PROVIDER: "docker", ORCHESTRATOR_PORT: "0", RELAY_UDP: "[::1]:5520" };
  expect(readSettings(env)).toMatchObject({
    ...{ provider: "docker", port: 0, relayUdp: { host: "::1", port: 5520 } },
  });
});

test.each([
  { ORCHESTRATOR_PROVIDER: "podman" },
  { ORCHESTRATOR_PORT: "eighty" },
  { ORCHESTRATOR_PORT: "65536" },
  { RELAY_UDP: "relay" },
])("a setting that is wrong is named: %o", (env) => {
  const [[name, value] = []] = Object.entries(env);
  expect(() => readSettings(env)).toThrow(new RegExp(`^${name} must be .*"${value}"$`));
});
