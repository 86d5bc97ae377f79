import type { AllocateRequest } from "@potassium/core-types";
import { byteCount } from "../option/byte-count.js";
import { decimal } from "../option/decimal.js";
import { duration } from "../option/duration.js";
import { repeated } from "../option/repeated.js";
import { textPair } from "../option/text-pair.js";
import { wholeNumber } from "../option/whole-number.js";
import { optionSet, type ValuesOf } from "../option-set.js";
import { environmentFlag } from "./environment-flag.js";
import { portFlag } from "./port-flag.js";
import { readinessFlag } from "./readiness-flag.js";
import { restartFlag } from "./restart-flag.js";
import { swapFlag } from "./swap-flag.js";
import { volumeFlag } from "./volume-flag.js";

/** Declares an option for each field of a request. */
export const requestFlags = optionSet((command) =>
  command
    .option("--name <name>", "must be free; without it, one is made up")
    .option(
      "-p, --port <binding>",
      "a port: 5520/udp, 5521:5520/udp, 25565-25599:5520/udp, rcon=5522/tcp; may be given again",
      portFlag,
    )
    .option(
      "-e, --env <variable>",
      "a variable: KEY=VALUE, or KEY for this command's own; may be given again",
      environmentFlag,
    )
    .option(
      "-v, --volume <mount>",
      "what it sees: /srv/maps:/maps:ro, or a volume, worlds:/data; may be given again",
      volumeFlag,
    )
    .option("--network <name>", "the network to join")
    .option("--ip <address>", "its fixed address there")
    .option("--ipv6 <address>", "its IPv6 address there, beside an IPv4 address")
    .option("--alias <host>", "one more name of it there; may be given again", repeated)
    .option("-l, --label <key=value>", "free text to find it by; may be given again", textPair)
    .option("--cpu <cores>", "cores that it may use: 1.5", decimal)
    .option("--memory <bytes>", "memory that it may use: 2GiB", byteCount)
    .option(
      "--memory-swap <bytes>",
      "memory and swap together; -1 for swap without limit",
      swapFlag,
    )
    .option("--pids <n>", "processes and threads that it may have", wholeNumber(1))
    .option("--disk-read <bytes>", "bytes that it may read a second", byteCount)
    .option("--disk-write <bytes>", "bytes that it may write a second", byteCount)
    .option("--disk-size <bytes>", "room for its own files", byteCount)
    .option(
      "--restart <policy>",
      "if it ends by itself: no, always, unless-stopped, on-failure:3",
      restartFlag,
    )
    .option("--stop-line <text>", "what is said on its console to stop it, before the signal")
    .option("--stop-signal <name>", "what stops it (default: SIGTERM)")
    .option("--stop-grace <time>", "how long it may take to stop (default: 10s)", duration)
    .option(
      "--readiness <probe>",
      "when it is ready: log:PATTERN, tcp:PORT, http:PORT/PATH, raknet:PORT, a2s:PORT, exec:PROGRAM",
      readinessFlag,
    )
    .option("--readiness-timeout <time>", "how long that may take (default: 1m)", duration)
    .option("--key <text>", "the same key gives the same server, however often it is asked for"),
);

export type RequestFlags = ValuesOf<typeof requestFlags>;

/** Which option or argument fills a field of the request. */
export const requestFields = {
  image: "<image>",
  name: "--name",
  command: "<command>",
  ports: "--port",
  environment: "--env",
  volumes: "--volume",
  network: "--network",
  ip: "--ip",
  ipv6: "--ipv6",
  aliases: "--alias",
  labels: "--label",
  cpuLimit: "--cpu",
  memoryLimit: "--memory",
  memorySwap: "--memory-swap",
  pidsLimit: "--pids",
  diskIoReadBps: "--disk-read",
  diskIoWriteBps: "--disk-write",
  diskSizeLimit: "--disk-size",
  restartPolicy: "--restart",
  stop: "--stop-signal",
  readiness: "--readiness",
  idempotencyKey: "--key",
} as const satisfies Record<keyof AllocateRequest, string>;
