import { callerOf, type Handler, problems } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { mayTouch } from "../domain/access.ts";
import { deleteProfile, isProfile } from "../domain/profile.ts";
import { deleteAvatar } from "../store/avatars.ts";
import { lockProfile, saveProfile } from "../store/profiles.ts";

interface Route {
  Params: { readonly id: string };
}

export function deleteUserProfileHandler({ database, outbox, clock }: Dependencies): Handler<Route> {
  return async (request, reply) => {
    const { id } = request.params;
    if (!mayTouch(callerOf(request), id)) throw problems.notFound();
    await database.transaction(async (trx) => {
      const before = await lockProfile(trx, id);
      if (!isProfile(before)) throw problems.notFound();
      const { profile, event } = deleteProfile(before, clock());
      await deleteAvatar(trx, id);
      await saveProfile(trx, profile);
      await outbox.add(trx, [event]);
    });
    return reply.code(204).send();
  };
}
