import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { messagesOf, openInbox } from "./open-inbox.ts";
import { deliver, letter } from "./smtp-client.ts";

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "inbox-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const subjects = async (inbox: Parameters<typeof messagesOf>[0]) =>
  (await messagesOf(inbox)).messages.map(({ Subject, Deliveries }) => `${Subject} ×${Deliveries}`);

test("mails in a data folder are there after a restart, and are still recognised", async () => {
  const dataDir = await emptyFolder();
  const before = await openInbox({ dataDir });
  const confirmed = { raw: letter({ subject: "Order 7b1e confirmed", messageId: "a@example.com" }) };
  const bytes = { raw: letter({ subject: "Bytes", text: "Grüße, \u0000" }) };
  await deliver(before.smtpUrl, confirmed, confirmed, bytes);
  const [latest] = (await messagesOf(before)).messages;
  await before.stop();

  const after = await openInbox({ dataDir });
  expect(await subjects(after)).toEqual(["Bytes ×1", "Order 7b1e confirmed ×2"]);
  expect((await messagesOf(after)).messages[0]).toEqual(latest);

  await deliver(after.smtpUrl, confirmed);
  expect(await subjects(after)).toEqual(["Bytes ×1", "Order 7b1e confirmed ×3"]);
});

test("a line that a killed process left unfinished costs nothing but itself", async () => {
  const dataDir = await emptyFolder();
  const before = await openInbox({ dataDir });
  await deliver(before.smtpUrl, { raw: letter({ subject: "first" }) });
  await before.stop();
  const file = join(dataDir, "mails.jsonl");
  await appendFile(file, (await readFile(file)).subarray(0, 60));

  const between = await openInbox({ dataDir });
  await deliver(between.smtpUrl, { raw: letter({ subject: "second" }) });
  await between.stop();

  expect(await subjects(await openInbox({ dataDir }))).toEqual(["second ×1", "first ×1"]);
});

test("what was deleted stays away after a restart", async () => {
  const dataDir = await emptyFolder();
  const before = await openInbox({ dataDir });
  await deliver(before.smtpUrl, { raw: letter({ subject: "old" }) });
  await fetch(`${before.url}/api/v1/messages`, { method: "DELETE" });
  await deliver(before.smtpUrl, { raw: letter({ subject: "new" }) });
  await before.stop();

  expect(await subjects(await openInbox({ dataDir }))).toEqual(["new ×1"]);
});

test("mails that arrive while all are deleted are gone or kept whole", async () => {
  const dataDir = await emptyFolder();
  const before = await openInbox({ dataDir });
  const sent = Array.from({ length: 20 }, (_, n) =>
    deliver(before.smtpUrl, { raw: letter({ subject: `${n}` }) }),
  );
  await fetch(`${before.url}/api/v1/messages`, { method: "DELETE" });
  await Promise.all(sent);
  const kept = await subjects(before);
  await before.stop();

  expect(await subjects(await openInbox({ dataDir }))).toEqual(kept);
});

test("the newest mails are kept, the oldest make room", async () => {
  const dataDir = await emptyFolder();
  const inbox = await openInbox({ dataDir, maxMails: 2 });
  const mail = (subject: string) => ({ raw: letter({ subject, messageId: `${subject}@example.com` }) });
  await deliver(inbox.smtpUrl, mail("first"), mail("second"), mail("third"));
  expect(await subjects(inbox)).toEqual(["third ×1", "second ×1"]);

  // One that made room is new again.
  await deliver(inbox.smtpUrl, mail("first"));
  expect(await subjects(inbox)).toEqual(["first ×1", "third ×1"]);
});
