import { connect } from "node:net";

/** Whether a server on 127.0.0.1 answers what is said to it with something that begins as expected. */
export function answers(port: number, say: string, expected: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port, timeout: 1000 });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => socket.write(say, "latin1"));
    socket.once("data", (data) => done(data.toString("latin1").startsWith(expected)));
    for (const end of ["error", "timeout", "close"]) socket.once(end, () => done(false));
  });
}
