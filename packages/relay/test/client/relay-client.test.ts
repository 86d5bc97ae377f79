import { expect, test } from "vitest";
import { RelayClient } from "../../src/index.js";
import { startRelay } from "../../src/server/index.js";
import { RawServer } from "../fixture/raw-server.js";

test("a route that was set is listed until it is deleted", async () => {
  await using relay = await startRelay();
  await using client = new RelayClient(relay.url);
  await client.setRoute("192.168.1.50", "10.99.0.10:5520");
  await client.setRoute("192.168.1.51", "Game-1.Example:5521").catch(() => {});
  await client.setRoute("192.168.1.51", "[FD00:0::1]:5521");
  expect(await client.listRoutes()).toEqual({
    "192.168.1.50": "10.99.0.10:5520",
    "192.168.1.51": "[fd00::1]:5521",
  });
  await client.deleteRoute("192.168.1.50");
  expect(Object.keys(await client.listRoutes())).toEqual(["192.168.1.51"]);
});

test("the table of routes is frozen", async () => {
  await using relay = await startRelay();
  await using client = new RelayClient(relay.url);
  expect(Object.isFrozen(await client.listRoutes())).toBe(true);
});

test.for([
  ["::ffff:10.0.0.7", "10.0.0.7"],
  ["2001:DB8:0:0::1", "2001:db8::1"],
  ["[2001:db8::2]", "2001:db8::2"],
  ["fe80::1%eth0", "fe80::1%eth0"],
])("the address %s is the route of %s everywhere", async ([spelled = "", canonical = ""]) => {
  await using relay = await startRelay();
  await using client = new RelayClient(relay.url);
  await client.setRoute(spelled, "10.99.0.10:5520");
  expect(await client.listRoutes()).toEqual({ [canonical]: "10.99.0.10:5520" });
  await client.deleteSession(spelled);
  await client.deleteRoute(spelled);
  expect(await client.listRoutes()).toEqual({});
});

test("health() resolves with the relay's status", async () => {
  await using relay = await startRelay();
  await using client = new RelayClient(relay.url);
  expect(await client.health()).toEqual({ status: "healthy" });
});

test("deleting what is not there is no error", async () => {
  await using relay = await startRelay();
  await using client = new RelayClient(relay.url);
  await client.deleteRoute("10.0.0.1");
  await client.deleteSession("10.0.0.1");
});

test("the service token is sent with the calls that change something", async () => {
  await using relay = await startRelay({ serviceToken: "secret" });
  await using client = new RelayClient(relay.url, { serviceToken: "secret" });
  await client.setRoute("10.0.0.1", "10.99.0.10:5520");
  await client.deleteSession("10.0.0.1");
  await client.deleteRoute("10.0.0.1");
});

test.for([[undefined], ["wrong"]])("the service token %s is UNAUTHORIZED", async ([token]) => {
  await using relay = await startRelay({ serviceToken: "secret" });
  await using client = new RelayClient(relay.url, { serviceToken: token });
  const unauthorized = { name: "RelayError", code: "UNAUTHORIZED" };
  await expect(client.setRoute("10.0.0.1", "10.99.0.10:5520")).rejects.toMatchObject(unauthorized);
  await expect(client.deleteRoute("10.0.0.1")).rejects.toMatchObject(unauthorized);
  await expect(client.deleteSession("10.0.0.1")).rejects.toMatchObject(unauthorized);
  expect(await client.listRoutes()).toEqual({});
  await client.health();
});

test("a backend that the relay refuses is INVALID_BACKEND", async () => {
  await using relay = await startRelay({ resolveHost: () => Promise.reject(new Error("no")) });
  await using client = new RelayClient(relay.url);
  await expect(client.setRoute("10.0.0.1", "nowhere.invalid:5520")).rejects.toMatchObject({
    code: "INVALID_BACKEND",
    field: "backend",
  });
});

test.for([
  ["10.0.0.256", "10.99.0.10:5520", "playerIp"],
  ["", "10.99.0.10:5520", "playerIp"],
  ["../health", "10.99.0.10:5520", "playerIp"],
  ["10.0.0.1", "10.99.0.10", "backend"],
  ["10.0.0.1", "10.99.0.10:0", "backend"],
  ["10.0.0.1", "fd00::1:5520", "backend"],
])(
  "setRoute(%j, %j) is INVALID_ARGUMENT before anything is sent",
  async ([ip = "", to = "", field]) => {
    await using server = await RawServer.start(() => {});
    await using client = new RelayClient(server.url);
    await expect(client.setRoute(ip, to)).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      field,
    });
    expect(server.connections).toBe(0);
  },
);

test("a bad address is INVALID_ARGUMENT in both deletes", async () => {
  await using client = new RelayClient("http://127.0.0.1:1");
  const invalid = { code: "INVALID_ARGUMENT", field: "playerIp" };
  await expect(client.deleteRoute("a/b")).rejects.toMatchObject(invalid);
  await expect(client.deleteSession("a/b")).rejects.toMatchObject(invalid);
});

test("a client that is made and closed opens no connection", async () => {
  await using server = await RawServer.start(() => {});
  await new RelayClient(server.url).close();
  expect(server.connections).toBe(0);
});

test("many calls at once share the connections that are allowed", async () => {
  await using relay = await startRelay();
  await using client = new RelayClient(relay.url, { connections: 2 });
  const ips = Array.from({ length: 200 }, (_, index) => `10.1.0.${index}`);
  await Promise.all(ips.map((ip) => client.setRoute(ip, "10.99.0.10:5520")));
  expect(Object.keys(await client.listRoutes())).toHaveLength(200);
  expect(relay.counters().routes).toBe(200);
});

test("the client works again with a relay that was restarted, whose table is empty then", async () => {
  const relay = await startRelay();
  await using client = new RelayClient(relay.url);
  await client.setRoute("10.0.0.1", "10.99.0.10:5520");
  await relay.close();
  await using again = await startRelay({ api: relay.apiAddress, udp: relay.udpAddress });
  expect(again.url).toBe(relay.url);
  expect(await client.listRoutes()).toEqual({});
  await client.setRoute("10.0.0.1", "10.99.0.10:5520");
  expect(await client.listRoutes()).toEqual({ "10.0.0.1": "10.99.0.10:5520" });
});
