import { describe, expect, test } from "vitest";
import type { MailContent } from "../../src/domain/mail.ts";
import { writeMail } from "../../src/domain/mail-text.ts";

const orderId = "7b1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f";
const summary = {
  lines: [
    { sku: "TEA-100", quantity: 3, unitPrice: 400 },
    { sku: "MUG-001", quantity: 1, unitPrice: 123_450 },
  ],
  totalAmount: 124_650,
  currency: "EUR",
};

test("P1: Welcome Mail greets with the first name", () => {
  const mail = writeMail({ template: "welcome", firstName: "Ada" });
  expect(mail.subject).toBe("Welcome Ada");
  expect(mail.text).toContain("Hello Ada,");
  expect(mail.html).toContain("Hello Ada,");
});

test("a name that is nothing but space leaves a greeting without one", () => {
  const mail = writeMail({ template: "welcome", firstName: " \n" });
  expect(mail.subject).toBe("Welcome");
  expect(mail.text).toContain("Hello,");
});

test("P2: Order Confirmation Mail lists lines, prices and the total", () => {
  const mail = writeMail({ template: "order-confirmed", orderId }, summary);
  expect(mail.subject).toBe(`Order ${orderId} confirmed`);
  expect(mail.text).toContain(
    ["    3 × TEA-100 at 4.00 EUR", "    1 × MUG-001 at 1,234.50 EUR", "    Total: 1,246.50 EUR"].join("\n"),
  );
  expect(mail.html).toMatch(/TEA-100<\/bdi>.*4\.00 EUR/);
  expect(mail.html).toMatch(/Total<\/td>.*1,246\.50 EUR/);
});

test("P2: Order Confirmation Mail goes without lines that are not known", () => {
  const mail = writeMail({ template: "order-confirmed", orderId });
  expect(mail.subject).toBe(`Order ${orderId} confirmed`);
  expect(mail.text).toContain("You find its lines among your orders");
  expect(mail.html).not.toContain("<table");
});

describe.each([
  { reason: "unknown-sku", words: "it contains a product that we do not sell" },
  { reason: "mixed-currencies", words: "its products are priced in different currencies" },
  { reason: "insufficient-stock", words: "we do not have enough of a product in stock" },
  { reason: "reservation-expired", words: "its reservation ran out before the order could be confirmed" },
] as const)("P3: Order Rejection Mail for $reason", ({ reason, words }) => {
  test("says why in plain words", () => {
    const mail = writeMail({ template: "order-rejected", orderId, reason });
    expect(mail.subject).toBe(`Order ${orderId} rejected`);
    for (const part of [mail.text, mail.html]) expect(part).toContain(words);
  });
});

describe.each([
  { reason: "cancelled-by-customer", words: "you asked for it" },
  { reason: "stock-lost", words: "a product was sold out before we could keep it for you" },
] as const)("P4: Order Cancellation Mail for $reason", ({ reason, words }) => {
  test("says why in plain words", () => {
    const mail = writeMail({ template: "order-cancelled", orderId, reason });
    expect(mail.subject).toBe(`Order ${orderId} cancelled`);
    for (const part of [mail.text, mail.html]) expect(part).toContain(words);
  });
});

test("P5: Password Reset Mail holds the token and its expiry", () => {
  const resetToken = "pr_u5Rk8w2zQ1nV7c4xL0aYdEeFfGgHhIi";
  const mail = writeMail({
    template: "password-reset",
    resetId: "0d9c7c1e-6f0b-4c7e-8a55-1b9d6c0f2e11",
    resetToken,
    expiresAt: "2026-11-23T10:40:12Z",
  });
  expect(mail.subject).toBe("Reset your password");
  for (const part of [mail.text, mail.html]) {
    expect(part).toContain(resetToken);
    expect(part).toContain("2026-11-23 10:40 UTC");
  }
});

const hostile = "<script>alert(1)</script>\"'&\r\nBcc: eve@example.com";

test("P9: Hostile Content appears as plain text, escaped in HTML and on one line in the subject", () => {
  const mail = writeMail({ template: "welcome", firstName: hostile });
  const shown = `<script>alert(1)</script>"'& Bcc: eve@ example. com`;
  expect(mail.subject).toBe(`Welcome ${shown}`);
  expect(mail.text).toContain(`Hello ${shown},`);
  expect(mail.html).not.toContain("<script");
  expect(mail.html).toContain(
    "Hello &lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp; Bcc: eve@ example. com,",
  );
});

test.each<{ content: MailContent }>([
  { content: { template: "welcome", firstName: "Ada" } },
  { content: { template: "order-confirmed", orderId } },
  { content: { template: "order-rejected", orderId, reason: "unknown-sku" } },
])("the HTML of $content.template runs, fetches and links nothing", ({ content }) => {
  const { html } = writeMail(content, summary);
  expect(html).not.toMatch(/<(?:script|img|link|iframe|a|form|object)\b|url\(|href|src=|\son\w+=/i);
});
