import { expect, vi } from "vitest";

/** A mail as Mailpit's API shows it (https://mailpit.axllent.org/docs/api-v1/). */
export interface Mail {
  readonly ID: string;
  readonly Subject: string;
  readonly To: readonly { readonly Address: string }[];
}

export interface OpenedMail extends Mail {
  readonly Text: string;
  readonly HTML: string;
}

async function read<Body>(url: string): Promise<Body> {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  return (await response.json()) as Body;
}

/** The mails to an address that have arrived, newest first. */
export async function mailsTo(inboxUrl: string, email: string): Promise<Mail[]> {
  const { messages } = await read<{ messages: Mail[] }>(`${inboxUrl}/api/v1/messages?limit=1000`);
  return messages.filter(({ To }) => To.some(({ Address }) => Address === email));
}

/** Waits for a mail whose subject contains the words, and opens it. */
export async function mailArrives(inboxUrl: string, email: string, subject: string): Promise<OpenedMail> {
  const { ID } = await vi.waitFor(
    async () => {
      const mails = await mailsTo(inboxUrl, email);
      const found = mails.find(({ Subject }) => Subject.includes(subject));
      if (!found) throw new Error(`"${subject}" is not among ${mails.map((mail) => mail.Subject)}.`);
      return found;
    },
    { timeout: 30_000, interval: 50 },
  );
  return read<OpenedMail>(`${inboxUrl}/api/v1/message/${ID}`);
}
