import { PortBinding, PublishedPort } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

schemaTable("PortBinding", PortBinding, {
  accepts: [
    { container: 5520, protocol: "udp" },
    { container: 5520, protocol: "udp", host: 5521, name: "game" },
    { container: 25_565, protocol: "tcp", range: "25565-25599" },
  ],
  rejects: [
    [{ container: 5520 }, "protocol"],
    [{ container: 5520, protocol: "sctp" }, "protocol"],
    [{ protocol: "udp" }, "container"],
    [{ container: 0, protocol: "udp" }, "container"],
    [{ container: 5520, protocol: "udp", host: 0 }, "host"],
    [{ container: 5520, protocol: "udp", host: 65_536 }, "host"],
    [{ container: 5520, protocol: "udp", range: "9-8" }, "range"],
    [{ container: 5520, protocol: "udp", host: 1, range: "1-2" }, "range"],
    [{ container: 5520, protocol: "udp", name: "2nd" }, "name"],
    [{ container: 5520, protocol: "udp", hostPort: 1 }, "hostPort"],
  ],
});

schemaTable("PublishedPort", PublishedPort, {
  accepts: [
    { container: 5520, protocol: "udp" },
    { container: 5520, protocol: "tcp", host: 5521, name: "game" },
  ],
  rejects: [
    [{ container: 5520, protocol: "udp", host: 0 }, "host"],
    [{ container: "5520", protocol: "udp" }, "container"],
  ],
});
