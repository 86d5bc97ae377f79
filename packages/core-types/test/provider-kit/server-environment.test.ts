import { expect, test } from "vitest";
import { serverEnvironment } from "../../src/provider-kit/index.js";

const ports = [{ number: 5520 }, { number: 25_575, name: "rcon-2" }];

test("a server is told its name, where it listens, its first port and its named ports", () => {
  const environment = serverEnvironment({ name: "lobby-1", host: "127.0.0.1", ports });
  expect(environment).toEqual({
    SERVER_ID: "lobby-1",
    SERVER_HOST: "127.0.0.1",
    SERVER_PORT: "5520",
    PORT_RCON_2: "25575",
  });
  expect(Object.isFrozen(environment)).toBe(true);
});

test("what the request sets wins", () => {
  const environment = serverEnvironment(
    { name: "lobby-1", host: "127.0.0.1", ports },
    { SERVER_ID: "test-1", MODE: "skywars" },
  );
  expect(environment["SERVER_ID"]).toBe("test-1");
  expect(environment["MODE"]).toBe("skywars");
});

test("a server without ports is told of none", () => {
  expect(serverEnvironment({ name: "bot", host: "::1", ports: [] })).toEqual({
    SERVER_ID: "bot",
    SERVER_HOST: "::1",
  });
});
