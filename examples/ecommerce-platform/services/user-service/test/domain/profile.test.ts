import { describe, expect, test } from "vitest";
import { createProfile, deleteProfile, isProfile, replaceProfile } from "../../src/domain/profile.ts";
import { ada, adasNames, otherNames } from "../support/users.ts";

const now = new Date("2026-11-23T09:00:00Z");
const later = new Date("2026-11-23T10:00:00Z");
const { userId } = ada;
const profile = { userId, ...adasNames, profileVersion: 1, createdAt: now, updatedAt: now };
const deleted = { userId, profileVersion: 7, deletedAt: now };

describe("P1: Profile Creation", () => {
  test.each([
    { given: "never had a profile", before: undefined, profileVersion: 1 },
    { given: "deleted one at version 7", before: deleted, profileVersion: 8 },
  ])("somebody who $given gets version $profileVersion, and user.profile.created", ({
    before,
    profileVersion,
  }) => {
    expect(createProfile(before, ada, adasNames, now)).toEqual({
      profile: { ...profile, profileVersion },
      event: {
        type: "user.profile.created",
        data: { userId, ...adasNames, accountEmail: "ada@example.com", profileVersion },
      },
    });
  });

  test("what else a body might bring does not get into a profile or its event", () => {
    const change = createProfile(
      undefined,
      ada,
      { ...adasNames, roles: ["administrator"] } as typeof adasNames,
      now,
    );
    expect(JSON.stringify(change)).not.toContain("roles");
  });
});

test("P3: Profile Update: names and address are replaced, and user.profile.updated says so", () => {
  expect(replaceProfile(profile, otherNames, later)).toEqual({
    profile: { ...profile, ...otherNames, profileVersion: 2, updatedAt: later },
    event: {
      type: "user.profile.updated",
      data: { userId, ...otherNames, status: "active", profileVersion: 2 },
    },
  });
});

test("P4: Profile Deletion: nothing but the user and the version stays, and user.profile.updated says deleted", () => {
  expect(deleteProfile(profile, later)).toEqual({
    profile: { userId, profileVersion: 2, deletedAt: later },
    event: {
      type: "user.profile.updated",
      data: { userId, firstName: null, lastName: null, email: null, status: "deleted", profileVersion: 2 },
    },
  });
});

test.each([
  { found: profile, is: true },
  { found: deleted, is: false },
  { found: undefined, is: false },
])("what was found is a profile: $is", ({ found, is }) => {
  expect(isProfile(found)).toBe(is);
});
