import { answer, callerOf, type Handler, problems } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { mayTouch } from "../domain/access.ts";
import { isProfile, type Names, replaceProfile } from "../domain/profile.ts";
import { findProfile, lockProfile, saveProfile } from "../store/profiles.ts";
import { showProfile } from "./get-user-profile.ts";

interface Route {
  Params: { readonly id: string };
  Body: Names;
}

export function replaceUserProfileHandler({ database, outbox, clock }: Dependencies): Handler<Route> {
  return async (request) => {
    const { id } = request.params;
    if (!mayTouch(callerOf(request), id)) throw problems.notFound();
    const shown = await database.transaction(async (trx) => {
      const before = await lockProfile(trx, id);
      if (!isProfile(before)) throw problems.notFound();
      const { profile, event } = replaceProfile(before, request.body, clock());
      await saveProfile(trx, profile);
      await outbox.add(trx, [event]);
      return findProfile(trx, id);
    });
    return answer(request, shown && showProfile(shown));
  };
}
