import { homedir } from "node:os";
import { join } from "node:path";

/** What the places of an engine's socket depend on. */
export interface SystemPlaces {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly uid: number | undefined;
  readonly runtimeFolder: string | undefined;
}

export const thisSystem = (): SystemPlaces => ({
  platform: process.platform,
  home: homedir(),
  uid: process.getuid?.(),
  runtimeFolder: process.env["XDG_RUNTIME_DIR"],
});

/** Where engines listen when nothing else is said, the likeliest first: Docker's, then Podman's. */
export function defaultSockets(places: SystemPlaces): readonly string[] {
  const { platform, home, uid } = places;
  if (platform === "win32") {
    return ["\\\\.\\pipe\\docker_engine", "\\\\.\\pipe\\podman-machine-default"];
  }
  const runtime = places.runtimeFolder ?? (uid === undefined ? undefined : `/run/user/${uid}`);
  return [
    "/var/run/docker.sock",
    join(home, ".docker", "run", "docker.sock"),
    ...(runtime === undefined
      ? []
      : [join(runtime, "docker.sock"), join(runtime, "podman", "podman.sock")]),
    ...(uid === 0 || platform === "darwin" ? ["/run/podman/podman.sock"] : []),
    ...(platform === "darwin"
      ? [join(home, ".local/share/containers/podman/machine/podman.sock")]
      : []),
  ];
}
