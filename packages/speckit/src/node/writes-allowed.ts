import { isIP } from "node:net";

/** Whether an address is of this machine itself. */
export function isLoopback({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  if (isIP(host) === 4) return host.startsWith("127.");
  return host === "::1" || host === "localhost" || host.endsWith(".localhost");
}

/** Whether more may be sent there than requests that only read: to this machine, and to hosts that were named. */
export function writesAllowed(url: URL, hosts: readonly string[]): boolean {
  return isLoopback(url) || hosts.some((host) => host === url.host || host === url.hostname);
}

export function isRead(method: string): boolean {
  return method === "GET" || method === "HEAD";
}
