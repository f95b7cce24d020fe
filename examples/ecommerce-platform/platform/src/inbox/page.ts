import { numberFrom } from "./api.ts";
import type { Mailbox, ReceivedMail } from "./mailbox.ts";
import { type MailAddress, type ReadMail, readMail } from "./read-mail.ts";
import { summaryOf } from "./summary.ts";

const pageSize = 50;
/** A page shows this much of a body; all of it is in the source. */
const shownChars = 200_000;

const views = { formatted: "Formatted", text: "Text", source: "Source" } as const;
type View = keyof typeof views;

/** The page for people: the list, and the mail of `id` beside it. Without such a mail: undefined. */
export async function inboxPage(
  mailbox: Mailbox,
  query: URLSearchParams,
  id?: string,
): Promise<string | undefined> {
  const mail = id === undefined ? undefined : mailbox.find(id);
  if (id !== undefined && !mail) return undefined;
  const to = query.get("to") ?? "";
  const count = mailbox.list().length;

  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${count > 0 ? `(${count}) ` : ""}Mail inbox</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/inbox.css">
<script src="/inbox.js" defer></script>
${mail ? "" : '<noscript><meta http-equiv="refresh" content="5"></noscript>'}
</head>
<body data-revision="${mailbox.revision()}">
<a class="skip" href="#mail">To the mail</a>
<header>
<h1>${envelope}<a href="/">Mail inbox</a></h1>
<p><span id="count" role="status">${countOf(count)}</span> · kept on this machine, none is sent on</p>
<div class="tools">
<form action="/" role="search"><input type="search" name="to" value="${escaped(to)}" placeholder="Recipient"
 aria-label="Only mails to"><button>Filter</button></form>
<form action="/clear" method="post"><button class="danger">Delete all</button></form>
</div>
</header>
<main class="${mail ? "reading" : "list"}">
${await listOf(mailbox, query, mail)}
<article id="mail" tabindex="-1">${mail ? await letter(mail, query) : nothingChosen}</article>
</main>
</body>
</html>
`;
}

async function listOf(
  mailbox: Mailbox,
  query: URLSearchParams,
  chosen: ReceivedMail | undefined,
): Promise<string> {
  const to = query.get("to") ?? "";
  const all = mailbox.list({ to });
  if (all.length === 0)
    return `<nav aria-label="Mails"><div class="empty"><p>${to ? `No mail to <bdi>${escaped(to)}</bdi>.` : "No mail yet."}</p></div></nav>`;

  const start = numberFrom(query.get("start"), 0, all.length);
  const page = all.slice(start, start + pageSize);
  const items = await Promise.all(page.map((mail) => item(mail, query, mail.id === chosen?.id)));
  const link = (text: string, first: number, there: boolean) =>
    there ? `<a href="${escaped(href("/", query, { start: String(first) }))}">${text}</a>` : "<span></span>";
  const pages =
    all.length <= pageSize
      ? ""
      : `<div class="pages">${link("Newer", Math.max(0, start - pageSize), start > 0)}
<span>${start + 1}–${start + page.length} of ${all.length}</span>
${link("Older", start + pageSize, start + pageSize < all.length)}</div>`;
  return `<nav aria-label="Mails"><ol>${items.join("\n")}</ol>${pages}</nav>`;
}

async function item(mail: ReceivedMail, query: URLSearchParams, chosen: boolean): Promise<string> {
  const { to, subject, snippet } = await summaryOf(mail);
  const address = href(`/mails/${mail.id}`, query, { view: "" });
  return `<li><a id="m-${mail.id}" href="${escaped(address)}"${chosen ? ' aria-current="true"' : ""}>
<span class="who"><bdi>${escaped(to[0]?.Address ?? "")}</bdi>${time(mail.receivedAt)}</span>
<bdi class="subject">${escaped(subject) || "(no subject)"}</bdi>
<bdi class="snippet">${escaped(snippet)}</bdi></a></li>`;
}

async function letter(mail: ReceivedMail, query: URLSearchParams): Promise<string> {
  const read = await readMail(mail);
  const view = viewOf(query, read);
  const tabs = Object.entries(views)
    .filter(([name]) => name !== "formatted" || read.html)
    .map(([name, title]) => {
      const address = href(`/mails/${mail.id}`, query, { view: name });
      return `<a href="${escaped(address)}"${name === view ? ' aria-current="page"' : ""}>${title}</a>`;
    });
  return `<a class="back" href="${escaped(href("/", query, { view: "" }))}">← All mails</a>
<h2><bdi>${escaped(read.subject) || "(no subject)"}</bdi></h2>
<dl>
<dt>From</dt><dd>${addresses([read.from])}</dd>
<dt>To</dt><dd>${addresses(read.to)}</dd>
${read.cc.length > 0 ? `<dt>Cc</dt><dd>${addresses(read.cc)}</dd>` : ""}
<dt>Received</dt><dd>${time(mail.receivedAt, true)}${mail.deliveries > 1 ? `, delivered ${mail.deliveries} times` : ""}</dd>
${read.attachments > 0 ? `<dt>Attachments</dt><dd>${read.attachments}, in the source</dd>` : ""}
</dl>
<div class="views">${tabs.join("")}</div>
${body(mail, read, view)}`;
}

function body(mail: ReceivedMail, read: ReadMail, view: View): string {
  if (view === "formatted")
    return `<iframe sandbox src="/mails/${mail.id}/html" title="The mail as its sender formatted it"></iframe>`;
  if (view === "text")
    return `<pre class="letter" dir="auto">${escaped(read.text.slice(0, shownChars))}</pre>`;
  return `<pre class="source">${escaped(mail.raw.subarray(0, shownChars).toString("utf8"))}</pre>`;
}

function viewOf(query: URLSearchParams, { html }: ReadMail): View {
  const asked = query.get("view") ?? "";
  if (asked === "text" || asked === "source") return asked;
  return html ? "formatted" : "text";
}

/** The same place in the list, with some parameters changed; "" leaves one out. */
function href(path: string, query: URLSearchParams, changes: Record<string, string>): string {
  const kept = { to: query.get("to") ?? "", start: query.get("start") ?? "", ...changes };
  const parameters = new URLSearchParams(
    Object.entries(kept).filter(([, value]) => value !== "" && value !== "0"),
  );
  return parameters.size > 0 ? `${path}?${parameters}` : path;
}

function addresses(list: readonly MailAddress[]): string {
  return list
    .map(({ Name, Address }) => `<bdi>${escaped(Name ? `${Name} <${Address}>` : Address)}</bdi>`)
    .join(", ");
}

const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const calendar = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

/** The time of day, and the day as well where it is another one or was asked for. */
function time(date: Date, withDay = false): string {
  const format = withDay || date.toDateString() !== new Date().toDateString() ? calendar : clock;
  return `<time datetime="${date.toISOString()}">${format.format(date)}</time>`;
}

const countOf = (count: number) => (count === 1 ? "1 mail" : `${count} mails`);

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

const envelope = `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" aria-hidden="true"><rect x="3" y="5.5" width="18" height="13" rx="2"/><path d="m3.5 7 8.5 6.5L20.5 7"/></svg>`;

const nothingChosen = `<div class="empty">${envelope}<p>Choose a mail to read it.</p>
<p>Whatever the shop sends arrives here a moment later.</p></div>`;
