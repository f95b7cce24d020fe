import { troubled } from "../faults/trouble-deliveries.ts";
import type { Bus } from "./bus.ts";
import type { BusOptions } from "./options.ts";

/** The address or the prefix of a bus cannot be used. */
export class UnknownBus extends Error {
  override readonly name = "UnknownBus";
}

/**
 * Opens a bus. Waits some seconds for its server, then returns all the same and goes on trying: a service without its bus still accepts
 * work. Throws `UnknownBus`.
 */
export async function openBus(options: BusOptions): Promise<Bus> {
  const bus = await openDriver(options);
  return process.env.FAULTS === "on" ? troubled(bus) : bus;
}

async function openDriver(options: BusOptions): Promise<Bus> {
  if (/[^\w.-]/.test(options.prefix ?? ""))
    throw new UnknownBus("The prefix of a bus is letters, digits, _, - and .");
  const scheme = /^([a-z]+):\/\//.exec(options.url)?.[1];
  if (scheme === "amqp" || scheme === "amqps") {
    const { openRabbitBus } = await import("./rabbit/open-rabbit-bus.ts");
    return openRabbitBus(options);
  }
  if (scheme === "postgres" || scheme === "postgresql") {
    const { openPostgresBus } = await import("./postgres/open-postgres-bus.ts");
    return openPostgresBus(options);
  }
  throw new UnknownBus("The address of the bus begins with none of amqp://, amqps://, postgres://.");
}
