import { connect } from "node:net";
import { createInterface } from "node:readline";

export interface Letter {
  readonly from?: string;
  readonly to?: string | readonly string[];
  /** Headers and body as they go over the wire; a text is sent as latin1. */
  readonly raw: string | Buffer;
}

/** Hands mails to a server, all over one connection; what a library would never send goes too. */
export async function callMailServer(smtpUrl: string) {
  const { hostname, port } = new URL(smtpUrl);
  const socket = connect(Number(port), hostname).setNoDelay();
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();

  /** The code of the last line, such as "250". */
  const answer = async () => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) return "hung up";
      if (value[3] === " ") return value.slice(0, 3);
    }
  };
  const ask = (line: string | Buffer) => {
    socket.write(line);
    socket.write("\r\n");
    return answer();
  };

  await answer();
  await ask("EHLO shop.example.com");
  return {
    /** Tells the answer to the mail, or to the first recipient that was refused. */
    async deliver({ from = "shop@example.com", to = "ada@example.com", raw }: Letter): Promise<string> {
      await ask(`MAIL FROM:<${from}>`);
      for (const one of [to].flat()) {
        const said = await ask(`RCPT TO:<${one}>`);
        if (said !== "250") return said;
      }
      await ask("DATA");
      socket.write(Buffer.isBuffer(raw) ? raw : Buffer.from(raw.replace(/^\./gm, ".."), "latin1"));
      return ask("\r\n.");
    },
    hangUp() {
      socket.destroy();
    },
  };
}

/** The answers to these mails. */
export async function deliver(smtpUrl: string, ...letters: readonly Letter[]): Promise<string[]> {
  const call = await callMailServer(smtpUrl);
  const answers: string[] = [];
  try {
    for (const one of letters) answers.push(await call.deliver(one));
  } finally {
    call.hangUp();
  }
  return answers;
}

/** A mail as the shop sends it. */
export function letter(
  fields: { subject?: string; messageId?: string; to?: string; text?: string; html?: string } = {},
) {
  const {
    subject = "Welcome Ada",
    messageId,
    to = "Ada Lovelace <ada@example.com>",
    text = "Hello Ada,",
    html,
  } = fields;
  const head = [
    "From: The Shop <shop@example.com>",
    `To: ${to}`,
    `Subject: ${subject}`,
    "Date: Mon, 23 Nov 2026 10:10:02 +0000",
    ...(messageId ? [`Message-ID: <${messageId}>`] : []),
    "MIME-Version: 1.0",
  ];
  const part = (type: string, body: string) =>
    `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(body).toString("base64")}`;
  if (html === undefined) return `${head.join("\r\n")}\r\n${part("text/plain", text)}`;
  return [
    ...head,
    'Content-Type: multipart/alternative; boundary="part"\r\n',
    `--part\r\n${part("text/plain", text)}`,
    `--part\r\n${part("text/html", html)}`,
    "--part--",
  ].join("\r\n");
}
