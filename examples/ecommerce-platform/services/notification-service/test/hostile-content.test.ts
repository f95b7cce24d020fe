import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MailContent } from "../src/domain/mail.ts";
import { type OrderSummary, writeMail } from "../src/domain/mail-text.ts";
import { openMailServer } from "../src/send-mail.ts";
import { startMailServer } from "./support/mail-server.ts";
import { orderId, resetId, resetToken } from "./support/notifications.ts";

/** Pieces that have broken mails somewhere, between characters of any kind, half ones among them. */
const piece = fc.oneof(
  fc.constantFrom(
    "\r\n",
    "\n",
    "\r",
    "\u2028",
    "\u0085",
    "\0",
    "\r\nBcc: eve@evil.example\r\n",
    "\r\n\r\n--boundary\r\n",
    "\r\n.\r\n",
    "=?utf-8?B?DQpCY2M6IGV2ZUBldmlsLmV4YW1wbGU=?=",
    "=?utf-8?Q?=0D=0ABcc:_eve=40evil.example?=",
    "<script>alert(1)</script>",
    '<a href="https://evil.example">',
    '"><img src=x onerror=alert(1)>',
    "</title></bdi></td>",
    "<!--",
    "&#60;",
    "https://evil.example/",
    "www.evil.example",
    "evil。example",
    "mailto:eve@evil.example",
    "javascript:alert(1)",
    "\u202E",
    "\u2066",
    "\uFEFF",
    "\uD83D",
    "\uDE00",
    "مريم",
    "x".repeat(300),
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
);
const hostile = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));

interface Written {
  readonly content: MailContent;
  readonly summary?: OrderSummary;
  /** The same mail with harmless values. */
  readonly plain: { readonly content: MailContent; readonly summary?: OrderSummary };
}

const summaryOf = (skus: readonly string[]): OrderSummary => ({
  lines: skus.map((sku) => ({ sku, quantity: 3, unitPrice: 400 })),
  totalAmount: 1200,
  currency: "EUR",
});

const confirmed = { template: "order-confirmed", orderId } as const;
const reset = (token: string) =>
  ({ template: "password-reset", resetId, resetToken: token, expiresAt: "2026-11-23T10:40:00Z" }) as const;

const written: fc.Arbitrary<Written> = fc.oneof(
  hostile.map((firstName) => ({
    content: { template: "welcome", firstName } as const,
    plain: { content: { template: "welcome", firstName: "Ada" } as const },
  })),
  fc.array(hostile, { minLength: 1, maxLength: 3 }).map((skus) => ({
    content: confirmed,
    summary: summaryOf(skus),
    plain: { content: confirmed, summary: summaryOf(skus.map(() => "TEA-100")) },
  })),
  hostile.map((token) => ({ content: reset(token), plain: { content: reset(resetToken) } })),
);

/** Tags in their order; a value that is text adds none. */
const tagsOf = (html: string) => html.match(/<[^>]*>?/g);

/** What mail programs make links of: schemes, hosts, addresses. */
const linkLike = /\w:\S|[\p{L}\p{N}][.\u3002\uFF0E\uFF61]\p{L}|\S@\S/u;
const withoutMarkup = (html: string) =>
  html
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
/** Times of our own, such as 10:40. */
const withoutTimes = (text: string) => text.replace(/\d\d:\d\d UTC/g, "");

describe("P9: Hostile Content, whatever the values are", () => {
  test("the HTML has the tags of the template and no others", () => {
    fc.assert(
      fc.property(written, ({ content, summary, plain }) => {
        const { html } = writeMail(content, summary);
        expect(tagsOf(html)).toEqual(tagsOf(writeMail(plain.content, plain.summary).html));
      }),
      { numRuns: 1_000 },
    );
  });

  test("neither text nor HTML has anything that a mail program would link", () => {
    fc.assert(
      fc.property(written, ({ content, summary }) => {
        const { subject, text, html } = writeMail(content, summary);
        for (const part of [subject, text, withoutMarkup(html)]) {
          expect(withoutTimes(part)).not.toMatch(linkLike);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test("subject and lines stay short, and nothing turns the direction of what follows", () => {
    fc.assert(
      fc.property(written, ({ content, summary, plain }) => {
        const { subject, text, html } = writeMail(content, summary);
        expect(Array.from(subject).length).toBeLessThanOrEqual(110);
        expect(text.split("\n")).toHaveLength(
          writeMail(plain.content, plain.summary).text.split("\n").length,
        );
        expect(`${subject}${text}${html}`).not.toMatch(
          /[\u202A-\u202E\u2066-\u2069\u200E\u200F\p{Surrogate}]/u,
        );
        expect(`${subject}${text}${html}`.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 1_000 },
    );
  });

  test("the mail that arrives has the recipients, headers and parts of the template and no others", async () => {
    const server = await startMailServer();
    const from = { name: "The shop", address: "shop@example.com", domain: "example.com" };
    const mailServer = openMailServer({ url: server.url, from, connections: 1 });
    const send = async ({ content, summary }: Pick<Written, "content" | "summary">) => {
      const mail = {
        ...writeMail(content, summary),
        recipient: "ada@example.com",
        messageId: "<a@example.com>",
      };
      expect(await mailServer.send(mail)).toEqual({ kind: "accepted" });
      const taken = server.mails.pop();
      if (!taken) throw new Error("The server took no mail.");
      return { mail, taken };
    };

    await fc.assert(
      fc.asyncProperty(written, async ({ content, summary, plain }) => {
        const { mail, taken } = await send({ content, ...(summary ? { summary } : {}) });
        const expected = await send(plain);
        const headers = ({ parsed }: typeof taken) => parsed.headerLines.map(({ key }) => key);
        const parts = ({ raw }: typeof taken) => raw.match(/^Content-Type: [^;]*/gm);

        expect(taken.recipients).toEqual(["ada@example.com"]);
        expect(taken.parsed.to).toMatchObject({ value: [{ address: "ada@example.com", name: "" }] });
        expect(taken.parsed.from?.value).toEqual([{ address: "shop@example.com", name: "The shop" }]);
        expect(headers(taken)).toEqual(headers(expected.taken));
        expect(parts(taken)).toEqual(parts(expected.taken));
        expect(taken.parsed.subject).toBe(mail.subject);
        expect(taken.parsed.text).toBe(mail.text);
        expect(taken.parsed.html).toBe(mail.html);
      }),
      { numRuns: 200 },
    );
    mailServer.close();
  });
});
