import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, isIP } from "node:net";
import { listMessages, showMessage } from "./api.ts";
import type { Mailbox } from "./mailbox.ts";
import { inboxPage } from "./page.ts";
import { script } from "./page-script.ts";
import { style } from "./page-style.ts";
import { readMail } from "./read-mail.ts";

interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string | Buffer;
  readonly headers?: Record<string, string>;
}

interface Question {
  readonly mailbox: Mailbox;
  readonly query: URLSearchParams;
  /** The part of the path that names a mail; "" where the route has none. */
  readonly id: string;
}

interface Route {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: RegExp;
  answer(question: Question): Promise<Answer>;
}

/** Nothing of a mail runs or is fetched: the page shows itself, and a mail is in a sandbox with even less. */
const pagePolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const mailPolicy =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

const html = "text/html; charset=utf-8";
const missing: Answer = { status: 404, body: "There is no such thing here.\n" };
const json = (value: object | undefined): Answer =>
  value ? { type: "application/json", body: JSON.stringify(value) } : missing;

const page = async ({ mailbox, query }: Question, id?: string): Promise<Answer> => {
  const body = await inboxPage(mailbox, query, id);
  if (body === undefined) return missing;
  const headers = { "content-security-policy": pagePolicy, etag: `"${mailbox.revision()}"` };
  return { type: html, body, headers };
};

const routes: readonly Route[] = [
  { method: "GET", path: /^\/$/, answer: (question) => page(question) },
  { method: "GET", path: /^\/mails\/([^/]+)$/, answer: (question) => page(question, question.id) },
  {
    method: "GET",
    path: /^\/mails\/([^/]+)\/html$/,
    async answer({ mailbox, id }) {
      const mail = mailbox.find(id);
      if (!mail) return missing;
      const { html: body } = await readMail(mail);
      return { type: html, body, headers: { "content-security-policy": mailPolicy } };
    },
  },
  { method: "GET", path: /^\/inbox\.css$/, answer: async () => ({ type: "text/css", body: style }) },
  { method: "GET", path: /^\/inbox\.js$/, answer: async () => ({ type: "text/javascript", body: script }) },
  {
    method: "POST",
    path: /^\/clear$/,
    async answer({ mailbox }) {
      await mailbox.clear();
      return { status: 303, headers: { location: "/" } };
    },
  },
  {
    method: "GET",
    path: /^\/api\/v1\/messages$/,
    answer: async ({ mailbox, query }) => json(await listMessages(mailbox, query)),
  },
  {
    method: "DELETE",
    path: /^\/api\/v1\/messages$/,
    async answer({ mailbox }) {
      await mailbox.clear();
      return { body: "ok" };
    },
  },
  {
    method: "GET",
    path: /^\/api\/v1\/message\/([^/]+)$/,
    answer: async ({ mailbox, id }) => json(await showMessage(mailbox, id)),
  },
  {
    method: "GET",
    path: /^\/api\/v1\/message\/([^/]+)\/raw$/,
    async answer({ mailbox, id }) {
      const mail = mailbox.find(id);
      return mail ? { body: mail.raw } : missing;
    },
  },
];

export interface InboxServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Serves the page for people and Mailpit's API, to browsers and programs of this machine. */
export async function serveInbox(options: {
  readonly mailbox: Mailbox;
  readonly port: number;
  readonly host: string;
  readonly onError: (error: Error) => void;
}): Promise<InboxServer> {
  const server = createServer((request, response) => {
    answerTo(request, options.mailbox)
      .catch((error: Error): Answer => {
        options.onError(error);
        return { status: 500, body: "The inbox failed to answer; its log says why.\n" };
      })
      .then((answer) => send(request, response, answer));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  server.on("error", options.onError);

  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answerTo(request: IncomingMessage, mailbox: Mailbox): Promise<Answer> {
  if (!isOwnName(request.headers.host))
    return { status: 421, body: "Ask for the inbox by its address or as localhost.\n" };
  if (isFromElsewhere(request)) return { status: 403, body: "Another site asked for this.\n" };

  const address = request.url ?? "/";
  if (!URL.canParse(address, "http://inbox")) return missing;
  const url = new URL(address, "http://inbox");
  const method = request.method === "HEAD" ? "GET" : request.method;
  const route = routes.find((one) => one.method === method && one.path.test(url.pathname));
  if (!route) return missing;
  const id = route.path.exec(url.pathname)?.[1] ?? "";
  return route.answer({ mailbox, query: url.searchParams, id });
}

/**
 * Mails hold secrets such as reset tokens, and a site may point a name of its own at this machine to read them
 * through the browser of whoever visits it. Names of one word are those of containers.
 */
function isOwnName(host: string | undefined): boolean {
  const name = (host ?? "").replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
  return isIP(name) > 0 || /^[\w-]+$/.test(name) || name.endsWith(".localhost");
}

/** A form on another site could otherwise empty the inbox. */
function isFromElsewhere({ method, headers }: IncomingMessage): boolean {
  const site = headers["sec-fetch-site"];
  return method !== "GET" && site !== undefined && site !== "same-origin" && site !== "none";
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const { status = 200, type = "text/plain; charset=utf-8", body = "", headers = {} } = answer;
  const unchanged = headers.etag !== undefined && request.headers["if-none-match"] === headers.etag;
  response.writeHead(unchanged ? 304 : status, {
    "content-type": type,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    ...headers,
  });
  response.end(unchanged || request.method === "HEAD" ? undefined : body);
}
