import type { IncomingHttpHeaders } from "node:http";
import { BlockList, isIP } from "node:net";
import { EnvironmentError } from "@speckit/service-kit";

/** The network address of the client of a request. */
export type ClientAddress = (request: {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}) => string;

/**
 * Reads TRUSTED_PROXIES, such as `127.0.0.1, 10.0.0.0/8`: whose `x-forwarded-for` is believed. The client is the last address in that header
 * which is no trusted proxy's, since what stands before it is what the client itself may have written. From anybody else the header
 * says nothing. Throws `EnvironmentError` when an address cannot be read.
 */
export function readClientAddress(trustedProxies: string): ClientAddress {
  const isTrusted = readProxies(trustedProxies);
  return ({ headers, socket }) => {
    const forwarded = [headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
    let client = plain(socket.remoteAddress ?? "unknown");
    for (const text of forwarded.reverse()) {
      const before = plain(text.trim());
      if (!isTrusted(client) || isIP(before) === 0) break;
      client = before;
    }
    return client;
  };
}

/** IPv4 addresses arrive as IPv6 ones where a server listens on both (RFC 4291, 2.5.5.2). */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "").toLowerCase();
}

function readProxies(text: string): (address: string) => boolean {
  const list = new BlockList();
  for (const entry of text.split(",").map((part) => part.trim())) {
    if (entry !== "") addProxy(list, entry);
  }
  return (address) => {
    const version = isIP(address);
    return version !== 0 && list.check(address, version === 6 ? "ipv6" : "ipv4");
  };
}

function addProxy(list: BlockList, entry: string): void {
  const [address = "", bits] = entry.split("/");
  const version = isIP(address);
  const most = version === 6 ? 128 : 32;
  const prefix = bits === undefined ? most : /^\d+$/.test(bits) ? Number(bits) : Number.NaN;
  if (version === 0 || !(prefix <= most)) {
    throw new EnvironmentError(`TRUSTED_PROXIES names "${entry}", which is no address and no network.`);
  }
  list.addSubnet(address, prefix, version === 6 ? "ipv6" : "ipv4");
}
