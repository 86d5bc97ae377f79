import type { Readiness } from "@potassium/core-types";
import { InvalidArgumentError } from "commander";

type Groups = Readonly<Record<string, string | undefined>>;

const forms: readonly (readonly [RegExp, (groups: Groups) => Readiness])[] = [
  [/^running$/, () => ({ type: "running" })],
  [/^log:(?<pattern>.+)$/s, ({ pattern = "" }) => ({ type: "log", pattern })],
  [/^tcp(?::(?<port>[\w-]+))?$/, ({ port }) => ({ type: "tcp", ...portOf(port) })],
  [
    /^http(?::(?<port>[\w-]+))?(?<path>\/.*)?$/,
    ({ port, path }) => ({
      type: "http",
      ...portOf(port),
      ...(path === undefined ? {} : { path }),
    }),
  ],
  [
    /^(?<probe>raknet|a2s)(?::(?<port>[\w-]+))?$/,
    ({ probe, port }) => ({
      type: "udp",
      probe: probe === "a2s" ? "a2s" : "raknet",
      ...portOf(port),
    }),
  ],
  [
    /^exec:\s*(?<line>\S.*)$/s,
    ({ line = "" }) => ({ type: "exec", command: line.trim().split(/\s+/) }),
  ],
];

/**
 * Parses when a server counts as ready: `running`, `log:PATTERN`, `tcp[:PORT]`, `http[:PORT][/PATH]`, `raknet[:PORT]`,
 * `a2s[:PORT]`, `exec:PROGRAM ARGUMENTS`. A port is a number in the container, or a name.
 */
export function readinessFlag(text: string): Readiness {
  for (const [form, make] of forms) {
    const match = form.exec(text);
    if (match !== null) return make(match.groups ?? {});
  }
  throw new InvalidArgumentError(
    "It must be like running, log:PATTERN, tcp:PORT, http:PORT/PATH, raknet:PORT, a2s:PORT or exec:PROGRAM.",
  );
}

const portOf = (port: string | undefined): { readonly port?: string | number } =>
  port === undefined ? {} : { port: /^\d+$/.test(port) ? Number(port) : port };
