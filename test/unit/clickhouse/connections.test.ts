import { gonePeers } from "../../../jobs/clickhouse/connections";

const head =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

test("connections that the other side has closed are found by their port, IPv4 as ClickHouse writes it", () => {
  const table = `${head}   0: 0100007F:485B 0100007F:D7AA 08 00000000:00000001 00:00000000 00000000     0        0 125648 3
   1: 0100007F:485B 0100007F:D7AB 01 00000000:00000000 00:00000000 00000000     0        0 125649 3
   2: 0100007F:485C 0100007F:D7AC 08 00000000:00000000 00:00000000 00000000     0        0 125650 3
   3: 0100007F:485B 0501A8C0:0050 08 00000000:00000000 00:00000000 00000000     0        0 125651 3
`;
  expect(gonePeers(table, 0x485b)).toEqual([
    { address: "0000:0000:0000:0000:0000:ffff:7f00:0001", port: 0xd7aa },
    { address: "0000:0000:0000:0000:0000:ffff:c0a8:0105", port: 80 },
  ]);
});

test("IPv6, too", () => {
  const table = `${head}   0: 00000000000000000000000001000000:1FBB B80D01200000000000000000EF0D0000:01BB 08 0:0 0:0 0 0 0 1 3
   1: 0000000000000000FFFF00000100007F:1FBB 0000000000000000FFFF00000200007F:C001 08 0:0 0:0 0 0 0 2 3
`;
  expect(gonePeers(table, 8123)).toEqual([
    { address: "2001:0db8:0000:0000:0000:0000:0000:0def", port: 443 },
    { address: "0000:0000:0000:0000:0000:ffff:7f00:0002", port: 0xc001 },
  ]);
});

test("an empty list has none", () => expect(gonePeers(head, 8123)).toEqual([]));
