import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { CacheEntries, CacheEntry } from "./cache.ts";

/** Fewer files than this are read before a second thread has begun. */
const WORTH_IT = 3000;
const MOST_THREADS = 8;
/** A thread that says nothing for so long has died; what it was to read is then read here. */
const PATIENCE_MS = 30_000;

/** What a thread is asked to do. */
export interface ReadingOrder {
  readonly root: string;
  readonly files: readonly string[];
  readonly port: MessagePort;
  /** Counts what was posted, so that the one who waits can sleep. */
  readonly posted: Int32Array;
}

/** What a thread posts: entries as lines of JSON, and at the end how many files it had to parse. */
export interface ReadingReport {
  readonly lines?: Uint8Array;
  readonly parsed?: number;
}

export interface ReadingAhead {
  /** Files that other threads read; the rest is for this one. */
  readonly files: ReadonlySet<string>;
  /** Waits for the other threads. Files of which nothing came are left to be read here. */
  readonly collect: () => { readonly entries: CacheEntries; readonly parsed: number };
}

/**
 * Begins to read files on other threads, when there are many and the machine can. Undefined when that is not worth it, and when run from sources,
 * which threads cannot load.
 */
export function readAhead(root: string, files: readonly string[]): ReadingAhead | undefined {
  const program = fileURLToPath(new URL("./read-worker.js", import.meta.url));
  const threads = Math.min(availableParallelism(), MOST_THREADS, Math.floor(files.length / WORTH_IT) + 1);
  if (threads < 2 || !existsSync(program)) return undefined;
  const share = Math.ceil(files.length / threads);
  const shares = Array.from({ length: threads - 1 }, (_, index) =>
    files.slice(index * share, (index + 1) * share),
  );
  const readings = shares.map((own) => begin(program, root, own));
  return {
    files: new Set(shares.flat()),
    collect: () => {
      const entries: CacheEntries = new Map();
      let parsed = 0;
      for (const reading of readings) parsed += takeIn(reading, entries);
      return { entries, parsed };
    },
  };
}

interface Reading {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly posted: Int32Array;
}

function begin(program: string, root: string, files: readonly string[]): Reading {
  const { port1, port2 } = new MessageChannel();
  const posted = new Int32Array(new SharedArrayBuffer(4));
  const order: ReadingOrder = { root, files, port: port2, posted };
  const worker = new Worker(program, {
    workerData: order,
    transferList: [port2],
    stderr: true,
    stdout: true,
  });
  // A thread that fails is noticed by its silence.
  worker.on("error", () => {});
  worker.unref();
  return { worker, port: port1, posted };
}

/** How many files the thread had to parse. */
function takeIn({ worker, port, posted }: Reading, entries: CacheEntries): number {
  for (;;) {
    const seen = Atomics.load(posted, 0);
    const received = receiveMessageOnPort(port) as { message: ReadingReport } | undefined;
    const { lines, parsed } = received?.message ?? {};
    if (parsed !== undefined) return end(worker, port, parsed);
    if (lines) {
      for (const line of Buffer.from(lines).toString().split("\n")) {
        const [file, entry] = JSON.parse(line) as [string, CacheEntry];
        entries.set(file, entry);
      }
    } else if (Atomics.wait(posted, 0, seen, PATIENCE_MS) === "timed-out") return end(worker, port, 0);
  }
}

function end(worker: Worker, port: MessagePort, parsed: number): number {
  port.close();
  void worker.terminate();
  return parsed;
}
