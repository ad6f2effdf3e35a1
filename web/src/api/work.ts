import { queryOptions } from "@tanstack/react-query";
import { client, ifMatch, keyed, take } from "./client";
import { paged, paging } from "./paged";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type InboxRow = Schemas["ListInboxRow"];
export type Notification = Schemas["NotificationsRow"];
export type Rule = Schemas["ApprovalRulesRule"];
export type RuleBody = Schemas["ApprovalRulesRequest"];
export type Step = Schemas["ApprovalStep"];
export type Condition = Schemas["ApprovalCondition"];
export type Approver = Schemas["Approver"];
export type Delegation = Schemas["DelegationsRow"];
export type DelegationBody = Schemas["DelegationsRequest"];
export type Task = Schemas["TaskItem"];
export type TaskBody = Schemas["TasksRequest"];
export type Label = Schemas["Label"];
export type CommentRow = Schemas["CommentsRow"];

export const labelKinds = ["project", "category", "tag"] as const;
export type LabelKind = (typeof labelKinds)[number];

export const inboxQuery = () =>
  queryOptions({
    queryKey: ["inbox"] as const,
    queryFn: ({ signal }) => take(client.GET("/api/v1/inbox", { signal })),
  });

export const retractDecision = (id: string, key: string) =>
  take(client.POST("/api/v1/approvals/{id}/retraction", { params: { path: { id }, header: keyed(key) } }));

export const countsQuery = () =>
  queryOptions({
    queryKey: ["notifications", "counts"] as const,
    queryFn: ({ signal }) => take(client.GET("/api/v1/notifications/counts", { signal })),
  });

export const notificationsQuery = () =>
  queryOptions({
    queryKey: ["notifications", "list"] as const,
    queryFn: ({ signal }) => take(client.GET("/api/v1/notifications", { signal })),
  });

export const readNotifications = (notificationIds: string[], key: string) =>
  take(
    client.POST("/api/v1/notifications/reading", {
      body: { notificationIds },
      params: { header: keyed(key) },
    }),
  );

export const mailChoiceQuery = queryOptions({
  queryKey: ["mail-choice"] as const,
  queryFn: ({ signal }) => take(client.GET("/api/v1/notifications/mail", { signal })),
});

export const chooseMail = (digest: boolean) =>
  take(client.PUT("/api/v1/notifications/mail", { body: { digest } }));

export const peopleQuery = () =>
  queryOptions({
    queryKey: ["people"] as const,
    staleTime: 300_000,
    queryFn: ({ signal }) => take(client.GET("/api/v1/people", { signal })),
  });

export const commentsQuery = (documentType: string, documentId: string) =>
  queryOptions({
    queryKey: ["comments", documentType, documentId] as const,
    queryFn: ({ signal }) =>
      take(client.GET("/api/v1/comments", { params: { query: { documentType, documentId } }, signal })),
  });

export const addComment = (body: Schemas["CommentsRequest"], key: string) =>
  take(client.POST("/api/v1/comments", { body, params: { header: keyed(key) } }));

export const follow = (body: Schemas["FollowingRequest"], key: string) =>
  take(client.POST("/api/v1/followings", { body, params: { header: keyed(key) } }));

export const rulesQuery = () =>
  queryOptions({
    queryKey: ["approval-rules"] as const,
    queryFn: ({ signal }) => take(client.GET("/api/v1/approval-rules", { signal })),
  });

export const documentTypesQuery = () =>
  queryOptions({
    queryKey: ["document-types"] as const,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => take(client.GET("/api/v1/document-types", { signal })),
  });

export type SavedRule = { body: RuleBody; rule: Rule | null };

/** Creates a rule, or changes the one given. */
export const saveRule = ({ body, rule }: SavedRule, key: string) =>
  rule
    ? take(
        client.PUT("/api/v1/approval-rules/{id}", {
          body,
          params: { path: { id: rule.id } },
          ...ifMatch(rule.version),
        }),
      )
    : take(client.POST("/api/v1/approval-rules", { body, params: { header: keyed(key) } }));

export const retireRule = (id: string, key: string) =>
  take(
    client.POST("/api/v1/approval-rules/{id}/retirement", { params: { path: { id }, header: keyed(key) } }),
  );

export const delegationsQuery = () =>
  queryOptions({
    queryKey: ["delegations"] as const,
    queryFn: ({ signal }) => take(client.GET("/api/v1/delegations", { signal })),
  });

export const createDelegation = (body: DelegationBody, key: string) =>
  take(client.POST("/api/v1/delegations", { body, params: { header: keyed(key) } }));

export const endDelegation = (id: string, key: string) =>
  take(client.POST("/api/v1/delegations/{id}/ending", { params: { path: { id }, header: keyed(key) } }));

/** What is still to be done about a document. */
export const tasksOfQuery = (documentType: string, documentId: string) =>
  paged(["tasks", "of", documentType, documentId] as const, (after, signal) =>
    take(
      client.GET("/api/v1/tasks", {
        params: {
          query: {
            filter: [`documentType:is:${documentType}`, `documentId:is:${documentId}`],
            ...paging(after),
          },
        },
        signal,
      }),
    ),
  );

export type SavedTask = { body: TaskBody; task: Task | null };

/** Creates a task, or changes the one given. */
export const saveTask = ({ body, task }: SavedTask, key: string) =>
  task
    ? take(
        client.PUT("/api/v1/tasks/{id}", {
          body,
          params: { path: { id: task.id } },
          ...ifMatch(task.version),
        }),
      )
    : take(client.POST("/api/v1/tasks", { body, params: { header: keyed(key) } }));

export const deleteTask = (id: string) =>
  take(client.DELETE("/api/v1/tasks/{id}", { params: { path: { id } } }));

export const completeTask = ({ id, done }: { id: string; done: boolean }, key: string) =>
  done
    ? take(client.POST("/api/v1/tasks/{id}/completion", { params: { path: { id }, header: keyed(key) } }))
    : take(client.POST("/api/v1/tasks/{id}/reopening", { params: { path: { id }, header: keyed(key) } }));

export const labelsQuery = () =>
  queryOptions({
    queryKey: ["labels"] as const,
    queryFn: ({ signal }) => take(client.GET("/api/v1/task-labels", { signal })),
  });

export const createLabel = (body: { kind: LabelKind; name: string }, key: string) =>
  take(client.POST("/api/v1/task-labels", { body, params: { header: keyed(key) } }));

export const renameLabel = ({ id, name }: { id: string; name: string }) =>
  take(client.PUT("/api/v1/task-labels/{id}", { body: { name }, params: { path: { id } } }));

export const retireLabel = (id: string, key: string) =>
  take(client.POST("/api/v1/task-labels/{id}/retirement", { params: { path: { id }, header: keyed(key) } }));
