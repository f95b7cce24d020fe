/** A server that belongs to us alone, so that we may kill it. */
export interface OwnServer {
  /** `RabbitMQ` */
  readonly name: string;
  readonly url: string;
  /** Ends it with SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Brings it back after `kill`, at its old address and with its old data; resolves when it answers. */
  start(): Promise<void>;
  /** Ends it for good. */
  stop(): Promise<void>;
  /** The same when there is no time: works at once. */
  end(): void;
}
