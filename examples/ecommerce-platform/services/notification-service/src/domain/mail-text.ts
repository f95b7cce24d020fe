import { inert, inertToken } from "./inert-text.ts";
import { htmlOf, type Letter, type Paragraph, textOf } from "./letter.ts";
import { type CancellationReason, type MailContent, type RejectionReason, subjectOf } from "./mail.ts";
import { money } from "./money.ts";

/** The lines of an order, a copy from `order.created`; amounts in minor units. */
export interface OrderSummary {
  readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly unitPrice: number }[];
  readonly totalAmount: number;
  readonly currency: string;
}

export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Writes a mail as text and as HTML, with the same words. A confirmation goes without lines where `summary` is not known. */
export function writeMail(content: MailContent, summary?: OrderSummary): MailText {
  const letter = letterOf(content, summary);
  return { subject: subjectOf(content), text: textOf(letter), html: htmlOf(letter) };
}

function letterOf(content: MailContent, summary: OrderSummary | undefined): Letter {
  switch (content.template) {
    case "welcome":
      return welcome(content.firstName);
    case "order-confirmed":
      return orderConfirmed(content.orderId, summary);
    case "order-rejected":
      return orderRejected(content.orderId, content.reason);
    case "order-cancelled":
      return orderCancelled(content.orderId, content.reason);
    case "password-reset":
      return passwordReset(content.resetToken, content.expiresAt);
  }
}

function welcome(firstName: string): Letter {
  const name = inert(firstName);
  return {
    title: name ? `Welcome, ${name}` : "Welcome",
    paragraphs: [
      said(name ? `Hello ${name},` : "Hello,"),
      said("your profile is ready. We write to you whenever something happens to one of your orders."),
    ],
  };
}

function orderConfirmed(orderId: string, summary: OrderSummary | undefined): Letter {
  return {
    title: "Your order is confirmed",
    paragraphs: [
      said("Hello,"),
      said(`your order ${orderId} is confirmed.`),
      summary ? listed(summary) : said("You find its lines among your orders in the shop."),
    ],
  };
}

const rejections: Readonly<Record<RejectionReason, string>> = {
  "unknown-sku": "it contains a product that we do not sell",
  "mixed-currencies": "its products are priced in different currencies",
  "insufficient-stock": "we do not have enough of a product in stock",
  "reservation-expired": "its reservation ran out before the order could be confirmed",
};

function orderRejected(orderId: string, reason: RejectionReason): Letter {
  return {
    title: "Your order could not be accepted",
    paragraphs: [
      said("Hello,"),
      said(`we could not accept your order ${orderId}: ${rejections[reason]}.`),
      said("Nothing is reserved for it. You are welcome to order again."),
    ],
  };
}

const cancellations: Readonly<Record<CancellationReason, string>> = {
  "cancelled-by-customer": "you asked for it",
  "stock-lost": "a product was sold out before we could keep it for you. We are sorry about that",
};

function orderCancelled(orderId: string, reason: CancellationReason): Letter {
  return {
    title: "Your order is cancelled",
    paragraphs: [said("Hello,"), said(`your order ${orderId} is cancelled: ${cancellations[reason]}.`)],
  };
}

function passwordReset(resetToken: string, expiresAt: string): Letter {
  return {
    title: "Reset your password",
    paragraphs: [
      said("Hello,"),
      said("somebody asked for a new password for your account. If it was you, set it with this token:"),
      { kind: "token", token: inertToken(resetToken) },
      said(`It works once, until ${minuteOf(expiresAt)}.`),
      said("If it was not you, there is nothing to do: your password stays as it is."),
    ],
  };
}

const said = (text: string): Paragraph => ({ kind: "words", text });

function listed({ lines, totalAmount, currency }: OrderSummary): Paragraph {
  return {
    kind: "lines",
    lines: lines.map(({ sku, quantity, unitPrice }) => ({
      name: inert(sku),
      quantity: String(quantity),
      price: money(unitPrice, currency),
    })),
    total: money(totalAmount, currency),
  };
}

/** `2026-11-23T10:40:12Z` as `2026-11-23 10:40 UTC`. */
function minuteOf(date: string): string {
  return `${new Date(date).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
