export { NoPostgresForMachine } from "./binaries.ts";
export { freePort } from "./free-port.ts";
export { type DatabaseOfService, prepareDatabase } from "./prepare-database.ts";
export { PortTaken } from "./server-process.ts";
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  endLeftoverPostgres,
  startEmbeddedPostgres,
} from "./start-postgres.ts";
export { withOwnServers } from "./with-own-servers.ts";
