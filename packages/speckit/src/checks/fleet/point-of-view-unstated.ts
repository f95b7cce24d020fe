import type { ChannelUse } from "../../model/contract.ts";
import { groupBy } from "../../model/group-by.ts";
import type { Workspace } from "../../model/workspace.ts";
import type { Check } from "../check.ts";

export const pointOfViewUnstated: Check = {
  id: "point-of-view-unstated",
  area: "events",
  severity: "warning",
  title: "It is said whose actions AsyncAPI 2 documents name",
  why: "AsyncAPI 2 calls 'publish' what clients send to the service; many documents mean what the service itself sends. Senders and receivers pair up either way, the wrong way round in one of them.",
  fix: 'Say it in .speckit.config.json: "asyncapi": { "pointOfView": "client" } as the specification has it, or "application".',

  *run(workspace) {
    if (workspace.config.asyncapi.pointOfView !== undefined) return;
    for (const [address, uses] of groupBy(usesOfTwo(workspace), ({ use }) => use.address)) {
      const sender = uses.find(({ use }) => use.role === "sends");
      const receiver = uses.find(
        ({ use, service }) => use.role === "receives" && service !== sender?.service,
      );
      if (!sender || !receiver) continue;
      yield {
        message: `As the specification has it, ${sender.service} sends '${address}' and ${receiver.service} receives it; nothing says that the documents mean it so.`,
        at: sender.use.at,
        related: [{ message: "the other side", at: receiver.use.at }],
      };
      // One answer settles all of them.
      return;
    }
  },
};

function usesOfTwo({ services }: Workspace): { readonly service: string; readonly use: ChannelUse }[] {
  return services.flatMap(({ name, asyncApis }) =>
    asyncApis
      .filter(({ specification }) => specification.startsWith("2."))
      .flatMap(({ uses }) => uses.map((use) => ({ service: name, use }))),
  );
}
