import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { withProfile } from "../journeys/profiles.ts";
import type { Shop } from "../support/open-shop.ts";
import { type Customer, order, post, put } from "../support/person.ts";

const tea = { sku: "TEA-100", quantity: 1 };
const profile = { firstName: "Eve", lastName: "Mallory", email: "eve@example.com" };

/** Reaching for what belongs to others, and for more than one may set. */
export function otherPeoplesThings(shop: () => Shop): void {
  describe("whoever guesses ids", () => {
    let ada: Customer;
    let eve: Customer;
    let orderId: string;
    let notificationId: string;
    beforeAll(async () => {
      ada = await withProfile(await shop().newCustomer());
      eve = await withProfile(await shop().newCustomer(), profile);
      orderId = await ada.orders([tea]);
      await shop().mailArrives(ada.email, `Order ${orderId} confirmed`);
      const { data } = await ada.does<{ notificationId: string }[]>(
        `/api/v1/notifications?orderId=${orderId}`,
      );
      notificationId = data[0]?.notificationId ?? "";
    });

    test("learns nothing from the answer, whether there is such a thing or not", async () => {
      const [there, nowhere] = [
        [
          `/api/v1/orders/${orderId}`,
          `/api/v1/users/${ada.userId}`,
          `/api/v1/notifications/${notificationId}`,
        ],
        [
          `/api/v1/orders/${randomUUID()}`,
          `/api/v1/users/${randomUUID()}`,
          `/api/v1/notifications/${randomUUID()}`,
        ],
      ];
      for (const [at, path] of there.entries()) {
        const [one, other] = [await eve.does(path), await eve.does(nowhere[at] ?? "")];
        expect([one.status, other.status]).toEqual([404, 404]);
        const { type, title, detail } = one.body;
        expect(other.body).toMatchObject({ type, title, detail });
      }
    });

    test.each([
      "0",
      "1",
      "-1",
      "me",
      "*",
      "null",
      "undefined",
      "%00",
      "00000000-0000-0000-0000-000000000000",
    ])("finds nothing under %s", async (id) => {
      for (const path of ["orders", "users", "notifications"])
        expect((await eve.does(`/api/v1/${path}/${id}`)).status).toBe(404);
    });

    test("finds nobody by their address or token either, which stand in the path then", async () => {
      for (const one of [ada.email, encodeURIComponent(ada.email), eve.accessToken])
        for (const path of ["orders", "users", "notifications", "products"])
          expect((await eve.does(`/api/v1/${path}/${one}`)).status).toBe(404);
    });

    test("gets no list of somebody else", async () => {
      for (const query of [`userId=${ada.userId}`, `user_id=${ada.userId}`, `customer=${ada.userId}`]) {
        const { status, data } = await eve.does<unknown[]>(`/api/v1/orders?${query}`);
        expect([200, 400]).toContain(status);
        expect(data ?? []).toEqual([]);
      }
      expect((await eve.does<unknown[]>(`/api/v1/notifications?orderId=${orderId}`)).data).toEqual([]);
      expect((await eve.does("/api/v1/reservations")).status).toBe(403);
      expect((await eve.does(`/api/v1/reservations?orderId=${orderId}`)).status).toBe(403);
    });

    test("gets no further with the cursor of somebody else", async () => {
      await ada.orders([tea]);
      const { body } = await ada.does("/api/v1/orders?limit=1");
      const { nextCursor } = body.meta as { nextCursor: string };
      const { data } = await eve.does(`/api/v1/orders?cursor=${encodeURIComponent(nextCursor)}`);
      expect(data).toEqual([]);
    });
  });

  describe("a body that sets more than it may is refused, and sets nothing:", () => {
    test.each([
      { path: "/api/v1/auth/register", more: { roles: ["administrator"] }, method: "POST" },
      { path: "/api/v1/auth/register", more: { userId: randomUUID() }, method: "POST" },
      { path: "/api/v1/auth/login", more: { roles: ["administrator"] }, method: "POST" },
    ])("$more at $path", async ({ path, more }) => {
      const nobody = shop().somebody();
      const body = { email: nobody.email, password: nobody.password, ...more };
      expect((await nobody.asks(path, post(body))).status).toBe(422);
      expect((await nobody.logIn()).status).toBe(401);
    });

    test.each([
      { more: { roles: ["administrator"] } },
      { more: { userId: randomUUID() } },
      { more: { profileVersion: 1 } },
      { more: { accountEmail: "ada@example.com" } },
    ])("$more in a profile", async ({ more }) => {
      const eve = await shop().newCustomer();
      expect((await eve.does("/api/v1/users", post({ ...profile, ...more }))).status).toBe(422);
      expect((await eve.does(`/api/v1/users/${eve.userId}`)).status).toBe(404);
    });

    test.each([
      { more: { customerEmail: "ada@example.com" } },
      { more: { orderId: randomUUID() } },
      { more: { currency: "XXX" } },
    ])("$more in an order", async ({ more }) => {
      const eve = await shop().newCustomer();
      const key = { "idempotency-key": randomUUID() };
      expect((await eve.does("/api/v1/orders", post({ items: [tea], ...more }, key))).status).toBe(422);
      const lines = order([{ ...tea, ...more }]);
      expect((await eve.does("/api/v1/orders", lines)).status).toBe(422);
      expect((await eve.does("/api/v1/orders")).data).toEqual([]);
    });

    test("another sku in a product", async () => {
      const administrator = await shop().administrator();
      const body = { name: "Cup", unitPrice: 450, currency: "EUR", available: 2, sku: "TEA-100" };
      expect((await administrator.does("/api/v1/products/CUP-009", put(body))).status).toBe(422);
    });

    test.each([
      '{"__proto__":{"roles":["administrator"]},',
      '{"constructor":{"prototype":{"roles":[]}},',
    ])("%s in a profile", async (start) => {
      const eve = await shop().newCustomer();
      const body = `${start}${JSON.stringify(profile).slice(1)}`;
      expect((await eve.does("/api/v1/users", post(body))).status).toBe(422);
    });
  });
}
