import { expect, test } from "vitest";
import { conntrackArguments } from "../../src/conntrack/conntrack-arguments.js";

const udp = { container: 5520, host: 5521, protocol: "udp" } as const;
const own = ["127.0.0.1", "192.0.2.7", "2001:db8::7"];

test("flows to a UDP port are named by each of the host's addresses, in its family", () => {
  expect(conntrackArguments([udp], "0.0.0.0", own).map((args) => args.join(" "))).toEqual([
    "-D -f ipv4 -p udp --orig-dst 127.0.0.1 --orig-port-dst 5521",
    "-D -f ipv4 -p udp --orig-dst 192.0.2.7 --orig-port-dst 5521",
    "-D -f ipv6 -p udp --orig-dst 2001:db8::7 --orig-port-dst 5521",
  ]);
});

test("of ports that are published on one address, only that one's flows go", () => {
  expect(conntrackArguments([udp], "192.0.2.7", own)).toEqual([
    ["-D", "-f", "ipv4", "-p", "udp", "--orig-dst", "192.0.2.7", "--orig-port-dst", "5521"],
  ]);
});

test("TCP ports and those that are not published leave nothing to forget", () => {
  const ports = [
    { container: 80, host: 8080, protocol: "tcp" },
    { container: 5520, protocol: "udp" },
  ] as const;
  expect(conntrackArguments(ports, "0.0.0.0", own)).toEqual([]);
});
