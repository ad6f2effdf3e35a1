import { Button, Checkbox, Paper, Stack, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { giveRoles, rolesQuery } from "@/api/identity";
import type { MemberDetail } from "@/api/types";
import { Loading, ProblemNote } from "@/parts/Notes";
import { useMay } from "@/session/company";

export function MemberRoles({ member }: { member: MemberDetail }) {
  const { t } = useTranslation();
  const mayWrite = useMay("identity.member.write");
  const queryClient = useQueryClient();
  const roles = useQuery(rolesQuery);
  const [chosen, setChosen] = useState(member.roles.map((role) => role.id));
  const give = useMutation({
    mutationFn: giveRoles,
    onSuccess: async () => {
      notifications.show({ message: t("members.rolesSaved") });
      await queryClient.invalidateQueries({ queryKey: ["members"] });
    },
  });
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h5" mb="xs">
        {t("members.roles")}
      </Title>
      {roles.isPending && <Loading rows={2} />}
      <Stack gap="sm" align="flex-start">
        <Checkbox.Group value={chosen} onChange={setChosen} aria-label={t("members.roles")}>
          <Stack gap={8}>
            {roles.data?.map(({ id, name }) => (
              <Checkbox key={id} value={id} label={name} disabled={!mayWrite} data-testid={`role-${name}`} />
            ))}
          </Stack>
        </Checkbox.Group>
        <ProblemNote error={roles.error ?? give.error} />
        {mayWrite && (
          <Button
            onClick={() => give.mutate({ memberId: member.id, roleIds: chosen })}
            disabled={chosen.length === 0}
            loading={give.isPending}
            data-testid="give-roles"
          >
            {t("members.giveRoles")}
          </Button>
        )}
      </Stack>
    </Paper>
  );
}
