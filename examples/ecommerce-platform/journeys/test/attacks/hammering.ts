import { expect, test } from "vitest";
import { post, somebody } from "../support/person.ts";

/** Trying again and again, at a shop that stands behind no proxy. */
export function hammering(shop: () => { readonly url: string }): void {
  test("whoever writes another address into a header is still the same", async () => {
    const { asks } = somebody(shop().url);
    const tries = Array.from({ length: 150 }, (_, at) => {
      const address = `203.0.113.${at}`;
      const headers = { "x-forwarded-for": address, forwarded: `for=${address}`, "x-real-ip": address };
      return asks("/api/v1/auth/login", post({}, headers));
    });
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([422, 429]));
    // When the tries take more than a minute, as many again are let through.
    expect(statuses.filter((status) => status === 422).length).toBeLessThan(120);
  });
}
