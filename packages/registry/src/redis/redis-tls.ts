import { optionNames, parseOptions, shownValue } from "@potassium/core-types";
import { invalidArgument } from "../parse-argument.js";

/** Certificates as PEM, for `rediss:` alone. */
export interface RedisTls {
  /** @default the well-known authorities */
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** The name in Redis's certificate. @default the URL's host */
  readonly servername?: string | undefined;
}

const tlsOptions = optionNames<RedisTls>({ ca: true, cert: true, key: true, servername: true });

/** @throws {RegistryError} `INVALID_ARGUMENT`: where the URL is not for TLS too, which would go out in the clear. */
export function parseRedisTls(tls: unknown, url: URL): RedisTls | undefined {
  if (tls === undefined) return undefined;
  parseOptions(
    tls,
    tlsOptions,
    (message, _, path) => invalidArgument(message, path === "" ? "tls" : `tls.${path}`),
    "tls",
  );
  for (const [name, value] of Object.entries(tls as RedisTls)) {
    if (value === undefined || typeof value === "string") continue;
    const text = name === "servername" ? "a name" : "a certificate or key as PEM text";
    const message = `invalid tls: ${name}: must be ${text}, not ${shownValue(value)}`;
    throw invalidArgument(message, `tls.${name}`);
  }
  if (url.protocol !== "rediss:") {
    const message = "invalid tls: the url begins with redis:, which is without TLS: use rediss:";
    throw invalidArgument(message, "tls");
  }
  return { ...(tls as RedisTls) };
}
