import { expect, test } from "vitest";
import { startProblem } from "../../src/allocate/start-problem.js";
import { EngineFailure } from "../../src/engine/engine-failure.js";

const context = { name: "p1", image: "localhost/game:1", ip: "10.77.0.10" };
const problem = (status: number, words: string) =>
  startProblem(new EngineFailure(status, words), context);

const driver = "driver failed programming external connectivity on endpoint x (0a1b)";
const inUse = "bind: address already in use";

test.each([
  [`${driver}: Bind for 0.0.0.0:21001 failed: port is already allocated`, 21001],
  [`${driver}: Bind for :::21001 failed: port is already allocated`, 21001],
  [`${driver}: Bind for fd00::1:2:21001 failed: port is already allocated`, 21001],
  [`${driver}: Error starting userland proxy: listen udp4 0.0.0.0:21005: ${inUse}`, 21005],
  [`${driver}: Error starting userland proxy: listen tcp6 [fd00::1:2]:21005: ${inUse}`, 21005],
  [`cannot listen on the UDP port: listen udp4 0.0.0.0:21005: ${inUse}`, 21005],
  [`cannot listen on the TCP port: listen tcp4 :21005: ${inUse}`, 21005],
  [`rootlessport listen tcp 0.0.0.0:21005: ${inUse}`, 21005],
  ["failed to bind host port for 0.0.0.0:21001:172.17.0.2:80/tcp: address already in use", 21001],
  ["failed to bind host port 0.0.0.0:21001/tcp: address already in use", 21001],
  [
    `Ports are not available: exposing port UDP 0.0.0.0:21005 -> 0.0.0.0:0: listen udp 0.0.0.0:21005: ${inUse}`,
    21005,
  ],
  [`listen udp: ${inUse}`, undefined],
])("the host's port is in use: %s", (words, port) => {
  expect(problem(500, words)).toEqual({ type: "port-in-use", port });
});

test.each([
  [403, "Address already in use", "ADDRESS_IN_USE", "ip"],
  [500, "failed to set up container networking: Address already in use", "ADDRESS_IN_USE", "ip"],
  [
    500,
    "IPAM error: requested ip address 10.77.0.10 is already allocated to container ID 0a1b",
    "ADDRESS_IN_USE",
    "ip",
  ],
  [
    500,
    "attaching to network failed, make sure your network options are correct and check manager logs: context deadline exceeded",
    "ADDRESS_IN_USE",
    "ip",
  ],
  [
    500,
    "Could not attach to network n1: rpc error: code = NotFound desc = network n1 not found",
    "NOT_FOUND",
    "network",
  ],
  [
    500,
    "Invalid address 10.78.0.10: It does not belong to any of this network's subnets",
    "INVALID_ARGUMENT",
    "ip",
  ],
  [500, "requested static ip 10.78.0.10 not in any subnet on network n1", "INVALID_ARGUMENT", "ip"],
  [
    409,
    'Conflict. The container name "/p1" is already in use by container "0a1b". You have to remove (or rename) that container to be able to reuse that name.',
    "ALREADY_EXISTS",
    "name",
  ],
  [
    409,
    'Conflict. The container name "/port" is already in use by container "0a1b".',
    "ALREADY_EXISTS",
    "name",
  ],
  [
    500,
    'container create: creating container storage: the container name "p1" is already in use by 0a1b. You have to remove that container to be able to reuse that name: that name is already in use',
    "ALREADY_EXISTS",
    "name",
  ],
  [
    500,
    "container create: unable to find network with name or ID nonet: network not found",
    "NOT_FOUND",
    "network",
  ],
  [404, "network nonet not found", "NOT_FOUND", "network"],
  [404, "No such image: localhost/game:1", "IMAGE_NOT_FOUND", "image"],
  [
    400,
    'invalid mount config for type "bind": bind source path does not exist: /none',
    "INVALID_ARGUMENT",
    "volumes",
  ],
  [
    500,
    "--storage-opt is supported only for overlay over xfs with 'pquota' mount option",
    "NOT_SUPPORTED",
    "diskSizeLimit",
  ],
  [400, "Minimum memory limit allowed is 6MB", "INVALID_ARGUMENT", undefined],
  [
    400,
    "OCI runtime create failed: runc did not terminate successfully",
    "START_FAILED",
    undefined,
  ],
  [500, "no space left on device", "START_FAILED", undefined],
])("%i %s is told by its code and field, in the engine's words", (status, words, code, field) => {
  const found = problem(status, words);
  expect(found).toMatchObject({ type: "other", error: { code } });
  const { error } = found as { error: Error & { field?: string } };
  expect(error.field).toBe(field);
  expect(error.message).toContain(words);
});

test("what the engine did not say is passed on as it is", () => {
  const error = new Error("the connection broke off");
  expect(startProblem(error, context)).toEqual({ type: "other", error });
});
