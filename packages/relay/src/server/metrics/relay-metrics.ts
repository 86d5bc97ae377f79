import type { RelayCounters } from "../relay-counters.js";
import type { PacketCounters } from "../udp/packet-tally.js";
import type { MetricFamily, MetricSample } from "./exposition.js";

/** What a relay has done, for Prometheus. The reasons are named as in {@link RelayCounters}. */
export function relayMetrics(counters: RelayCounters): readonly MetricFamily[] {
  const { sessions } = counters;
  return [
    counter("packets_received_total", "Packets that came in.", each(counters, "received")),
    counter(
      "packets_sent_total",
      "Packets handed to the operating system.",
      each(counters, "sent"),
    ),
    counter("packets_dropped_total", "Packets that were dropped.", dropped(counters)),
    counter("bytes_received_total", "Bytes in packets received.", each(counters, "receivedBytes")),
    counter("bytes_sent_total", "Bytes in packets sent.", each(counters, "sentBytes")),
    gauge("sessions_open", "Sessions that are open.", sessions.open),
    counter("sessions_opened_total", "Sessions that were opened.", [{ value: sessions.opened }]),
    counter("sessions_closed_total", "Sessions that were closed.", [{ value: sessions.closed }]),
    gauge("routes", "Routes in the table.", counters.routes),
    gauge("tracked_ips", "Addresses kept to limit new sessions.", counters.trackedIps),
    counter("socket_errors_total", "Socket errors that the relay went on after.", [
      { value: counters.socketErrors },
    ]),
  ];
}

function counter(name: string, help: string, samples: readonly MetricSample[]): MetricFamily {
  return { name: `potassium_relay_${name}`, type: "counter", help, samples };
}

function gauge(name: string, help: string, value: number): MetricFamily {
  return { name: `potassium_relay_${name}`, type: "gauge", help, samples: [{ value }] };
}

type Amount = Exclude<keyof PacketCounters<never>, "dropped">;

function each({ toBackend, toPlayer }: RelayCounters, amount: Amount): readonly MetricSample[] {
  return [
    { labels: { direction: "toBackend" }, value: toBackend[amount] },
    { labels: { direction: "toPlayer" }, value: toPlayer[amount] },
  ];
}

function dropped({ toBackend, toPlayer }: RelayCounters): readonly MetricSample[] {
  const ofDirection = (direction: string, reasons: Readonly<Record<string, number>>) =>
    Object.entries(reasons).map(([reason, value]) => ({ labels: { direction, reason }, value }));
  return [
    ...ofDirection("toBackend", toBackend.dropped),
    ...ofDirection("toPlayer", toPlayer.dropped),
  ];
}
