import { join } from "node:path";
import { openMailFile } from "./mail-file.ts";
import { openMailbox } from "./mailbox.ts";
import { helpful, type MailServerBehaviour, receiveMails } from "./receive-mails.ts";
import { serveInbox } from "./serve-inbox.ts";

/** The part of a pino logger that the inbox needs. */
export interface InboxLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface InboxOptions {
  /** 0 takes a free port. */
  readonly smtpPort: number;
  readonly httpPort: number;
  /** The address both servers listen on. */
  readonly host: string;
  readonly log: InboxLog;
  /** Mails are kept below this folder and are there again after a restart; without it they end with the process. */
  readonly dataDir?: string;
  /** The newest so many are kept; 10,000 when not given. */
  readonly maxMails?: number;
  readonly behaviour?: Partial<MailServerBehaviour>;
}

export interface Inbox {
  readonly smtpUrl: string;
  /** The page for people; the API is below it at `/api/v1`. */
  readonly url: string;
  /** Makes the mail server slow or unwilling from now on, for tests of failure; `{}` makes it helpful again. */
  behave(behaviour: Partial<MailServerBehaviour>): void;
  stop(): Promise<void>;
}

const maxBytes = 64 * 1024 * 1024;

/** A mail server that keeps what it gets, and a page to read it. */
export async function startInbox(options: InboxOptions): Promise<Inbox> {
  const { host, log, dataDir } = options;
  const file = dataDir === undefined ? undefined : await openMailFile(join(dataDir, "mails.jsonl"));
  const mailbox = await openMailbox({ maxMails: options.maxMails ?? 10_000, maxBytes }, file);
  let behaviour: MailServerBehaviour = { ...helpful, ...options.behaviour };

  const onError = (error: Error) => log.warn({ reason: error.message }, "the inbox met an error");
  const smtp = await receiveMails({
    mailbox,
    port: options.smtpPort,
    host,
    behaviour: () => behaviour,
    onError,
  });
  const http = await serveInbox({ mailbox, port: options.httpPort, host, onError }).catch(async (error) => {
    await smtp.stop();
    await file?.close();
    throw error;
  });

  const name = host.includes(":") ? `[${host}]` : host;
  const inbox: Inbox = {
    smtpUrl: `smtp://${name}:${smtp.port}`,
    url: `http://${name}:${http.port}`,
    behave(changed) {
      behaviour = { ...helpful, ...changed };
    },
    async stop() {
      await Promise.all([smtp.stop(), http.stop()]);
      await file?.close();
    },
  };
  log.info({ smtpUrl: inbox.smtpUrl, url: inbox.url }, "the inbox takes mails");
  return inbox;
}
