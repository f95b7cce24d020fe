import { describe, expect, test } from "vitest";
import type { Shop } from "../support/open-shop.ts";
import { post } from "../support/person.ts";
import { withProfile } from "./profiles.ts";

const contact = "lovelace@example.org";

/** What the shop writes to people. */
export function mails(shop: () => Shop): void {
  describe("mails", () => {
    test("welcome whoever makes a profile, at the address of the account and not at another", async () => {
      const ada = await shop().newCustomer();
      await withProfile(ada, { firstName: "Ada", lastName: "Lovelace", email: contact });
      const { Subject, Text, HTML } = await shop().mailArrives(ada.email, "Welcome");
      expect(Subject).toMatch(/^Welcome/);
      for (const words of [Text, HTML]) expect(words).toContain("Ada");
      expect(await shop().mailsTo(contact)).toEqual([]);
    });

    test.each([
      { who: "has a profile", hasProfile: true },
      { who: "has none", hasProfile: false },
    ])("tell a customer who $who how each order ended, once, as text and as HTML", async ({ hasProfile }) => {
      const ada = await shop().newCustomer();
      if (hasProfile)
        await withProfile(ada, { firstName: "Ada", lastName: "Lovelace", email: "countess@example.org" });
      const good = await ada.orders([{ sku: "TEA-100", quantity: 2 }]);
      const bad = await ada.orders([{ sku: "COFFEE-1", quantity: 1 }]);
      const confirmed = await shop().mailArrives(ada.email, `Order ${good} confirmed`);
      const rejected = await shop().mailArrives(ada.email, `Order ${bad} rejected`);
      for (const { Text, HTML, To } of [confirmed, rejected]) {
        expect(To).toMatchObject([{ Address: ada.email }]);
        expect(Text).not.toMatch(/<[a-z]/);
        expect(HTML).toMatch(/<[a-z]/);
      }
      for (const words of [confirmed.Text, confirmed.HTML]) expect(words).toContain("TEA-100");
      if (hasProfile) await shop().mailArrives(ada.email, "Welcome");
      const subjects = (await shop().mailsTo(ada.email)).map(({ Subject }) => Subject);
      expect(subjects.filter((subject) => subject.startsWith("Order"))).toHaveLength(2);
      expect(await shop().mailsTo("countess@example.org")).toEqual([]);
    });

    test("show a name with markup as it is and obey none of it", async () => {
      const ada = await shop().newCustomer();
      await withProfile(ada, {
        firstName: "<img src=x onerror=alert(1)>",
        lastName: "Lovelace",
        email: contact,
      });
      const { HTML } = await shop().mailArrives(ada.email, "Welcome");
      expect(HTML).toContain("&lt;img");
      expect(HTML).not.toContain("<img");
    });

    test("stand in a log that each reads for themselves", async () => {
      const [ada, grace] = [await shop().newCustomer(), await shop().newCustomer()];
      const orderId = await ada.orders([{ sku: "TEA-100", quantity: 1 }]);
      await shop().mailArrives(ada.email, `Order ${orderId} confirmed`);
      const mine = () => ada.does<Record<string, string>[]>("/api/v1/notifications");
      await expect.poll(async () => (await mine()).data[0]?.status, { timeout: 30_000 }).toBe("sent");
      const { data, body } = await mine();
      expect(data).toMatchObject([{ template: "order-confirmed", orderId, recipient: ada.email }]);
      expect(JSON.stringify(body)).not.toContain("Hello");

      const entry = `/api/v1/notifications/${data[0]?.notificationId}`;
      expect((await ada.does(entry)).data).toMatchObject({ subject: `Order ${orderId} confirmed` });
      expect((await grace.does(entry)).status).toBe(404);
      expect((await grace.does("/api/v1/notifications")).data).toEqual([]);
      expect((await grace.asks("/api/v1/notifications")).status).toBe(401);
      const administrator = await shop().administrator();
      expect((await administrator.does(entry)).status).toBe(200);
    });

    test("are there for people to look at", async () => {
      const ada = await shop().newCustomer();
      await ada.asks("/api/v1/auth/password-reset/request", post({ email: ada.email }));
      await shop().mailArrives(ada.email, "eset");
      const page = await fetch(shop().inboxUrl);
      expect(page.headers.get("content-type")).toMatch(/^text\/html/);
      expect(await page.text()).toContain(ada.email);
    });
  });
}
