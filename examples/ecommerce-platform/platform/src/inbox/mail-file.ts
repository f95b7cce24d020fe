import { type FileHandle, mkdir, open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { ReceivedMail } from "./mailbox.ts";

export type MailFileEntry =
  | { readonly kind: "mail"; readonly mail: ReceivedMail }
  /** The mail of this id was delivered once more. */
  | { readonly kind: "again"; readonly id: string }
  /** A line that a killed process left unfinished. */
  | { readonly kind: "torn" };

export interface MailFile {
  /** What was written before. */
  read(): AsyncIterable<MailFileEntry>;
  /** Resolves when the operating system has it, so that it outlives this process. */
  append(entry: Exclude<MailFileEntry, { kind: "torn" }>): Promise<void>;
  /** Leaves exactly these mails in the file; they are asked for when their turn comes, so that none is left out. */
  rewrite(current: () => Iterable<ReceivedMail>): Promise<void>;
  bytes(): number;
  close(): Promise<void>;
}

/** Keeps mails in one file, a JSON line each. Mails are stored as latin1, which keeps every byte and is short for ASCII. */
export async function openMailFile(path: string): Promise<MailFile> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  let handle = await open(path, "a+", 0o600);
  let bytes = (await handle.stat()).size;
  let waiting: string[] = [];
  let last: Promise<void> = Promise.resolve();

  /** One thing at a time, in the order of the calls; a failure is its caller's only. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };

  const writeWaiting = async () => {
    if (waiting.length === 0) return; // written together with an earlier one
    const text = Buffer.from(waiting.join(""));
    waiting = [];
    await handle.appendFile(text);
    bytes += text.length;
  };

  const replaceBy = async (current: () => Iterable<ReceivedMail>) => {
    const mails = [...current()];
    waiting = []; // of mails that are among the current ones
    const next = await open(`${path}.new`, "w", 0o600);
    try {
      for (const mail of mails) await next.appendFile(lineOf({ kind: "mail", mail }));
    } finally {
      await next.close();
    }
    await rename(`${path}.new`, path);
    await handle.close();
    handle = await open(path, "a+", 0o600);
    bytes = (await handle.stat()).size;
  };

  return {
    read: () => readEntries(handle),
    append(entry) {
      waiting.push(lineOf(entry));
      return inTurn(writeWaiting);
    },
    rewrite: (current) => inTurn(() => replaceBy(current)),
    bytes: () => bytes,
    close: () => inTurn(() => handle.close()),
  };
}

async function* readEntries(handle: FileHandle): AsyncIterable<MailFileEntry> {
  for await (const line of handle.readLines({ start: 0, autoClose: false })) yield entryOf(line);
}

function lineOf(entry: Parameters<MailFile["append"]>[0]): string {
  if (entry.kind === "again") return `${JSON.stringify({ again: entry.id })}\n`;
  return `${JSON.stringify({ ...entry.mail, raw: entry.mail.raw.toString("latin1") })}\n`;
}

function entryOf(line: string): MailFileEntry {
  try {
    const value = JSON.parse(line);
    if (typeof value.again === "string") return { kind: "again", id: value.again };
    const mail = { ...value, raw: Buffer.from(value.raw, "latin1"), receivedAt: new Date(value.receivedAt) };
    return { kind: "mail", mail };
  } catch {
    return { kind: "torn" };
  }
}
