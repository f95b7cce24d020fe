import { Worker } from "node:worker_threads";
import type { Answers, Kind, Message, Questions, Reply } from "./question.ts";

/** The engine could not answer; its message says why. */
export class EngineFailed extends Error {}

interface Waiting {
  readonly message: Message;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The engine in a thread of its own, so that the protocol is answered while a large fleet is read. Questions are answered one after the other; one that is given up
 * while it runs ends its thread, since reading cannot be interrupted, and the next question gets a new one.
 */
export class Engine {
  #worker: Worker | undefined;
  #running: Waiting | undefined;
  readonly #queue: Waiting[] = [];

  /** Loads the engine before the first question. */
  warm(): void {
    this.#worker ??= this.#start();
  }

  async ask<K extends Kind>(kind: K, question: Questions[K], signal: AbortSignal): Promise<Answers[K]> {
    signal.throwIfAborted();
    return new Promise<Answers[K]>((resolve, reject) => {
      const waiting: Waiting = { message: { kind, question }, resolve, reject };
      signal.addEventListener("abort", () => this.#giveUp(waiting), { once: true });
      this.#queue.push(waiting);
      this.#next();
    });
  }

  async close(): Promise<void> {
    for (const { reject } of this.#queue.splice(0)) reject(new EngineFailed("The server has ended."));
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #next(): void {
    if (this.#running) return;
    this.#running = this.#queue.shift();
    if (!this.#running) return;
    this.warm();
    this.#worker?.postMessage(this.#running.message);
  }

  #giveUp(waiting: Waiting): void {
    const index = this.#queue.indexOf(waiting);
    if (index !== -1) this.#queue.splice(index, 1);
    else if (this.#running === waiting) {
      void this.#worker?.terminate();
      this.#worker = undefined;
      this.#running = undefined;
      this.#next();
    }
    waiting.reject(new EngineFailed("The question was given up."));
  }

  #start(): Worker {
    // What anything in the thread prints must not reach standard output, which is the protocol's.
    const worker = new Worker(new URL("./worker.js", import.meta.url), { stdout: true });
    worker.on("message", (reply: Reply) => this.#answered(worker, reply));
    worker.on("error", (error) => this.#lost(worker, error.message));
    worker.on("exit", () => this.#lost(worker, "it ended unexpectedly"));
    worker.unref();
    return worker;
  }

  #answered(worker: Worker, reply: Reply): void {
    if (worker !== this.#worker) return;
    const asked = this.#running;
    this.#running = undefined;
    if ("error" in reply) asked?.reject(new EngineFailed(reply.error));
    else asked?.resolve(reply.answer as never);
    this.#next();
  }

  #lost(worker: Worker, reason: string): void {
    if (worker !== this.#worker) return;
    this.#worker = undefined;
    this.#running?.reject(new EngineFailed(`The engine failed: ${reason}. Ask again.`));
    this.#running = undefined;
    this.#next();
  }
}
