import { inert } from "./inert-text.ts";

export type RejectionReason =
  | "unknown-sku"
  | "mixed-currencies"
  | "insufficient-stock"
  | "reservation-expired";
export type CancellationReason = "cancelled-by-customer" | "stock-lost";

/** What a mail says, as it is kept until it is sent. */
export type MailContent =
  | { readonly template: "welcome"; readonly firstName: string }
  | { readonly template: "order-confirmed"; readonly orderId: string }
  | { readonly template: "order-rejected"; readonly orderId: string; readonly reason: RejectionReason }
  | { readonly template: "order-cancelled"; readonly orderId: string; readonly reason: CancellationReason }
  | {
      readonly template: "password-reset";
      readonly resetId: string;
      readonly resetToken: string;
      /** ISO 8601. */
      readonly expiresAt: string;
    };

export type Template = MailContent["template"];

/** A mail that an event calls for. */
export interface Mail {
  readonly userId: string;
  /** The address of the account. */
  readonly recipient: string;
  readonly content: MailContent;
}

/** The subject line: one line, whatever the values are. */
export function subjectOf(content: MailContent): string {
  switch (content.template) {
    case "welcome":
      return `Welcome ${inert(content.firstName)}`.trim();
    case "order-confirmed":
      return `Order ${content.orderId} confirmed`;
    case "order-rejected":
      return `Order ${content.orderId} rejected`;
    case "order-cancelled":
      return `Order ${content.orderId} cancelled`;
    case "password-reset":
      return "Reset your password";
  }
}
