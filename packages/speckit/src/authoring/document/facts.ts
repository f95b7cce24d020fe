import { type Variable, variablesOf } from "./environment.ts";
import { type BodyFields, bodyFields } from "./fields.ts";
import { type DatabaseFact, databaseOf, type Integration, integrationOf } from "./integration.ts";
import { type DocumentedOperation, operationsOf, operationsOfFeature } from "./operations.ts";
import { type SourceFile, sourceFiles } from "./source-files.ts";
import type { Subject } from "./subject.ts";

/** Everything that both documents are made from. */
export interface Facts extends Subject {
  /** Those that the feature is about. */
  readonly operations: readonly DocumentedOperation[];
  /** What their bodies hold, by `METHOD path`. */
  readonly fields: ReadonlyMap<string, BodyFields>;
  /** Most telling first. */
  readonly files: readonly SourceFile[];
  readonly variables: readonly Variable[];
  readonly integration: Integration;
  readonly database: DatabaseFact;
}

export function factsOf(subject: Subject): Facts {
  const operations = operationsOf(subject);
  const database = databaseOf(subject);
  return {
    ...subject,
    operations: operationsOfFeature(subject, operations),
    fields: bodyFields(subject),
    files: sourceFiles(subject, operations),
    variables: variablesOf(subject, database),
    integration: integrationOf(subject),
    database,
  };
}
