import { hasIpv6 } from "@potassium/tooling/engines";
import { expect, test } from "vitest";
import { RelayClient } from "../../../src/index.js";
import { startRelay } from "../../../src/server/index.js";
import { eventually } from "../../fixture/eventually.js";
import { UdpPeer } from "../../fixture/udp-peer.js";

const isMissing = !hasIpv6();

test.skipIf(isMissing)("players and backends on IPv6 are relayed", async () => {
  await using relay = await startRelay({ udp: { host: "::1" }, api: { host: "::1" } });
  await using client = new RelayClient(relay.url);
  await using backend = await UdpPeer.echo("six", "::1");
  await using player = await UdpPeer.open("::1");
  await client.setRoute("0:0::1", backend.name);
  player.send("hello", relay.udpAddress);
  await player.expectTexts("six:hello");
});

test.skipIf(isMissing)("on :: players of both families reach backends of both", async () => {
  await using relay = await startRelay({ udp: { host: "::" } });
  await using client = new RelayClient(relay.url);
  await using four = await UdpPeer.echo("four");
  await using six = await UdpPeer.echo("six", "::1");
  await using onFour = await UdpPeer.open();
  await using onSix = await UdpPeer.open("::1");
  const { port } = relay.udpAddress;
  await client.setRoute("127.0.0.1", six.name);
  await client.setRoute("::1", four.name);
  onFour.send("a", { host: "127.0.0.1", port });
  onSix.send("b", { host: "::1", port });
  await onFour.expectTexts("six:a");
  await onSix.expectTexts("four:b");
  expect(await client.listRoutes()).toEqual({ "127.0.0.1": six.name, "::1": four.name });
});

test.skipIf(isMissing)(
  "a session moves from an IPv4 backend to an IPv6 backend and back",
  async () => {
    await using relay = await startRelay();
    await using client = new RelayClient(relay.url);
    await using four = await UdpPeer.echo("four");
    await using six = await UdpPeer.echo("six", "::1");
    await using player = await UdpPeer.open();
    await client.setRoute("127.0.0.1", four.name);
    player.send("1", relay.udpAddress);
    await player.expectTexts("four:1");
    await client.setRoute("127.0.0.1", six.name);
    player.send("2", relay.udpAddress);
    await player.expectTexts("four:1", "six:2");
    await client.setRoute("127.0.0.1", four.name);
    player.send("3", relay.udpAddress);
    await player.expectTexts("four:1", "six:2", "four:3");
    expect(relay.counters().sessions).toEqual({ open: 1, opened: 1, closed: 0 });
  },
);

test.skipIf(isMissing)(
  "packets that wait for a socket go along when the family changes",
  async () => {
    await using relay = await startRelay();
    await using client = new RelayClient(relay.url);
    await using four = await UdpPeer.open();
    await using six = await UdpPeer.open("::1");
    await using player = await UdpPeer.open();
    await client.setRoute("127.0.0.1", four.name);
    const total = 500;
    let sent = 0;
    for (let round = 0; round < 10; round += 1) {
      const move = client.setRoute("127.0.0.1", round % 2 === 0 ? six.name : four.name);
      for (let count = 0; count < total / 10; count += 1) {
        player.send(String(sent), relay.udpAddress);
        sent += 1;
      }
      await move;
      await eventually(() => expect(relay.counters().toBackend.received).toBe(sent));
    }
    await eventually(() => expect(four.received.length + six.received.length).toBe(total));
    expect(relay.counters().toBackend).toMatchObject({ received: total, sent: total });
  },
);
