import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { freePort } from "../embedded/index.ts";

/** A way to a server that a test can cut and mend, without harm to anybody else who uses the same server. */
export interface Severable {
  /** The address of the server, by this way. */
  readonly url: string;
  /** Ends what is connected and refuses what comes, as a server does that was killed. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** Ends what is connected, and nothing more. */
  drop(): void;
  /** Lets nothing more through and says nothing, as a server does that hangs. */
  hang(): void;
  /** How many times something was said to the server. */
  questions(): number;
  close(): Promise<void>;
}

const usualPorts: Readonly<Record<string, number>> = {
  "postgres:": 5432,
  "postgresql:": 5432,
  "redis:": 6379,
  "amqp:": 5672,
};

export async function severable(serverUrl: string): Promise<Severable> {
  const { protocol, hostname, port } = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let questions = 0;
  const server = createServer((near) => {
    join(near, connect(Number(port || usualPorts[protocol]), hostname), sockets);
    near.on("data", () => {
      questions += 1;
    });
  });
  // One to which it can come back, however many connections go out meanwhile.
  const own = await freePort();
  const listen = async () => {
    server.listen(own, "127.0.0.1");
    await once(server, "listening");
  };
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  const cut = async () => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    drop();
    await closed;
  };

  await listen();
  const url = new URL(serverUrl);
  url.hostname = "127.0.0.1";
  url.port = String(own);
  return {
    url: url.href,
    cut,
    async mend() {
      if (!server.listening) await listen();
    },
    drop,
    hang() {
      for (const socket of sockets) socket.unpipe();
    },
    questions: () => questions,
    close: cut,
  };
}

/** What one end says, the other hears; when one is gone, so is the other. */
function join(near: Socket, far: Socket, sockets: Set<Socket>): void {
  for (const [end, other] of [
    [near, far],
    [far, near],
  ] as const) {
    sockets.add(end);
    end.on("error", () => {});
    end.on("close", () => {
      sockets.delete(end);
      other.destroy();
    });
    end.pipe(other);
  }
}
