import type { AddressInfo } from "node:net";
import {
  SMTPServer,
  type SMTPServerDataStream,
  type SMTPServerEnvelope,
  type SMTPServerError,
} from "smtp-server";
import type { Mailbox } from "./mailbox.ts";

/** What a mail server may do to its clients. Knobs for failure tests; by default it takes every mail at once. */
export interface MailServerBehaviour {
  /** The answer to a mail waits this long. The mail is kept before, as mail servers do that answer too late. */
  readonly answerDelayMs: number;
  /** `temporary` answers 451 to each recipient, `permanent` 550. */
  readonly refuse: "nothing" | "temporary" | "permanent";
}

export const helpful: MailServerBehaviour = { answerDelayMs: 0, refuse: "nothing" };

export interface MailServer {
  readonly port: number;
  stop(): Promise<void>;
}

const limits = { mailBytes: 5 * 1024 * 1024, recipients: 100, clients: 200 };

const refusals = {
  temporary: { responseCode: 451, message: "4.3.0 Try again later" },
  permanent: { responseCode: 550, message: "5.1.1 No such mailbox" },
  crowded: { responseCode: 452, message: "4.5.3 Too many recipients" },
  unable: { responseCode: 452, message: "4.3.1 The mail could not be kept" },
};

interface MailServerOptions {
  readonly mailbox: Mailbox;
  readonly port: number;
  readonly host: string;
  readonly behaviour: () => MailServerBehaviour;
  readonly onError: (error: Error) => void;
}

/** Takes mails by SMTP, without a password and without TLS, and sends none on. */
export async function receiveMails(options: MailServerOptions): Promise<MailServer> {
  const later = createLater();
  const server = new SMTPServer({
    banner: "inbox of the platform",
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    size: limits.mailBytes,
    rejectOversized: true,
    maxClients: limits.clients,
    closeTimeout: 500,
    onRcptTo(_address, { envelope }, callback) {
      const { refuse } = options.behaviour();
      const crowded = envelope.rcptTo.length >= limits.recipients;
      if (refuse !== "nothing") callback(refusal(refusals[refuse]));
      else callback(crowded ? refusal(refusals.crowded) : null);
    },
    async onData(stream, { envelope }, callback) {
      const refused = await takeMail(stream, envelope, options);
      if (refused) callback(refused);
      else later.call(callback, options.behaviour().answerDelayMs);
    },
  });

  // A client that hangs up in the middle of a mail is its own trouble, and will be back.
  server.on("error", (error) => "remoteAddress" in error || options.onError(error));
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    async stop() {
      later.forget();
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}

/** Keeps a mail; resolves to the refusal when it cannot. One that is too large smtp-server refuses itself. */
async function takeMail(
  stream: SMTPServerDataStream,
  { mailFrom, rcptTo }: SMTPServerEnvelope,
  { mailbox, onError }: MailServerOptions,
): Promise<SMTPServerError | undefined> {
  const raw = await collect(stream).catch(() => undefined);
  if (!raw) return refusal(refusals.temporary); // its client hung up, so nobody hears it
  if (stream.sizeExceeded) return undefined;
  const sender = mailFrom ? mailFrom.address : "";
  const recipients = rcptTo.map(({ address }) => address);
  try {
    await mailbox.add({ sender, recipients, raw });
    return undefined;
  } catch (error) {
    onError(error as Error);
    return refusal(refusals.unable);
  }
}

/** Calls that wait; none of them comes after `forget`. */
function createLater() {
  const timers = new Set<NodeJS.Timeout>();
  return {
    call(work: () => void, ms: number) {
      if (ms === 0) return work();
      const timer = setTimeout(() => {
        timers.delete(timer);
        work();
      }, ms);
      timers.add(timer);
    },
    forget() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** The whole mail; of one that is too large only as much as is allowed, the rest is read and forgotten. */
async function collect(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes <= limits.mailBytes) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refusal({ responseCode, message }: { responseCode: number; message: string }): SMTPServerError {
  return Object.assign(new Error(message), { responseCode });
}
