import { startOwnRedis } from "../../src/faults/servers/own-redis.ts";

const { url } = await startOwnRedis(process.argv[2] ?? "");
process.send?.({ url });
