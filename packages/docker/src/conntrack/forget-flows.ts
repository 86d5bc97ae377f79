import { execFile } from "node:child_process";
import { networkInterfaces } from "node:os";
import { promisify } from "node:util";
import type { PortBinding } from "@potassium/core-types";
import type { Connection } from "../engine/connection.js";
import {
  deleteArguments,
  listArguments,
  type PortFlows,
  portFlows,
} from "./conntrack-arguments.js";

const execute = promisify(execFile);

/** Longest run of the tool, in milliseconds: it asks the kernel, which answers at once. */
const timeoutMs = 5000;

/** What is run, and how. Tests put another in its place. */
export interface ConntrackTool {
  /** Whether this process may change the kernel's table. */
  readonly permitted: boolean;
  readonly ownAddresses: () => readonly string[];
  /** Gives what it writes. */
  readonly run: (args: readonly string[]) => Promise<string>;
}

export const systemConntrack: ConntrackTool = {
  permitted: process.platform === "linux" && process.getuid?.() === 0,
  ownAddresses: () =>
    Object.values(networkInterfaces()).flatMap((list) =>
      // Link-local addresses can't be told apart without their interface.
      (list ?? []).flatMap(({ address }) => (address.startsWith("fe80:") ? [] : [address])),
    ),
  run: async (args) => (await execute("conntrack", [...args], { timeout: timeoutMs })).stdout,
};

/** Whose flows, and whether this is wanted. */
export interface FlowsOf {
  readonly connection: Pick<Connection, "client" | "info">;
  readonly hostAddress: string;
  readonly conntrack: "auto" | "off";
}

/**
 * Makes the kernel forget where packets to these UDP ports went until now. It decides once for a flow: a
 * player who sent before his server was there, or to the one before, would stick to nothing, to a dead
 * container, or to the engine's proxy, which hides his address.
 *
 * Does nothing where the engine is on another machine, forwards ports by itself (rootless), or where this
 * process may not: it is an improvement, and never an error.
 *
 * @returns why it did not work, for a server's `warnings`
 * @see https://github.com/moby/moby/issues/44742
 */
export async function forgetFlows(
  { connection: { client, info }, hostAddress, conntrack }: FlowsOf,
  ports: readonly PortBinding[],
  tool: ConntrackTool = systemConntrack,
): Promise<readonly string[]> {
  const isHere = client.endpoint.kind === "socket" && !info.rootless;
  if (conntrack === "off" || !isHere || !tool.permitted) return [];
  const flows = portFlows(ports, hostAddress, tool.ownAddresses());
  const outcomes = await Promise.all(flows.map((each) => problemOf(tool, each)));
  return [...new Set(outcomes.filter((problem) => problem !== undefined))];
}

async function problemOf(tool: ConntrackTool, flows: PortFlows): Promise<string | undefined> {
  try {
    // Nearly always there is none, so one look is all; a deletion takes a call for each of the host's addresses.
    const listed = await tool.run(listArguments(flows));
    await Promise.all(deleteArguments(flows, listed).map((args) => tool.run(args)));
    return undefined;
  } catch (error) {
    const { code, stderr = "", message } = error as Error & { code?: unknown; stderr?: string };
    // That is how it says that a flow has ended meanwhile.
    if (/\b0 flow entries have been deleted/.test(stderr)) return undefined;
    const reason =
      code === "ENOENT" ? "the program conntrack is not installed" : stderr.trim() || message;
    return `players who sent to a UDP port of this server before it was there may not reach it until they pause: ${reason}`;
  }
}
