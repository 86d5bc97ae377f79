/** An engine that tests can use. */
export interface AvailableEngine {
  readonly name: "docker" | "podman";
  /** As for DOCKER_HOST; `undefined` where there is none. */
  readonly host: string | undefined;
}

const required = (process.env["POTASSIUM_REQUIRE"] ?? "").split(",");

/**
 * The engines that the environment names, by `POTASSIUM_DOCKER_HOST` and `POTASSIUM_PODMAN_HOST`. One that is
 * missing is said loudly; one that `POTASSIUM_REQUIRE` names must not be.
 */
export function availableEngines(): readonly AvailableEngine[] {
  return (["docker", "podman"] as const).map((name) => {
    const variable = `POTASSIUM_${name.toUpperCase()}_HOST`;
    const host = process.env[variable] || undefined;
    if (host === undefined) {
      const text = `no ${name} engine: its tests need ${variable}; tooling/engines/with-engines.mjs sets it`;
      if (required.includes(name)) throw new Error(text);
      console.warn(`SKIPPED: ${text}`);
    }
    return { name, host };
  });
}
