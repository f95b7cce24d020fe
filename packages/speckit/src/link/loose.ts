import type { Config } from "../model/config.ts";
import type { ParsedDocument } from "../model/parsed-document.ts";
import type { Workspace } from "../model/workspace.ts";
import { groupFeatures } from "./features.ts";

/**
 * A workspace of documents that were read alone: each is a feature of its own, whatever stands beside it. Nothing is known of the tree around
 * them, so checks that need it stay silent.
 */
export function linkLoose(documents: readonly ParsedDocument[], config: Config): Workspace {
  return {
    config,
    constitution: documents.find((document) => document.kind === "constitution"),
    services: [],
    names: new Map(),
    features: documents.flatMap((document) => groupFeatures([document])),
    sharedContracts: [],
    expectations: [],
    channels: [],
    edges: [],
    problems: documents.flatMap((document) => ("problems" in document ? document.problems : [])),
    files: undefined,
  };
}
