import { onTestFinished } from "vitest";
import { type Inbox, type InboxOptions, startInbox } from "../../src/inbox/start-inbox.ts";

/** An inbox on free ports of this machine that ends with the test. */
export async function openInbox(options: Partial<InboxOptions> = {}): Promise<Inbox> {
  const log = { info() {}, warn() {} };
  const inbox = await startInbox({ smtpPort: 0, httpPort: 0, host: "127.0.0.1", log, ...options });
  onTestFinished(() => inbox.stop());
  return inbox;
}

export interface Listed {
  readonly ID: string;
  readonly MessageID: string;
  readonly From: { Name: string; Address: string };
  readonly To: { Name: string; Address: string }[];
  readonly Bcc: { Name: string; Address: string }[];
  readonly Subject: string;
  readonly Created: string;
  readonly Snippet: string;
  readonly Deliveries: number;
}

export async function messagesOf(
  inbox: Inbox,
  query = "",
): Promise<{ total: number; count: number; start: number; messages: Listed[] }> {
  const answer = await fetch(`${inbox.url}/api/v1/messages${query}`);
  return answer.json() as ReturnType<typeof messagesOf>;
}
