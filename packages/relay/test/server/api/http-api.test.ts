import { expect, test } from "vitest";
import { startRelay } from "../../../src/server/index.js";
import { rawRequest } from "../../fixture/raw-request.js";

const json = "application/json; charset=utf-8";
const text = "text/plain; charset=utf-8";

function bodyFor(backend: string): string {
  return JSON.stringify({ player_ip: "10.0.0.2", backend });
}

// What Peel answers, byte for byte: pulp-cell/api.go.
test.for([
  ["GET /health", "", 200, json, '{"status":"healthy"}\n'],
  ["GET /routes", "", 200, "application/json", '{"10.0.0.1":"10.99.0.10:5520","9.0.0.1":"a:1"}\n'],
  [
    "POST /routes",
    '{"player_ip":"10.0.0.2","backend":"10.0.0.3:1"}',
    200,
    json,
    '{"status":"ok"}\n',
  ],
  ["POST /routes", "", 400, text, "invalid json\n"],
  ["POST /routes", "{", 400, text, "invalid json\n"],
  ["POST /routes", "[]", 400, text, "invalid json\n"],
  ["POST /routes", "7", 400, text, "invalid json\n"],
  ["POST /routes", '{"player_ip":1,"backend":"b:1"}', 400, text, "invalid json\n"],
  ["POST /routes", "null", 400, text, "player_ip and backend required\n"],
  ["POST /routes", "{}", 400, text, "player_ip and backend required\n"],
  ["POST /routes", '{"player_ip":"10.0.0.2"}', 400, text, "player_ip and backend required\n"],
  [
    "POST /routes",
    '{"player_ip":"","backend":"b:1"}',
    400,
    text,
    "player_ip and backend required\n",
  ],
  [
    "POST /routes",
    '{"player_ip":"x","backend":null}',
    400,
    text,
    "player_ip and backend required\n",
  ],
  [
    "POST /routes",
    '{"player_ip":"10.0.0.2","backend":"b"}',
    400,
    text,
    "invalid backend address\n",
  ],
  [
    "POST /routes",
    '{"player_ip":"10.0.0.2","backend":"b:0"}',
    400,
    text,
    "invalid backend address\n",
  ],
  [
    "POST /routes",
    '{"Player_IP":"10.0.0.2","BACKEND":"b:1","x":[]}',
    200,
    json,
    '{"status":"ok"}\n',
  ],
  ["DELETE /routes/10.0.0.1", "", 200, json, '{"status":"ok"}\n'],
  ["DELETE /routes/10.0.0.99", "", 200, json, '{"status":"ok"}\n'],
  ["DELETE /routes/no-address", "", 200, json, '{"status":"ok"}\n'],
  ["DELETE /routes/fe80%3A%3A1%25eth0", "", 200, json, '{"status":"ok"}\n'],
  ["DELETE /routes/", "", 400, text, "player_ip required\n"],
  ["DELETE /sessions/10.0.0.1", "", 200, json, '{"status":"ok"}\n'],
  ["DELETE /sessions/", "", 400, text, "player_ip required\n"],
  ["POST /routes", "{} {}", 400, text, "invalid json\n"],
  ["POST /routes", "\ufeff{}", 400, text, "invalid json\n"],
  ["POST /routes", '"routes"', 400, text, "invalid json\n"],
  ["POST /routes", '{"player_ip":"10.0.0.2","backend":{}}', 400, text, "invalid json\n"],
  ["POST /routes", " \n{}\t", 400, text, "player_ip and backend required\n"],
  ["POST /routes", bodyFor("b:"), 400, text, "invalid backend address\n"],
  ["POST /routes", bodyFor("b:65536"), 400, text, "invalid backend address\n"],
  ["POST /routes", bodyFor("b:+1"), 400, text, "invalid backend address\n"],
  ["POST /routes", bodyFor("b:http"), 400, text, "invalid backend address\n"],
  ["POST /routes", bodyFor("[::1]"), 400, text, "invalid backend address\n"],
  ["POST /routes", bodyFor("[::1:5520"), 400, text, "invalid backend address\n"],
  ["POST /routes", bodyFor("[::1]:5520"), 200, json, '{"status":"ok"}\n'],
  ["GET /", "", 404, text, "404 page not found\n"],
  ["GET /routes/10.0.0.1/x", "", 404, text, "404 page not found\n"],
  ["GET /sessions", "", 404, text, "404 page not found\n"],
  ["PUT /routes", "", 405, text, "Method Not Allowed\n"],
  [
    "GET /routes?x=/y",
    "",
    200,
    "application/json",
    '{"10.0.0.1":"10.99.0.10:5520","9.0.0.1":"a:1"}\n',
  ],
  ["HEAD /routes", "", 200, "application/json", ""],
  ["POST /health", "", 405, text, "Method Not Allowed\n"],
  ["GET /sessions/10.0.0.1", "", 405, text, "Method Not Allowed\n"],
  ["DELETE /routes/%ff", "", 400, text, "400 Bad Request"],
] as const)("%s with %j is answered %i", async ([request, body, status, type, answer]) => {
  await using relay = await startRelay({ resolveHost: async () => "10.0.0.4" });
  for (const [player_ip, backend] of [
    ["9.0.0.1", "a:1"],
    ["10.0.0.1", "10.99.0.10:5520"],
  ]) {
    const route = JSON.stringify({ player_ip, backend });
    await rawRequest(relay.apiAddress, "POST /routes", { body: route });
  }
  const response = await rawRequest(relay.apiAddress, request, { body });
  expect(response).toMatchObject({ status, body: answer, headers: { "content-type": type } });
});

test("an empty table is an empty object", async () => {
  await using relay = await startRelay();
  expect(await rawRequest(relay.apiAddress, "GET /routes")).toMatchObject({ body: "{}\n" });
});

// Where this relay is stricter than Peel, which takes it for every address of its own machine.
test("POST /routes for a backend without a host is answered 400", async () => {
  await using relay = await startRelay();
  const response = await rawRequest(relay.apiAddress, "POST /routes", { body: bodyFor(":5520") });
  expect(response).toMatchObject({ status: 400, body: "invalid backend address\n" });
});

// Where this relay is stricter than Peel, which keeps such a route though no packet can match it.
test("POST /routes for what is no IP address is answered 400", async () => {
  await using relay = await startRelay();
  const body = '{"player_ip":"player-1","backend":"10.0.0.3:1"}';
  const response = await rawRequest(relay.apiAddress, "POST /routes", { body });
  expect(response).toMatchObject({ status: 400, body: "invalid player_ip\n" });
  expect(relay.counters().routes).toBe(0);
});

test("405 names the methods that are allowed", async () => {
  await using relay = await startRelay();
  const allowed = async (request: string) =>
    (await rawRequest(relay.apiAddress, request)).headers["allow"];
  expect(await allowed("PUT /routes")).toBe("GET, HEAD, POST");
  expect(await allowed("POST /health")).toBe("GET, HEAD");
  expect(await allowed("GET /routes/10.0.0.1")).toBe("DELETE");
});

test("HEAD is answered as GET is, without the body", async () => {
  await using relay = await startRelay();
  const response = await rawRequest(relay.apiAddress, "HEAD /health");
  expect(response).toMatchObject({ status: 200, body: "", headers: { "content-length": "21" } });
});

test.for([
  [undefined, '{"error":"missing service token"}'],
  ["", '{"error":"missing service token"}'],
  ["wrong", '{"error":"invalid service token"}'],
  ["secret2", '{"error":"invalid service token"}'],
])("with a service token set, the token %j is answered 401", async ([token, body]) => {
  await using relay = await startRelay({ serviceToken: "secret" });
  const headers = token === undefined ? {} : { "x-service-token": token };
  for (const request of ["POST /routes", "DELETE /routes/10.0.0.1", "DELETE /sessions/10.0.0.1"]) {
    const response = await rawRequest(relay.apiAddress, request, { headers, body: "{" });
    expect(response).toMatchObject({ status: 401, body, headers: { "content-type": json } });
  }
});

const ok = '{"status":"ok"}\n';

test.for([
  ["GET /health", "", '{"status":"healthy"}\n'],
  ["GET /routes", "", "{}\n"],
  ["GET /health", "wrong", '{"status":"healthy"}\n'],
  ["GET /routes", "wrong", "{}\n"],
  ["POST /routes", "secret", ok],
  ["DELETE /routes/10.0.0.2", "secret", ok],
  ["DELETE /sessions/10.0.0.2", "secret", ok],
] as const)(
  "with a service token set, %s passes with the token %j",
  async ([request, token, body]) => {
    await using relay = await startRelay({ serviceToken: "secret" });
    for (const header of ["X-Service-Token", "x-service-token"]) {
      const sent = { headers: { [header]: token }, body: bodyFor("10.0.0.3:1") };
      const { status, body: answer } = await rawRequest(relay.apiAddress, request, sent);
      expect({ status, answer }).toEqual({ status: 200, answer: body });
    }
  },
);

test("a request that is refused for its token changes nothing", async () => {
  await using relay = await startRelay({ serviceToken: "secret" });
  const headers = { "x-service-token": "secret" };
  const body = bodyFor("10.0.0.3:1");
  await rawRequest(relay.apiAddress, "POST /routes", { headers, body });
  await rawRequest(relay.apiAddress, "POST /routes", { body: bodyFor("10.0.0.4:1") });
  await rawRequest(relay.apiAddress, "DELETE /routes/10.0.0.2");
  const { body: routes } = await rawRequest(relay.apiAddress, "GET /routes");
  expect(routes).toBe('{"10.0.0.2":"10.0.0.3:1"}\n');
});

test("a token is of no concern where none is set", async () => {
  await using relay = await startRelay();
  const headers = { "x-service-token": "any" };
  const response = await rawRequest(relay.apiAddress, "DELETE /routes/10.0.0.2", { headers });
  expect(response).toMatchObject({ status: 200, body: ok });
});

test.for([
  ["with its length", {}, " ".repeat(20_000)],
  ["in chunks", { "transfer-encoding": "chunked" }, `4e20\r\n${" ".repeat(20_000)}\r\n0\r\n\r\n`],
] as const)(
  "a request body that is too long, sent %s, is answered 413",
  async ([, headers, body]) => {
    await using relay = await startRelay();
    const response = await rawRequest(relay.apiAddress, "POST /routes", { headers, body });
    expect(response).toMatchObject({ status: 413, body: "request body too large\n" });
  },
);

test("what is no HTTP is answered 400 and does not stop the relay", async () => {
  await using relay = await startRelay();
  const response = await rawRequest(relay.apiAddress, "\u0000\u0001 nonsense");
  expect(response.status).toBe(400);
  expect(await rawRequest(relay.apiAddress, "GET /health")).toMatchObject({ status: 200 });
});
