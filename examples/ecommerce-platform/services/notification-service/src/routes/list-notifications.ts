import { answerPage, callerOf, decodeTimedPlace, encodeTimedPlace, type Handler } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { isAdministrator } from "../domain/access.ts";
import type { Template } from "../domain/mail.ts";
import { type LogPlace, listEntries } from "../store/email-log.ts";
import { showEntry } from "./show-entry.ts";

interface Route {
  Querystring: {
    readonly cursor?: string;
    readonly limit: number;
    readonly orderId?: string;
    readonly template?: Template;
  };
}

export function listNotificationsHandler({ database }: Pick<Dependencies, "database">): Handler<Route> {
  return async (request) => {
    const caller = callerOf(request);
    const { cursor, limit, orderId, template } = request.query;
    const found = await listEntries(database.db, {
      userId: isAdministrator(caller.roles) ? undefined : caller.userId,
      orderId,
      template,
      after: cursor === undefined ? undefined : placeOf(cursor),
      limit: limit + 1, // one more says that another page follows
    });
    const entries = found.slice(0, limit);
    const last = found.length > limit ? entries.at(-1) : undefined;
    return answerPage(request, entries.map(showEntry), last ? cursorOf(last) : null);
  };
}

function cursorOf({ createdAt, notificationId }: LogPlace): string {
  return encodeTimedPlace({ at: createdAt, id: notificationId });
}

function placeOf(cursor: string): LogPlace {
  const { at, id } = decodeTimedPlace(cursor);
  return { createdAt: at, notificationId: id };
}
