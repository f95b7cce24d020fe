import { answer, callerOf, type Handler, problems } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { mayRead } from "../domain/access.ts";
import { findEntry } from "../store/email-log.ts";
import { showEntry } from "./show-entry.ts";

interface Route {
  Params: { readonly notificationId: string };
}

/** Somebody else's entry answers as one that is not there. */
export function getNotificationHandler({ database }: Pick<Dependencies, "database">): Handler<Route> {
  return async (request) => {
    const entry = await findEntry(database.db, request.params.notificationId);
    if (!entry || !mayRead(callerOf(request), entry)) throw problems.notFound();
    return answer(request, showEntry(entry));
  };
}
