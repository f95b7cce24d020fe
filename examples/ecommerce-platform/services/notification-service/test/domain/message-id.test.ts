import { expect, test } from "vitest";
import type { MailContent } from "../../src/domain/mail.ts";
import { mailKey, messageId } from "../../src/domain/message-id.ts";

const userId = "3f0c2a54-8d0e-4f57-9a3b-6c1d2e4f5a60";
const orderId = "7b1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f";
const resetId = "0d9c7c1e-6f0b-4c7e-8a55-1b9d6c0f2e11";

test.each<{ content: MailContent; key: string }>([
  { content: { template: "welcome", firstName: "Ada" }, key: `welcome.${userId}` },
  { content: { template: "welcome", firstName: "Augusta" }, key: `welcome.${userId}` },
  { content: { template: "order-confirmed", orderId }, key: `order-confirmed.${orderId}` },
  {
    content: { template: "order-rejected", orderId, reason: "unknown-sku" },
    key: `order-rejected.${orderId}`,
  },
  {
    content: { template: "order-cancelled", orderId, reason: "stock-lost" },
    key: `order-cancelled.${orderId}`,
  },
  {
    content: { template: "password-reset", resetId, resetToken: "secret", expiresAt: "2026-11-23T10:40:12Z" },
    key: `password-reset.${resetId}`,
  },
])("P6: Repeated Delivery: there is one mail $key", ({ content, key }) => {
  const mail = { userId, recipient: "ada@example.com", content };
  expect(mailKey(mail)).toBe(key);
  expect(messageId(mailKey(mail), "example.com")).toBe(`<${key}@example.com>`);
});
