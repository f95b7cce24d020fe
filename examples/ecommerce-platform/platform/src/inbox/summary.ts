import type { ReceivedMail } from "./mailbox.ts";
import { type ReadMail, readMail } from "./read-mail.ts";

/** What a list shows of a mail. */
export type Summary = Omit<ReadMail, "text" | "html"> & { readonly snippet: string };

const snippetChars = 250;

/** Mails are read when somebody looks, once for lists; bodies are not kept, since thousands of them would fill the memory. */
const remembered = new WeakMap<Buffer, Promise<Summary>>();

export function summaryOf(mail: ReceivedMail): Promise<Summary> {
  const before = remembered.get(mail.raw);
  if (before) return before;
  const summary = readMail(mail).then(summarise);
  remembered.set(mail.raw, summary);
  return summary;
}

function summarise({ text, html: _, ...rest }: ReadMail): Summary {
  const words = text.slice(0, 4 * snippetChars).replace(/\s+/g, " ");
  return { ...rest, snippet: words.trim().slice(0, snippetChars) };
}
