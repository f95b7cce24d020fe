import {
  type Binding,
  type Bus,
  createLogger,
  createMetrics,
  openBus,
  readEventContracts,
} from "@speckit/service-kit";
import type { Shop } from "./open-shop.ts";
import { platformFolder } from "./platform-documents.ts";

export const eventContracts = readEventContracts(platformFolder);

/** The bus of a shop for somebody who does not belong to it, with consumers of their own if need be. */
export function busOfShop({ platform, place }: Shop, more: readonly Binding[] = []): Promise<Bus> {
  const { PLATFORM_PREFIX: prefix } = place.environment;
  return openBus({
    url: platform.servers.busUrl,
    topology: [...eventContracts.topology, ...more],
    ...(prefix && { prefix }),
    log: createLogger({ service: "journeys", level: "silent" }),
    metrics: createMetrics("journeys"),
  });
}
