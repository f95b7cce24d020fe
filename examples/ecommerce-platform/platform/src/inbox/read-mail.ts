import { type AddressObject, type ParsedMail, simpleParser } from "mailparser";
import type { ReceivedMail } from "./mailbox.ts";

export interface MailAddress {
  readonly Name: string;
  readonly Address: string;
}

/** A mail as a person or a test reads it. */
export interface ReadMail {
  readonly from: MailAddress;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly replyTo: readonly MailAddress[];
  readonly subject: string;
  readonly date: Date;
  /** From the HTML part where a mail has no text part. */
  readonly text: string;
  readonly html: string;
  readonly attachments: number;
}

/** Limits of what is looked at, so that no mail holds up the others. */
const limits = { headBytes: 256 * 1024, parts: 100, convertedHtmlChars: 200_000, addresses: 100 };

/**
 * Reads headers and bodies. Never throws: of a mail that cannot be read the envelope is known, and its source is
 * the text.
 */
export async function readMail(mail: ReceivedMail): Promise<ReadMail> {
  try {
    return understood(
      mail,
      await simpleParser(mail.raw, {
        maxHeadSize: limits.headBytes,
        maxChildNodes: limits.parts,
        maxHtmlLengthToParse: limits.convertedHtmlChars,
        skipTextToHtml: true,
        skipTextLinks: true,
        checksumAlgo: false,
        ignoreEmbedded: true,
      }),
    );
  } catch {
    return unreadable(mail);
  }
}

function understood(mail: ReceivedMail, parsed: ParsedMail): ReadMail {
  const to = addressesOf(parsed.to);
  return {
    from: addressesOf(parsed.from)[0] ?? { Name: "", Address: mail.sender },
    to: to.length > 0 ? to : mail.recipients.map(unnamed),
    cc: addressesOf(parsed.cc),
    replyTo: addressesOf(parsed.replyTo),
    subject: parsed.subject ?? "",
    date: isDate(parsed.date) ? parsed.date : mail.receivedAt,
    text: parsed.text ?? "",
    html: parsed.html || "",
    attachments: parsed.attachments.length,
  };
}

function unreadable(mail: ReceivedMail): ReadMail {
  return {
    from: unnamed(mail.sender),
    to: mail.recipients.map(unnamed),
    cc: [],
    replyTo: [],
    subject: "(a mail that cannot be read)",
    date: mail.receivedAt,
    text: mail.raw.subarray(0, limits.headBytes).toString("latin1"),
    html: "",
    attachments: 0,
  };
}

function addressesOf(field: AddressObject | AddressObject[] | undefined): MailAddress[] {
  const found: MailAddress[] = [];
  for (const { value } of [field ?? []].flat()) {
    for (const { name, address, group } of value) {
      if (address) found.push({ Name: name, Address: address });
      for (const member of group ?? [])
        if (member.address) found.push({ Name: member.name, Address: member.address });
    }
  }
  return found.slice(0, limits.addresses);
}

const unnamed = (address: string): MailAddress => ({ Name: "", Address: address });

const isDate = (date: Date | undefined): date is Date => date !== undefined && !Number.isNaN(date.getTime());
