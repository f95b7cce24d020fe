import { freePort } from "@speckit/service-kit/embedded";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerError } from "smtp-server";
import { onTestFinished } from "vitest";

export interface TakenMail {
  /** Of the envelope, which alone decides who gets a mail. */
  readonly recipients: readonly string[];
  readonly raw: string;
  readonly parsed: ParsedMail;
}

/** What the server says to a recipient, and to the mail itself; nothing: it takes it. */
export interface Manners {
  readonly toSender?: (address: string) => Reply | undefined;
  readonly toRecipient?: (address: string) => Reply | undefined;
  readonly toMail?: (mail: TakenMail) => Verdict | Promise<Verdict>;
}

type Reply = `${number} ${string}`;
type Verdict = Reply | "no answer" | undefined;

export interface TestMailServer {
  readonly url: string;
  readonly port: number;
  /** Mails that were answered with 250, in their order. */
  readonly mails: TakenMail[];
  readonly connections: { now: number; most: number; ever: number };
  behave(manners: Manners): void;
  stop(): Promise<void>;
}

/** A mail server on this machine, which ends with the test; another can take its port then. */
export async function startMailServer(manners: Manners = {}, known?: number): Promise<TestMailServer> {
  const port = known ?? (await freePort());
  let current = manners;
  const mails: TakenMail[] = [];
  const connections = { now: 0, most: 0, ever: 0 };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 1,
    onConnect(_, callback) {
      connections.now += 1;
      connections.ever += 1;
      connections.most = Math.max(connections.most, connections.now);
      callback();
    },
    onClose() {
      connections.now -= 1;
    },
    onMailFrom: ({ address }, _, callback) => callback(errorOf(current.toSender?.(address))),
    onRcptTo: ({ address }, _, callback) => callback(errorOf(current.toRecipient?.(address))),
    async onData(stream, { envelope }, callback) {
      const raw = Buffer.concat(await stream.toArray()).toString("latin1");
      const mail = {
        recipients: envelope.rcptTo.map(({ address }) => address),
        raw,
        parsed: await simpleParser(raw, { skipTextLinks: true }),
      };
      const reply = await current.toMail?.(mail);
      if (reply === "no answer") return;
      if (reply === undefined) mails.push(mail);
      callback(errorOf(reply));
    },
  });
  server.on("error", () => {}); // clients that hang up
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));

  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= new Promise<void>((resolve) => server.close(resolve));
    return stopped;
  };
  onTestFinished(stop);
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    mails,
    connections,
    behave(next) {
      current = next;
    },
    stop,
  };
}

function errorOf(reply: Reply | undefined): SMTPServerError | null {
  if (reply === undefined) return null;
  return Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) });
}
