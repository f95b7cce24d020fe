// A program that does nothing but start a server in the folder it is given, and tell its address.
import { startEmbeddedPostgres } from "../../src/embedded/index.ts";

const server = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? "" });
process.send?.({ url: server.url, pid: server.pid });
setInterval(() => undefined, 60_000);
