import { type Inbox, startInbox } from "../../inbox/start-inbox.ts";

/** A mail server that can be made difficult. */
export interface MailServer {
  readonly smtpUrl: string;
  /** Of the mails it took, as the platform's inbox shows them. */
  readonly url: string;
  /** Takes every mail at once; takes it and answers late; or tells everybody to come again later. */
  behave(how: "helpful" | "slow" | "unwilling"): void;
  /** Nobody listens any more. */
  leave(): Promise<void>;
  /** At the old address, with the mails it had. */
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

const behaviours = {
  helpful: {},
  slow: { answerDelayMs: 2000 },
  unwilling: { refuse: "temporary" },
} as const;

export async function startOwnMailServer(smtpPort: number, dataDir: string): Promise<MailServer> {
  const log = { info: () => undefined, warn: () => undefined };
  const open = (httpPort: number): Promise<Inbox> =>
    startInbox({ host: "127.0.0.1", smtpPort, httpPort, dataDir, maxMails: 100_000, log });
  let inbox = await open(0);
  const { smtpUrl, url } = inbox;
  return {
    smtpUrl,
    url,
    behave: (how) => inbox.behave(behaviours[how]),
    leave: () => inbox.stop(),
    async comeBack() {
      inbox = await open(Number(new URL(url).port));
    },
    stop: () => inbox.stop(),
  };
}
