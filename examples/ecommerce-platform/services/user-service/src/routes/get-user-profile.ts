import { answer, callerOf, type Handler, problems } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { mayTouch } from "../domain/access.ts";
import { findProfile, type ShownProfile } from "../store/profiles.ts";

interface Route {
  Params: { readonly id: string };
}

export function getUserProfileHandler({ database }: Dependencies): Handler<Route> {
  return async (request) => {
    const { id } = request.params;
    if (!mayTouch(callerOf(request), id)) throw problems.notFound();
    const profile = await findProfile(database.db, id);
    if (!profile) throw problems.notFound();
    return answer(request, showProfile(profile));
  };
}

/** A profile as the contract shows it; its version is for events. */
export function showProfile({ profileVersion: _, ...shown }: ShownProfile): object {
  return shown;
}
