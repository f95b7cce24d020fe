import { answer, callerOf, type Handler, problems } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { createProfile, isProfile, type Names } from "../domain/profile.ts";
import { lockProfile, saveProfile } from "../store/profiles.ts";
import { showProfile } from "./get-user-profile.ts";

interface Route {
  Body: Names;
}

export function createUserProfileHandler({ database, outbox, clock }: Dependencies): Handler<Route> {
  return async (request, reply) => {
    const caller = callerOf(request);
    const created = await database.transaction(async (trx) => {
      const before = await lockProfile(trx, caller.userId);
      if (isProfile(before)) throw profileExists();
      const { profile, event } = createProfile(before, caller, request.body, clock());
      if (!(await saveProfile(trx, profile))) throw profileExists();
      await outbox.add(trx, [event]);
      return profile;
    });
    reply.code(201);
    return answer(request, showProfile({ ...created, avatar: null }));
  };
}

const profileExists = () =>
  problems.conflict({
    type: "/problems/profile-exists",
    title: "Profile exists",
    detail: "You have a profile. Change it instead.",
  });
