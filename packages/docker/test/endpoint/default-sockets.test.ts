import { expect, test } from "vitest";
import { defaultSockets } from "../../src/endpoint/default-sockets.js";

test("on Windows engines are looked for at their pipes", () => {
  const sockets = defaultSockets({
    platform: "win32",
    home: "C:\\Users\\ann",
    uid: undefined,
    runtimeFolder: undefined,
  });
  expect(sockets).toEqual(["\\\\.\\pipe\\docker_engine", "\\\\.\\pipe\\podman-machine-default"]);
});

test("on macOS Docker Desktop's socket comes after the system's, and Podman's machine at last", () => {
  const sockets = defaultSockets({
    platform: "darwin",
    home: "/Users/ann",
    uid: 501,
    runtimeFolder: undefined,
  });
  expect(sockets[0]).toBe("/var/run/docker.sock");
  expect(sockets).toContain("/Users/ann/.docker/run/docker.sock");
  expect(sockets.at(-1)).toBe("/Users/ann/.local/share/containers/podman/machine/podman.sock");
});

test("on Linux root's Podman is looked for by root alone, the user's by its runtime folder", () => {
  const places = { platform: "linux", home: "/home/ann", runtimeFolder: undefined } as const;
  expect(defaultSockets({ ...places, uid: 1000 })).toContain("/run/user/1000/podman/podman.sock");
  expect(defaultSockets({ ...places, uid: 1000 })).not.toContain("/run/podman/podman.sock");
  expect(defaultSockets({ ...places, uid: 0 })).toContain("/run/podman/podman.sock");
});
