import type { ApiContract, Expectation } from "../model/contract.ts";
import { nameOf } from "../model/operation-purpose.ts";
import { pathShape } from "../model/path-shape.ts";
import type { Spellings } from "../model/service-names.ts";
import type { ConsumerExpectation, Service } from "../model/workspace.ts";
import { homeOf } from "./contract-homes.ts";

/** What services expect of each other, as the contracts among their tests say. One that is of nobody here is a mock of somebody else's API. */
export function linkExpectations(
  expectations: readonly Expectation[],
  services: readonly Service[],
  names: Spellings,
  ownerOf: (file: string) => string | undefined,
): ConsumerExpectation[] {
  const byDir = new Map(services.map((service) => [service.dir, service]));
  return expectations.flatMap(({ file, api }) => {
    const consumer = byDir.get(ownerOf(file) ?? "");
    if (!consumer) return [];
    const provider = providerOf(api, consumer, services, names);
    const [first, ...others] = [...(provider?.apis ?? [])].sort((a, b) => shared(b, api) - shared(a, api));
    if (!provider || !first) return [];
    const problems = api.problems.filter(({ rule }) => rule === "unreadable-file");
    return [{ consumer: consumer.name, provider: provider.name, file, api: first, others, problems }];
  });
}

/** By the title of the contract, else by the names of its file and folders below those of the consumer. */
function providerOf(
  api: ApiContract,
  consumer: Service,
  services: readonly Service[],
  names: Spellings,
): Service | undefined {
  const others = services.filter((service) => service !== consumer && service.apis.length > 0);
  const titled = others.filter(({ apis }) =>
    apis.some(({ title }) => title !== undefined && title === api.title),
  );
  if (titled.length === 1) return titled[0];
  const below = consumer.dir === "." ? api.file : api.file.slice(consumer.dir.length + 1);
  const name = homeOf({ ...api, file: below }, names);
  return others.find((service) => service.name === name);
}

function shared(offered: ApiContract, expected: ApiContract): number {
  const labels = new Set(expected.operations.map((operation) => pathShape(nameOf(operation))));
  return offered.operations.filter((operation) => labels.has(pathShape(nameOf(operation)))).length;
}
