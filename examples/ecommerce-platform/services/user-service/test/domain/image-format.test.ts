import { fileTypeFromBuffer } from "file-type";
import { describe, expect, test } from "vitest";
import { formatOf, judgeImage } from "../../src/domain/image-format.ts";
import { gif, html, jpeg, png, svg, webp } from "../support/images.ts";

describe("P5: Avatar Upload: the content decides", () => {
  test.each([
    { content: "a PNG", image: png, verdict: { kind: "accepted", format: "png" } },
    { content: "a JPEG", image: jpeg, verdict: { kind: "accepted", format: "jpeg" } },
    { content: "a WebP", image: webp, verdict: { kind: "accepted", format: "webp" } },
    { content: "a GIF", image: gif, verdict: { kind: "no-image" } },
    { content: "an SVG", image: svg, verdict: { kind: "no-image" } },
    { content: "a page", image: html, verdict: { kind: "no-image" } },
    { content: "nothing", image: Buffer.alloc(0), verdict: { kind: "no-image" } },
    { content: "the first bytes of a PNG", image: png.subarray(0, 6), verdict: { kind: "no-image" } },
    {
      content: "a page that ends in a PNG",
      image: Buffer.concat([html, png]),
      verdict: { kind: "no-image" },
    },
  ])("$content", async ({ image, verdict }) => {
    expect(judgeImage((await fileTypeFromBuffer(image))?.mime, undefined)).toEqual(verdict);
  });

  test.each([
    { content: "image/png", stated: "png", verdict: { kind: "accepted", format: "png" } },
    { content: "image/png", stated: "jpeg", verdict: { kind: "other-format", format: "png" } },
    { content: "image/apng", stated: "png", verdict: { kind: "accepted", format: "png" } },
    { content: "image/gif", stated: "png", verdict: { kind: "no-image" } },
  ] as const)("$content that is said to be $stated: $verdict.kind", ({ content, stated, verdict }) => {
    expect(judgeImage(content, stated)).toEqual(verdict);
  });
});

test.each(["toString", "image/svg+xml", "png", undefined])("%s is no avatar's media type", (mediaType) => {
  expect(formatOf(mediaType)).toBeUndefined();
});
