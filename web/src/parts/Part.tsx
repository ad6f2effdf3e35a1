import { Anchor, Paper, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";

type PartProps = {
  title: string;
  nothing: string | false;
  all: { to: string; text: string } | false;
  children: ReactNode;
};

/** A framed part of a page with a title; says so when there is nothing, and where the rest is. */
export function Part({ title, nothing, all, children }: PartProps) {
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h5" mb="xs">
        {title}
      </Title>
      {nothing ? (
        <Text size="sm" c="dimmed">
          {nothing}
        </Text>
      ) : (
        children
      )}
      {all && (
        <Anchor component={Link} to={all.to} size="sm">
          {all.text}
        </Anchor>
      )}
    </Paper>
  );
}
