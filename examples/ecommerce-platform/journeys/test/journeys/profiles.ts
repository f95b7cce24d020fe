import { describe, expect, test } from "vitest";
import {
  gif,
  html,
  jpeg,
  png,
  pngOf,
  svg,
  webp,
} from "../../../services/user-service/test/support/images.ts";
import type { Shop } from "../support/open-shop.ts";
import { type Customer, confidential, post, put, remove } from "../support/person.ts";

const adas = { firstName: "Ada", lastName: "Lovelace", email: "ada.lovelace@example.com" };
const largestBytes = 2 * 1024 * 1024;

const profileOf = ({ userId }: { userId: string }) => `/api/v1/users/${userId}`;
const avatarOf = (customer: Customer) => `${profileOf(customer)}/avatar`;

/** Gives a customer a profile. */
export async function withProfile(customer: Customer, profile: typeof adas = adas): Promise<Customer> {
  for (const one of [profile.lastName, profile.email]) confidential.add(one);
  expect((await customer.does("/api/v1/users", post(profile))).status).toBe(201);
  return customer;
}

/** A form with an image, as a browser sends it. */
function form(image: Buffer, fields: Readonly<Record<string, string>> = {}) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append("file", new Blob([new Uint8Array(image)], { type: "image/png" }), "ada.png");
  return post(body);
}

/** What people say about themselves. */
export function profiles(shop: () => Shop): void {
  describe("a profile", () => {
    test("is made, read, replaced and deleted by its owner", async () => {
      const ada = await shop().newCustomer();
      const created = await ada.does("/api/v1/users", post(adas));
      expect(created.status).toBe(201);
      expect(created.data).toMatchObject({ userId: ada.userId, ...adas });
      expect((await ada.does("/api/v1/users", post(adas))).status).toBe(409);

      expect((await ada.does(profileOf(ada))).data).toMatchObject(adas);
      const byron = { ...adas, lastName: "Byron" };
      expect(await ada.does(profileOf(ada), put(byron))).toMatchObject({ status: 200, data: byron });
      expect((await ada.does(profileOf(ada))).data).toMatchObject(byron);

      expect((await ada.does(profileOf(ada), remove)).status).toBe(204);
      expect((await ada.does(profileOf(ada))).status).toBe(404);
      expect((await ada.does("/api/v1/users", post(adas))).status).toBe(201);
    });

    test.each([
      { what: "reads", request: {} },
      { what: "replaces", request: put(adas) },
      { what: "deletes", request: remove },
    ])("of another is not there for whoever $what it", async ({ request }) => {
      const ada = await withProfile(await shop().newCustomer());
      const grace = await withProfile(await shop().newCustomer(), { ...adas, firstName: "Grace" });
      expect((await grace.does(profileOf(ada), request)).status).toBe(404);
      expect((await grace.asks(profileOf(ada), request)).status).toBe(401);
      expect((await ada.does(profileOf(ada))).data.firstName).toBe("Ada");
    });

    test("is read by an administrator", async () => {
      const ada = await withProfile(await shop().newCustomer());
      const administrator = await shop().administrator();
      expect(await administrator.does(profileOf(ada))).toMatchObject({ status: 200, data: adas });
    });

    test.each([
      { given: "roles", more: { roles: ["administrator"] } },
      { given: "a role", more: { role: "administrator" } },
      { given: "a user id", more: { userId: "3f0c2a54-8d0e-4f57-9a3b-6c1d2e4f5a60" } },
    ])("never takes $given", async ({ more }) => {
      const ada = await shop().newCustomer();
      expect((await ada.does("/api/v1/users", post({ ...adas, ...more }))).status).toBe(422);
      await withProfile(ada);
      expect((await ada.does(profileOf(ada), put({ ...adas, ...more }))).status).toBe(422);
      const { data } = await ada.asks("/api/v1/auth/validate", post({ token: ada.accessToken }));
      expect(data).toEqual({ userId: ada.userId, roles: ["customer"] });
    });
  });

  describe("an avatar", () => {
    test.each([
      { format: "png", image: png },
      { format: "jpeg", image: jpeg },
      { format: "webp", image: webp },
    ])("that is $format is recognised by its content, in a form or as the body itself", async ({
      format,
      image,
    }) => {
      const ada = await withProfile(await shop().newCustomer());
      const raw = post(image, { "content-type": `image/${format}` });
      for (const request of [form(image), form(image, { imageFormat: format }), raw]) {
        const { status, data } = await ada.does(avatarOf(ada), request);
        expect({ status, format: data?.imageFormat }).toEqual({ status: 200, format });
      }
      const shown = await ada.does(avatarOf(ada));
      expect(shown.headers.get("content-type")).toBe(`image/${format}`);
      expect(shown.bytes.equals(image)).toBe(true);
    });

    test.each([
      { given: "SVG", request: post(svg, { "content-type": "image/png" }), status: 422 },
      { given: "SVG in a form", request: form(svg), status: 422 },
      { given: "GIF", request: form(gif), status: 422 },
      { given: "HTML", request: post(html, { "content-type": "image/jpeg" }), status: 422 },
      { given: "another format than it says", request: form(png, { imageFormat: "jpeg" }), status: 422 },
      {
        given: "another format than its type",
        request: post(png, { "content-type": "image/webp" }),
        status: 422,
      },
      { given: "2 MB", request: form(pngOf(largestBytes)), status: 200 },
      { given: "a byte more", request: form(pngOf(largestBytes + 1)), status: 413 },
      {
        given: "a byte more as the body itself",
        request: post(pngOf(largestBytes + 1), { "content-type": "image/png" }),
        status: 413,
      },
      { given: "text", request: post("an image", { "content-type": "text/plain" }), status: 415 },
    ])("that is $given answers $status", async ({ request, status }) => {
      const ada = await withProfile(await shop().newCustomer());
      expect((await ada.does(avatarOf(ada), request)).status).toBe(status);
    });

    test("of another is neither shown nor changed", async () => {
      const ada = await withProfile(await shop().newCustomer());
      const grace = await shop().newCustomer();
      expect((await ada.does(avatarOf(ada), form(png))).status).toBe(200);
      expect((await grace.does(avatarOf(ada))).status).toBe(404);
      expect((await grace.does(avatarOf(ada), form(jpeg))).status).toBe(404);
      expect((await ada.does(avatarOf(ada))).bytes.equals(png)).toBe(true);
    });
  });
}
