import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { addComment, type CommentRow, commentsQuery, follow } from "@/api/work";
import { useFormat } from "@/format/useFormat";
import { Loading, ProblemNote } from "../Notes";
import { CommentForm } from "./CommentForm";

type CommentThreadProps = { documentType: string; documentId: string };

/** What people say about a document, with a way to say something and to be told of more. */
export function CommentThread({ documentType, documentId }: CommentThreadProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const query = useQuery(commentsQuery(documentType, documentId));
  const refresh = () => queryClient.invalidateQueries({ queryKey: ["comments", documentType, documentId] });
  const say = useIntent(addComment, { onSuccess: refresh });
  const following = useIntent(follow, { onSuccess: refresh });
  const thread = query.data;
  return (
    <Paper withBorder p="md" data-testid="comments">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h5">
            {t("comments.title")}
          </Title>
          {thread && (
            <Group gap="xs">
              <Text size="xs" c="dimmed">
                {t("comments.followers", { count: thread.followers })}
              </Text>
              <Button
                size="compact-xs"
                variant={thread.following ? "light" : "default"}
                aria-pressed={thread.following}
                loading={following.isPending}
                onClick={() => following.mutate({ documentType, documentId, follow: !thread.following })}
                data-testid="follow"
              >
                {thread.following ? t("comments.following") : t("comments.follow")}
              </Button>
            </Group>
          )}
        </Group>
        <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
        {query.isPending && <Loading rows={2} />}
        {thread?.items.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("comments.none")}
          </Text>
        )}
        {thread?.items.map((comment) => (
          <Said key={comment.id} comment={comment} />
        ))}
        <ProblemNote error={say.error} />
        <CommentForm
          sending={say.isPending}
          onSend={(text, mentions, done) =>
            say.mutate({ documentType, documentId, text, mentions }, { onSuccess: done })
          }
        />
      </Stack>
    </Paper>
  );
}

function Said({ comment }: { comment: CommentRow }) {
  const format = useFormat();
  return (
    <div data-testid="comment">
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {comment.authorName}
        </Text>
        <Text size="xs" c="dimmed">
          {format.instant(comment.at)}
        </Text>
      </Group>
      <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
        {marked(comment.text, comment.mentionedNames)}
      </Text>
    </div>
  );
}

/** The text with the names of those who were mentioned set off from it. */
function marked(text: string, names: readonly string[]) {
  const found = names.map((name) => `@${name}`).filter((name) => text.includes(name));
  if (found.length === 0) return text;
  const pattern = new RegExp(
    `(${found.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`,
  );
  let at = 0;
  return text.split(pattern).map((part) => {
    at += part.length;
    return found.includes(part) ? (
      <Text key={at} span inherit c="var(--mantine-primary-color-filled)" fw={600}>
        {part}
      </Text>
    ) : (
      part
    );
  });
}
