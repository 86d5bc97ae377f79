import * as fc from "fast-check";
import { AllocateRequest } from "../../src/index.js";
import { limitFields } from "./resource-limits.js";
import {
  anyText,
  host,
  identifier,
  ip,
  ipv6,
  lineText,
  map,
  name,
  partial,
  port,
  protocol,
} from "./text.js";

const command = fc.array(lineText, { minLength: 1, maxLength: 3 });

const portBinding = fc
  .record({
    container: port,
    protocol,
    outside: fc.oneof(
      fc.record({ host: port }),
      fc.record({ range: fc.constantFrom("25565-25599", "7000") }),
      fc.constant({}),
    ),
    named: partial({ name }),
  })
  .map(({ outside, named, ...rest }) => ({ ...rest, ...outside, ...named }));

const volume = fc
  .record({
    source: fc.oneof(
      name,
      name.map((text) => `/srv/${text}`),
    ),
    target: fc.stringMatching(/^\/[a-z./ -]{0,12}$/),
    // `false` is the same as left out, and comes back so.
    mode: fc.constantFrom({}, { readOnly: true }),
  })
  .map(({ mode, ...rest }) => ({ ...rest, ...mode }));

const timing = { timeoutMs: fc.integer({ min: 1, max: 3_600_000 }) };

const readiness = fc.oneof(
  fc.record({ type: fc.constant("running"), ...timing }, { requiredKeys: ["type"] }),
  fc.record({ type: fc.constant("log"), pattern: fc.constantFrom("Done", "^ready\\b") }),
  fc.record({
    type: fc.constant("exec"),
    command,
    intervalMs: fc.integer({ min: 10, max: 60_000 }),
  }),
);

const stop = partial({
  signal: fc.constantFrom("SIGTERM", "SIGINT", "SIGUSR1"),
  graceMs: fc.integer({ min: 0, max: 3_600_000 }),
  command: fc.oneof(
    fc.record({ type: fc.constant("console"), line: fc.constantFrom("stop", "save-all flush") }),
    fc.record({ type: fc.constant("exec"), command }),
  ),
});

const restartPolicy = fc.oneof(
  fc.record({ name: fc.constantFrom("no", "always", "unless-stopped") }),
  fc.record(
    { name: fc.constant("on-failure"), maxRetries: fc.integer({ min: 1, max: 9 }) },
    { requiredKeys: ["name"] },
  ),
);

const network = fc.oneof(
  fc.constant({}),
  fc.record(
    { network: name, ip, ipv6, aliases: fc.array(host, { maxLength: 2 }) },
    { requiredKeys: ["network"] },
  ),
);

/** Requests that the schema takes. */
export const allocateRequest: fc.Arbitrary<AllocateRequest> = fc
  .tuple(
    fc.record(
      {
        image: fc.constantFrom("localhost/hytale-server", "a", "ghcr.io/x/y@sha256:abc"),
        name,
        command,
        ports: fc.array(portBinding, { maxLength: 3 }),
        environment: map(name, lineText),
        volumes: fc.array(volume, { maxLength: 3 }),
        labels: map(
          name,
          anyText.filter((text) => !text.includes("\0")),
        ),
        ...limitFields,
        restartPolicy,
        stop,
        readiness,
        idempotencyKey: identifier,
      },
      { requiredKeys: ["image"] },
    ),
    network,
  )
  .map(([request, joined]) => AllocateRequest.safeParse({ ...request, ...joined }))
  .filter((result) => result.success)
  .map((result) => AllocateRequest.parse(result.data));
