import { Redis } from "ioredis";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Shop } from "../support/open-shop.ts";
import { post } from "../support/person.ts";

/** Servers that others use too. To be called after others have done something. */
export function sharedServers(shop: () => Shop): void {
  describe("on servers that others use too", () => {
    const prefix = () => shop().place.environment.PLATFORM_PREFIX ?? "";

    test("revocations stand under the shop's own name", async () => {
      const ada = await shop().newCustomer();
      const body = { refreshToken: ada.refreshToken };
      expect((await ada.does("/api/v1/auth/logout", post(body))).status).toBe(204);
      const redis = new Redis(shop().place.environment.REDIS_URL ?? "");
      onTestFinished(() => redis.disconnect());
      expect(await redis.keys(`${prefix()}auth:revoked:*`)).not.toEqual([]);
      expect(await redis.exists(`${prefix()}auth:complete`)).toBe(1);
    });
  });
}
