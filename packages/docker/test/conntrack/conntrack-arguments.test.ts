import { expect, test } from "vitest";
import {
  deleteArguments,
  listArguments,
  portFlows,
} from "../../src/conntrack/conntrack-arguments.js";

const udp = { container: 5520, host: 5521, protocol: "udp" } as const;
const own = ["127.0.0.1", "192.0.2.7", "2001:db8::7"];

const toUs =
  "udp 17 29 src=198.51.100.9 dst=192.0.2.7 sport=4000 dport=5521 [UNREPLIED] src=172.17.0.2 dst=198.51.100.9 sport=5520 dport=4000 mark=0 use=1";
const elsewhere =
  "udp 17 9 src=192.0.2.7 dst=203.0.113.5 sport=4001 dport=5521 src=203.0.113.5 dst=192.0.2.7 sport=5521 dport=4001 mark=0 use=1";

test("flows to a UDP port are looked for in each family of the host's addresses", () => {
  const flows = portFlows([udp], "0.0.0.0", own);
  expect(flows.map((each) => listArguments(each).join(" "))).toEqual([
    "-L -f ipv4 -p udp --orig-port-dst 5521",
    "-L -f ipv6 -p udp --orig-port-dst 5521",
  ]);
});

test("flows to the host's own addresses go, those that a relay sends to other machines stay", () => {
  const [flows = expect.fail()] = portFlows([udp], "0.0.0.0", own);
  expect(deleteArguments(flows, [toUs, elsewhere, toUs, ""].join("\n"))).toEqual([
    ["-D", "-f", "ipv4", "-p", "udp", "--orig-dst", "192.0.2.7", "--orig-port-dst", "5521"],
  ]);
  expect(deleteArguments(flows, "")).toEqual([]);
});

test("of ports that are published on one address, only that one's flows go", () => {
  const flows = portFlows([udp], "127.0.0.1", own);
  expect(flows).toHaveLength(1);
  expect(flows.flatMap((each) => deleteArguments(each, toUs))).toEqual([]);
});

test("TCP ports and those that are not published leave nothing to forget", () => {
  const ports = [
    { container: 80, host: 8080, protocol: "tcp" },
    { container: 5520, protocol: "udp" },
  ] as const;
  expect(portFlows(ports, "0.0.0.0", own)).toEqual([]);
});
