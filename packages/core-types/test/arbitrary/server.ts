import * as fc from "fast-check";
import { Server } from "../../src/index.js";
import { limitFields } from "./resource-limits.js";
import { anyText, ip, map, name, partial, port, protocol, timestamp } from "./text.js";

const status = fc.oneof(
  fc.record({ state: fc.constantFrom("created", "starting", "paused", "stopping") }),
  fc.record({ state: fc.constant("running"), startedAt: timestamp }, { requiredKeys: ["state"] }),
  fc.record(
    {
      state: fc.constant("stopped"),
      exitCode: fc.integer({ min: 0, max: 255 }),
      outOfMemory: fc.boolean(),
      finishedAt: timestamp,
    },
    { requiredKeys: ["state", "exitCode"] },
  ),
  fc.record({ state: fc.constant("error"), message: anyText }),
);

const publishedPort = fc.record(
  { container: port, protocol, host: port, name },
  { requiredKeys: ["container", "protocol"] },
);

/** Servers that the schema takes. */
export const server: fc.Arbitrary<Server> = fc
  .record(
    {
      id: name,
      name,
      image: anyText,
      status,
      ip,
      networks: map(name, partial({ ip, ipv6: ip })),
      ports: fc.array(publishedPort, { maxLength: 3 }),
      limits: partial(limitFields),
      labels: map(name, anyText),
      createdAt: timestamp,
      warnings: fc.array(anyText, { maxLength: 2 }),
    },
    {
      requiredKeys: [
        "id",
        "name",
        "image",
        "status",
        "networks",
        "ports",
        "limits",
        "labels",
        "createdAt",
        "warnings",
      ],
    },
  )
  .map((value) => Server.parse(value));
