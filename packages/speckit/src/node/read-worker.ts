import { workerData } from "node:worker_threads";
import { DocumentReader } from "./document-reader.ts";
import type { ReadingOrder, ReadingReport } from "./read-ahead.ts";

/** Files read between two posts. */
const BATCH = 200;

/** A thread that reads its share of a tree. What it learns goes back as text, which is passed on faster than objects. */
const { root, files, port, posted } = workerData as ReadingOrder;
const encoder = new TextEncoder();
const reader = new DocumentReader(root, new Map(), Date.now());

for (let from = 0; from < files.length; from += BATCH) {
  const batch = files.slice(from, from + BATCH);
  reader.readAll(batch);
  const lines = batch.flatMap((file) => {
    const entry = reader.entries.get(file);
    return entry ? [JSON.stringify([file, entry])] : [];
  });
  if (lines.length > 0) post({ lines: encoder.encode(lines.join("\n")) });
  reader.forget();
}
post({ parsed: reader.readCount });

function post(report: ReadingReport): void {
  port.postMessage(report, report.lines ? [report.lines.buffer as ArrayBuffer] : []);
  Atomics.add(posted, 0, 1);
  Atomics.notify(posted, 0);
}
