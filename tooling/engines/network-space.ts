import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readlink } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** A network namespace: interfaces, addresses and firewall that nobody else has. */
export interface NetworkSpace extends AsyncDisposable {
  /** The words before a program and its arguments that is to run in it. */
  readonly prefix: readonly [program: string, ...args: string[]];
  /** Runs a program in it to its end, and gives what it wrote. */
  readonly run: (program: string, ...args: string[]) => Promise<string>;
  /** A process in it: what moves an interface asks for one. */
  readonly pid: number;
}

/** Makes a namespace that lasts as long as this process at most. */
export async function networkSpace(): Promise<NetworkSpace> {
  // Its input ends with this process, however that ends, and it with its input.
  const holder = spawn("unshare", ["--net", "--", "cat"], { stdio: ["pipe", "ignore", "inherit"] });
  const pid = holder.pid ?? 0;
  const ours = await readlink("/proc/self/ns/net");
  while ((await readlink(`/proc/${pid}/ns/net`)) === ours) await setTimeout(5);
  const prefix = ["nsenter", `--net=/proc/${pid}/ns/net`, "--"] as const;
  const [enter, ...options] = prefix;
  const run = async (program: string, ...args: string[]) =>
    (await execute(enter, [...options, program, ...args])).stdout;
  await run("busybox", "ip", "link", "set", "lo", "up");
  return {
    prefix: [...prefix],
    run,
    pid,
    async [Symbol.asyncDispose]() {
      const ended = once(holder, "close");
      holder.kill();
      await ended;
    },
  };
}

/** Lays a cable between two namespaces, whose ends have these addresses of one /24. */
export async function joinSpaces(
  [one, oneAddress]: readonly [NetworkSpace, string],
  [other, otherAddress]: readonly [NetworkSpace, string],
): Promise<void> {
  // Without a name of its own, the other end is called veth0. Busybox is there anyway, for the image.
  await one.run("busybox", "ip", "link", "add", "cable", "type", "veth");
  await one.run("busybox", "ip", "link", "set", "veth0", "netns", String(other.pid));
  for (const [space, device, address] of [
    [one, "cable", oneAddress],
    [other, "veth0", otherAddress],
  ] as const) {
    await space.run("busybox", "ip", "addr", "add", `${address}/24`, "dev", device);
    await space.run("busybox", "ip", "link", "set", device, "up");
  }
}
