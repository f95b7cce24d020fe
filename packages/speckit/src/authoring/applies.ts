import type { Service, Workspace } from "../model/workspace.ts";
import type { Snippet } from "./snippet.ts";

const aboutEvents = /\b(?:events?|messages?|topics?|consumers?|dead-letter|outbox|broker)\b/i;
const aboutApis = /\b(?:REST|API|endpoints?|OpenAPI|HTTP|RFC 7807|problem details|bodies|answers?)\b/i;
const aboutGovernance = /^(?:governance|amendments?|service levels?|versioning of this document)/i;

/** Whether a statement of the constitution concerns work on that service: those on events not one that neither sends nor receives any. */
export function applies(snippet: Snippet, { channels }: Workspace, service: Service | undefined): boolean {
  if (aboutGovernance.test(snippet.headings.at(-1) ?? "")) return false;
  if (!service) return true;
  const hasEvents = channels.some(({ producers, consumers }) =>
    [...producers, ...consumers].some((end) => end.service === service.name),
  );
  const isNew = service.apis.length === 0 && !hasEvents;
  if (isNew) return true;
  if (!hasEvents && aboutEvents.test(snippet.text)) return false;
  return service.apis.length > 0 || !aboutApis.test(snippet.text);
}
