import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type App, administrator, openApp } from "../support/app.ts";
import { fileForm, form } from "../support/form.ts";
import { gif, html, jpeg, png, pngOf, svg, webp } from "../support/images.ts";
import { ada, adasNames, grace, openUsers, type Users } from "../support/users.ts";

let users: Users;
let app: App;
beforeAll(async () => {
  users = await openUsers();
  app = await openApp(users);
});
afterAll(async () => {
  await app.close();
  await users.close();
});
beforeEach(() => users.empty());

beforeEach(async () => {
  await app.send({ method: "POST", url: "/api/v1/users", body: adasNames });
});

const limit = 2_097_152;
const upload = (
  { headers, body }: { headers: Record<string, string>; body: Buffer },
  as: typeof ada | null = ada,
  id = ada.userId,
) => app.send({ method: "POST", url: `/api/v1/users/${id}/avatar`, as, headers, body });
const raw = (type: string, body: Buffer) => ({ headers: { "content-type": type }, body });
const stored = async () => (await app.send({ url: `/api/v1/users/${ada.userId}` })).body?.data?.avatar;

describe("P5: Avatar Upload", () => {
  test.each([
    { given: "a PNG in a form", sent: fileForm(png), format: "png", size: png.length },
    {
      given: "a JPEG in a form that calls it a PNG file",
      sent: fileForm(jpeg),
      format: "jpeg",
      size: jpeg.length,
    },
    {
      given: "a WebP in a form, stated after it",
      sent: fileForm(webp, { name: "imageFormat", value: "webp" }),
      format: "webp",
      size: webp.length,
    },
    {
      given: "a PNG in a form, stated before it",
      sent: form({ name: "imageFormat", value: "png" }, { name: "file", value: png, fileName: "a" }),
      format: "png",
      size: png.length,
    },
    { given: "a PNG as the body", sent: raw("image/png", png), format: "png", size: png.length },
    { given: "a JPEG as the body", sent: raw("image/jpeg", jpeg), format: "jpeg", size: jpeg.length },
    { given: "a WebP as the body", sent: raw("image/webp", webp), format: "webp", size: webp.length },
    { given: "2,097,152 bytes in a form", sent: fileForm(pngOf(limit)), format: "png", size: limit },
    {
      given: "2,097,152 bytes as the body",
      sent: raw("image/png", pngOf(limit)),
      format: "png",
      size: limit,
    },
  ])("$given is stored as $format", async ({ sent, format, size }) => {
    users.advance(1000);
    const { status, body } = await upload(sent);
    const details = { imageFormat: format, sizeBytes: size, updatedAt: users.clock().toISOString() };
    expect({ status, data: body?.data }).toEqual({ status: 200, data: details });
    expect(await stored()).toEqual(details);
  });

  test.each([
    { given: "one byte more in a form", sent: fileForm(pngOf(limit + 1)) },
    { given: "one byte more as the body", sent: raw("image/png", pngOf(limit + 1)) },
    { given: "16 MB in a form", sent: fileForm(pngOf(16 * 1024 * 1024)) },
    { given: "16 MB as the body", sent: raw("image/png", pngOf(16 * 1024 * 1024)) },
  ])("$given answers 413", async ({ sent }) => {
    const { status, body } = await upload(sent);
    expect({ status, type: body?.type }).toEqual({ status: 413, type: "/problems/payload-too-large" });
    expect(await stored()).toBeNull();
  });

  test.each([
    { given: "a GIF that is called a PNG", sent: fileForm(gif), path: "/file" },
    { given: "a GIF as a PNG body", sent: raw("image/png", gif), path: "/file" },
    { given: "an SVG", sent: fileForm(svg), path: "/file" },
    { given: "a page", sent: raw("image/png", html), path: "/file" },
    { given: "nothing in the file", sent: fileForm(Buffer.alloc(0)), path: "/file" },
    { given: "nothing as the body", sent: raw("image/png", Buffer.alloc(0)), path: "/file" },
    {
      given: "a JPEG stated to be a PNG",
      sent: fileForm(jpeg, { name: "imageFormat", value: "png" }),
      path: "/imageFormat",
    },
    { given: "a JPEG as a PNG body", sent: raw("image/png", jpeg), path: "/imageFormat" },
    {
      given: "a format that there is not",
      sent: fileForm(png, { name: "imageFormat", value: "gif" }),
      path: "/imageFormat",
    },
    {
      given: "a format in capitals",
      sent: fileForm(png, { name: "imageFormat", value: "PNG" }),
      path: "/imageFormat",
    },
    {
      given: "two formats",
      sent: fileForm(png, { name: "imageFormat", value: "png" }, { name: "imageFormat", value: "png" }),
      path: "/imageFormat",
    },
    { given: "a form without a file", sent: form({ name: "imageFormat", value: "png" }), path: "/file" },
    { given: "an empty form", sent: form(), path: "/file" },
    { given: "a file that is a word", sent: form({ name: "file", value: "png" }), path: "/file" },
    {
      given: "two files",
      sent: fileForm(png, { name: "file", value: png, fileName: "b.png" }),
      path: "/file",
    },
    {
      given: "a file under another name",
      sent: form({ name: "avatar", value: png, fileName: "a.png" }),
      path: "/avatar",
    },
    {
      given: "P7: Roles In The Body",
      sent: fileForm(png, { name: "roles", value: "administrator" }),
      path: "/roles",
    },
  ])("$given answers 422 and names the place", async ({ sent, path }) => {
    const { status, body } = await upload(sent);
    expect({ status, paths: body?.errors?.map((error) => error.path) }).toEqual({
      status: 422,
      paths: [path],
    });
    expect(await stored()).toBeNull();
  });

  test.each([
    {
      given: "a form without a boundary",
      sent: { ...fileForm(png), headers: { "content-type": "multipart/form-data" } },
      status: 400,
    },
    {
      given: "a form that breaks off",
      sent: { ...fileForm(png), body: fileForm(png).body.subarray(0, 150) },
      status: 400,
    },
    {
      given: "a form with another boundary",
      sent: { ...fileForm(png), headers: { "content-type": "multipart/form-data; boundary=x" } },
      status: 400,
    },
    {
      given: "a part that is called __proto__",
      sent: fileForm(png, { name: "__proto__", value: "x" }),
      status: 400,
    },
    { given: "JSON", sent: raw("application/json", Buffer.from("{}")), status: 415 },
    { given: "a GIF by its media type", sent: raw("image/gif", gif), status: 415 },
  ])("$given answers $status", async ({ sent, status }) => {
    expect((await upload(sent)).status).toBe(status);
    expect(await stored()).toBeNull();
  });

  test("an administrator replaces any", async () => {
    expect((await upload(fileForm(png), administrator as typeof ada)).status).toBe(200);
    expect(await stored()).toMatchObject({ imageFormat: "png" });
  });
});

describe("P6: Foreign Profile", () => {
  test.each([
    { given: "Grace uploads for Ada", as: grace, id: ada.userId, status: 404 },
    { given: "Grace uploads without a profile", as: grace, id: grace.userId, status: 404 },
    { given: "nobody uploads for Ada", as: null, id: ada.userId, status: 401 },
  ])("$given: $status, and there is no avatar", async ({ as, id, status }) => {
    expect((await upload(raw("image/png", png), as, id)).status).toBe(status);
    expect(await stored()).toBeNull();
  });
});

test("Failure mode: Avatar change: it publishes no event", async () => {
  await upload(fileForm(png));
  await upload(fileForm(jpeg));
  expect((await users.told()).map(({ type }) => type)).toEqual(["user.profile.created"]);
});
