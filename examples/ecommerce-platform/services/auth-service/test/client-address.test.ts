import { describe, expect, test } from "vitest";
import { readClientAddress } from "../src/client-address.ts";

const request = (remoteAddress: string | undefined, forwarded?: string | string[]) => ({
  headers: { ...(forwarded && { "x-forwarded-for": forwarded as string }) },
  socket: { remoteAddress },
});

describe("P6: Repeated Wrong Passwords", () => {
  test.each([
    { from: "203.0.113.9", header: undefined, client: "203.0.113.9" },
    { from: "203.0.113.9", header: "198.51.100.1", client: "203.0.113.9" },
    { from: "127.0.0.1", header: undefined, client: "127.0.0.1" },
    { from: "127.0.0.1", header: "203.0.113.9", client: "203.0.113.9" },
    { from: "::ffff:127.0.0.1", header: "203.0.113.9", client: "203.0.113.9" },
    { from: "127.0.0.1", header: "198.51.100.1, 203.0.113.9", client: "203.0.113.9" },
    { from: "127.0.0.1", header: "198.51.100.1, 203.0.113.9, 10.1.2.3", client: "203.0.113.9" },
    { from: "127.0.0.1", header: "10.1.2.3, 10.4.5.6", client: "10.1.2.3" },
    { from: "127.0.0.1", header: "203.0.113.9, unknown", client: "127.0.0.1" },
    { from: "127.0.0.1", header: "", client: "127.0.0.1" },
    { from: "127.0.0.1", header: "2001:DB8::1", client: "2001:db8::1" },
    { from: "::1", header: "2001:db8::1", client: "2001:db8::1" },
    { from: "10.9.8.7", header: ["198.51.100.1", "203.0.113.9"], client: "203.0.113.9" },
    { from: undefined, header: "203.0.113.9", client: "unknown" },
  ])("from $from with x-forwarded-for '$header' the client is $client", ({ from, header, client }) => {
    const clientAddress = readClientAddress("127.0.0.1, ::1, 10.0.0.0/8");
    expect(clientAddress(request(from, header))).toBe(client);
  });

  test("without trusted proxies the header says nothing", () => {
    expect(readClientAddress("")(request("127.0.0.1", "203.0.113.9"))).toBe("127.0.0.1");
  });

  test.each([
    "gateway",
    "10.0.0.0/33",
    "10.0.0.0/",
    "10.0.0.0/x",
    "10.0.0",
    "::1/129",
    "10.0.0.0/-1",
  ])("TRUSTED_PROXIES=%s is refused", (text) => {
    expect(() => readClientAddress(text)).toThrow(`TRUSTED_PROXIES names "${text}"`);
  });
});
