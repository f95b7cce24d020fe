import fs from "node:fs";
import path from "node:path";
import { freePort } from "@speckit/service-kit/embedded";
import { answers } from "./answers.ts";
import { findProgram } from "./find-program.ts";
import type { OwnServer } from "./own-server.ts";
import { startProgram } from "./start-program.ts";

// Debian puts a wrapper on the PATH that changes to the user of the machine's own server; behind it lies the program itself.
export const rabbitProgram = () => findProgram("rabbitmq-server", ["/usr/lib/rabbitmq/bin"]);

/**
 * Starts a RabbitMQ node of our own, beside any that the machine has: with another name, other ports, another folder for data, cookie and
 * log, and a port mapper of its own, all on 127.0.0.1.
 */
export async function startOwnRabbit(folder: string): Promise<OwnServer> {
  fs.mkdirSync(folder, { recursive: true });
  const [port, betweenNodes, mapperPort] = [await freePort(), await freePort(), await freePort()];
  const configFile = path.join(folder, "rabbitmq.conf");
  fs.writeFileSync(configFile, `listeners.tcp.1 = 127.0.0.1:${port}\nlog.file.level = warning\n`);
  fs.writeFileSync(path.join(folder, "enabled_plugins"), "[].\n");

  const mapper = await startProgram({
    name: "the port mapper of Erlang",
    url: "",
    folder,
    command: [findProgram("epmd") ?? "epmd", "-address", "127.0.0.1", "-port", `${mapperPort}`],
    // EPMD_NAMES_REQ: one byte of length, answered by the mapper's port. Source: Erlang distribution protocol.
    isReady: () => answers(mapperPort, "\u0000\u0001n", "\u0000\u0000"),
  });
  const environment = {
    ERL_EPMD_ADDRESS: "127.0.0.1",
    ERL_EPMD_PORT: `${mapperPort}`,
    // Lets the script become the server rather than start it, so that the process we know is the server.
    RABBITMQ_ALLOW_INPUT: "on",
    RABBITMQ_NODENAME: `shop-faults-${port}@localhost`,
    RABBITMQ_DIST_PORT: `${betweenNodes}`,
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: "-kernel inet_dist_use_interface {127,0,0,1}",
    RABBITMQ_CONF_ENV_FILE: path.join(folder, "none"),
    RABBITMQ_CONFIG_FILE: configFile,
    RABBITMQ_ADVANCED_CONFIG_FILE: path.join(folder, "none.config"),
    RABBITMQ_ENABLED_PLUGINS_FILE: path.join(folder, "enabled_plugins"),
    RABBITMQ_MNESIA_BASE: path.join(folder, "data"),
    RABBITMQ_LOG_BASE: path.join(folder, "log"),
  };
  const rabbit = await startProgram({
    name: "RabbitMQ",
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    folder,
    command: [rabbitProgram() ?? "rabbitmq-server", "-noinput"],
    environment,
    // The header of AMQP 0-9-1, answered by a frame with a method.
    isReady: () => answers(port, "AMQP\u0000\u0000\u0009\u0001", "\u0001"),
  }).catch(async (error) => {
    await mapper.stop();
    throw error;
  });
  return {
    ...rabbit,
    async stop() {
      await rabbit.stop();
      await mapper.stop();
    },
    end() {
      rabbit.end();
      mapper.end();
    },
  };
}
