import { queryOptions } from "@tanstack/react-query";
import { client, ifMatch, keyed, take } from "./client";
import { everyEntry, paged, paging } from "./paged";

const at = (key: string) => ({ header: keyed(key) });

/** Before anybody is signed in. */
export const signInOptionsQuery = queryOptions({
  queryKey: ["sign-in-options"] as const,
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: ({ signal }) => take(client.GET("/api/v1/sign-in-options", { signal })),
});

export const acceptInvitation = (body: { token: string; password: string }) =>
  take(client.POST("/api/v1/invitations/acceptance", { body }));

export const askForLink = (body: { email: string; language: string }) =>
  take(client.POST("/api/v1/password-resets", { body }));

export const setNewPassword = (body: { token: string; password: string }) =>
  take(client.POST("/api/v1/password-resets/completion", { body }));

/** One's own sign-in. */
export const ownSessionsQuery = queryOptions({
  queryKey: ["sessions"] as const,
  queryFn: ({ signal }) => take(client.GET("/api/v1/sessions", { signal })),
});

export const endSession = (id: string) =>
  take(client.DELETE("/api/v1/sessions/{id}", { params: { path: { id } } }));

export const changePassword = (body: { current: string; password: string }) =>
  take(client.PUT("/api/v1/session/password", { body }));

export const secondFactorQuery = queryOptions({
  queryKey: ["second-factor"] as const,
  queryFn: ({ signal }) => take(client.GET("/api/v1/session/second-factor", { signal })),
});

export const beginSecondFactor = (password: string) =>
  take(client.PUT("/api/v1/session/second-factor", { body: { password } }));

export const activateSecondFactor = (digits: string) =>
  take(client.PUT("/api/v1/session/second-factor/activation", { body: { digits } }));

export const renewRecoveryCodes = (password: string) =>
  take(client.PUT("/api/v1/session/second-factor/recovery-codes", { body: { password } }));

export const removeSecondFactor = (password: string) =>
  take(client.PUT("/api/v1/session/second-factor/removal", { body: { password } }));

export type Asked = { clientId: string; redirectUri: string; scope: string };

export const authorizationQuery = (asked: Asked) =>
  queryOptions({
    queryKey: ["authorization", asked] as const,
    queryFn: ({ signal }) =>
      take(client.GET("/api/v1/authorization-request", { params: { query: asked }, signal })),
  });

export type Authorization = Asked & {
  codeChallenge: string;
  codeChallengeMethod: string;
  state: string | null;
  nonce: string | null;
};

export const authorize = (body: Authorization, key: string) =>
  take(client.POST("/api/v1/authorizations", { body, params: at(key) }));

/** Members and what concerns them. */
export const membersQuery = () =>
  paged(["members", "list", "all"] as const, (after, signal) =>
    take(client.GET("/api/v1/members", { params: { query: paging(after) }, signal })),
  );

export const memberQuery = (memberId: string) =>
  queryOptions({
    queryKey: ["members", "one", memberId] as const,
    queryFn: ({ signal }) =>
      take(client.GET("/api/v1/members/{memberId}", { params: { path: { memberId } }, signal })),
  });

export const memberSessionsQuery = (memberId: string) =>
  queryOptions({
    queryKey: ["members", "sessions", memberId] as const,
    queryFn: ({ signal }) =>
      take(client.GET("/api/v1/members/{memberId}/sessions", { params: { path: { memberId } }, signal })),
  });

export const endMemberSession = (path: { memberId: string; id: string }) =>
  take(client.DELETE("/api/v1/members/{memberId}/sessions/{id}", { params: { path } }));

export const giveRoles = ({ memberId, roleIds }: { memberId: string; roleIds: string[] }) =>
  take(client.PUT("/api/v1/members/{memberId}/roles", { params: { path: { memberId } }, body: { roleIds } }));

export const unlockMember = (memberId: string, key: string) =>
  take(client.POST("/api/v1/members/{memberId}/unlocking", { params: { path: { memberId }, ...at(key) } }));

export const retireMember = (memberId: string, key: string) =>
  take(client.POST("/api/v1/members/{memberId}/retirement", { params: { path: { memberId }, ...at(key) } }));

export const restoreMember = (memberId: string, key: string) =>
  take(client.POST("/api/v1/members/{memberId}/restoration", { params: { path: { memberId }, ...at(key) } }));

export const eraseMember = (memberId: string, key: string) =>
  take(client.POST("/api/v1/members/{memberId}/erasure", { params: { path: { memberId }, ...at(key) } }));

export const removeFactorOf = (memberId: string, key: string) =>
  take(
    client.POST("/api/v1/members/{memberId}/second-factor-removal", {
      params: { path: { memberId }, ...at(key) },
    }),
  );

export const passwordLink = (memberId: string) =>
  take(client.PUT("/api/v1/members/{memberId}/password-link", { params: { path: { memberId } } }));

export const invitationsQuery = () =>
  paged(["invitations"] as const, (after, signal) =>
    take(client.GET("/api/v1/invitations", { params: { ...({ query: paging(after) } as object) }, signal })),
  );

export const invite = (
  body: { email: string; name: string; roleId: string; language: string },
  key: string,
) => take(client.POST("/api/v1/invitations", { body, params: at(key) }));

export const invitationLink = (invitationId: string) =>
  take(client.PUT("/api/v1/invitations/{invitationId}/link", { params: { path: { invitationId } } }));

export const withdrawInvitation = (invitationId: string, key: string) =>
  take(
    client.POST("/api/v1/invitations/{invitationId}/withdrawal", {
      params: { path: { invitationId }, ...at(key) },
    }),
  );

/** Roles. */
export const permissionsQuery = queryOptions({
  queryKey: ["permissions"] as const,
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: ({ signal }) => take(client.GET("/api/v1/permissions", { signal })),
});

export const rolesQuery = queryOptions({
  queryKey: ["roles"] as const,
  queryFn: ({ signal }) =>
    everyEntry((after) =>
      take(client.GET("/api/v1/roles", { params: { query: paging(after, 200) }, signal })),
    ),
});

export type RoleFields = { name: string; permissions: string[]; everything: boolean };

export const createRole = (body: RoleFields, key: string) =>
  take(client.POST("/api/v1/roles", { body, params: at(key) }));

export const changeRole = ({ roleId, version, ...body }: RoleFields & { roleId: string; version: number }) =>
  take(client.PUT("/api/v1/roles/{roleId}", { params: { path: { roleId } }, body, ...ifMatch(version) }));

export const retireRole = (roleId: string, key: string) =>
  take(client.POST("/api/v1/roles/{roleId}/retirement", { params: { path: { roleId }, ...at(key) } }));
